"""What belongs to no single guide: site-wide questions, and searches that found nothing."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from careers.choices import WorkState
from careers.models import SearchMiss, SiteQuestion
from kit.admin.log import note
from newsroom.admin.work import WorkFilter


@admin.register(SiteQuestion)
class SiteQuestionAdmin(admin.ModelAdmin[SiteQuestion]):
    list_display = ("question", "topic", "is_published", "position")
    list_editable = ("is_published", "position")
    list_filter = ("topic", "is_published")
    search_fields = ("question", "answer")
    prepopulated_fields = {"slug": ("question",)}
    fields = ("question", "slug", "topic", "answer", ("is_published", "position"))


@admin.register(SearchMiss)
class SearchMissAdmin(admin.ModelAdmin[SearchMiss]):
    """Written by searches; staff say what becomes of them."""

    list_display = ("words", "count", "state", "note", "first_at", "last_at")
    list_filter = (WorkFilter,)
    search_fields = ("words",)
    fields = ("words", "count", "first_at", "last_at", "state", "note")
    readonly_fields = ("words", "count", "first_at", "last_at")
    actions = ("mark_done", "mark_declined")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: SearchMiss, form: object, change: bool) -> None:
        """Searches go on counting meanwhile."""
        obj.save(update_fields=["state", "note"])

    @admin.action(description="Mark as done", permissions=["change"])
    def mark_done(self, request: HttpRequest, chosen: QuerySet[SearchMiss]) -> None:
        self._mark(request, chosen, WorkState.DONE)

    @admin.action(description="Mark as declined", permissions=["change"])
    def mark_declined(self, request: HttpRequest, chosen: QuerySet[SearchMiss]) -> None:
        self._mark(request, chosen, WorkState.DECLINED)

    def _mark(self, request: HttpRequest, chosen: QuerySet[SearchMiss], state: WorkState) -> None:
        rows = list(chosen.exclude(state=state))
        SearchMiss.objects.filter(pk__in=[row.pk for row in rows]).update(state=state)
        note(request, rows, f"{state.label}.")
        self.message_user(request, f"{len(rows)} marked as {state.label.lower()}.", messages.SUCCESS)
