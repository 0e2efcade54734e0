from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from jobs.models import Run, Source
from jobs.tasks import look_at_source


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin[Source]):
    """Feeds: kind, address and interval. Each look is a run."""

    list_display = ("name", "kind", "is_active", "every_hours", "next_run_at", "is_trusted")
    list_filter = ("kind", "is_active")
    search_fields = ("name", "address")
    fields = ("name", "kind", "address", ("every_hours", "is_active"), "is_trusted", ("attribution", "attribution_url"))
    actions = ("look_now",)

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        """Marks of another address would let the server answer "unchanged" about what was never read."""
        if {"address", "kind"} & set(form.changed_data):
            obj.etag = obj.last_modified = ""
            obj.next_run_at = None
        super().save_model(request, obj, form, change)

    @admin.action(description="Look at the chosen sources now", permissions=["change"])
    def look_now(self, request: HttpRequest, chosen: QuerySet[Source]) -> None:
        asked = [source for source in chosen if source.address and source.is_active]
        for source in asked:
            look_at_source.configure(lock=f"source-{source.pk}").defer(source_id=source.pk)
        self.message_user(request, f"The worker looks at {len(asked)} now. What it finds is listed under Runs.", messages.SUCCESS)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A source with jobs is switched off, never deleted: its jobs name it."""
        return super().has_delete_permission(request, obj) and obj is not None and not obj.jobs.exists()


@admin.register(Run)
class RunAdmin(admin.ModelAdmin[Run]):
    """What each look brought. Written by the runs themselves."""

    list_display = ("source", "started_at", "status", "seen", "new", "changed", "unchanged", "closed", "rejected_count")
    list_filter = ("status", "source")
    list_select_related = ("source",)
    date_hierarchy = "started_at"
    fields = (
        ("source", "status"),
        ("started_at", "finished_at"),
        ("seen", "new", "changed", "unchanged", "closed", "rejected_count"),
        "note",
        "rejections",
    )
    readonly_fields = ("rejections",)

    @admin.display(description="rejected")
    def rejections(self, run: Run) -> str:
        if not run.rejected:
            return "–"
        return format_html("<ul>{}</ul>", format_html_join("", "<li><b>{}</b>: {}</li>", run.rejected))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
