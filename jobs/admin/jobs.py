from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

from jobs.choices import State
from jobs.merging import NothingToMerge, merge_jobs
from jobs.models import Application, Job, JobDay

FEATURED_DAYS = 30


@admin.register(Job)
class JobAdmin(admin.ModelAdmin[Job]):
    """Jobs as their sources state them. Staff approve what is held, close, remove, merge and feature."""

    list_display = ("title", "employer", "state", "place", "guide", "source", "posted_at", "last_seen_at")
    list_filter = ("state", "source", "workplace", "kind")
    search_fields = ("title", "employer__name", "external_id")
    list_select_related = ("employer", "source", "guide")
    date_hierarchy = "posted_at"
    show_full_result_count = False
    autocomplete_fields = ("employer", "guide")
    actions = ("approve", "close", "reopen", "remove", "merge", "feature")
    fieldsets = (
        (None, {"fields": ("title", "employer", "state", ("source", "external_id"), "duplicate_of")}),
        ("Work", {"fields": (("workplace", "kind", "level"), ("place", "place_country"), ("anywhere", "countries", "regions"), "guide")}),
        ("Pay", {"fields": (("pay_minimum", "pay_maximum", "pay_currency", "pay_period"), ("year_minimum", "year_maximum"))}),
        (
            "Dates",
            {
                "fields": (
                    ("posted_at", "valid_through"),
                    ("first_seen_at", "last_seen_at", "closed_at", "ending"),
                    "relisted",
                    "featured_until",
                )
            },
        ),
        ("Text", {"fields": ("summary", "description")}),
        ("Applying", {"fields": ("apply_url", "apply_email", ("leaves", "applied"))}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Job | None = None) -> list[str]:
        """What a source states is changed at the source: the next run would write it again."""
        return [name for _, part in self.fieldsets or () for name in _flat(part["fields"]) if name not in {"guide", "employer"}]

    @admin.display(description="went to the employer's site")
    def leaves(self, job: Job) -> int:
        """Clicks on the link that our script counted, over all days."""
        return JobDay.objects.filter(job=job).aggregate(total=Sum("leaves"))["total"] or 0

    @admin.display(description="applied on our form")
    def applied(self, job: Job) -> int:
        return Application.objects.filter(job=job).standing().count()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    @admin.action(description="Approve: open to readers", permissions=["change"])
    def approve(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        self._each(request, chosen.filter(state=State.HELD), Job.approve, "approved")

    @admin.action(description="Close: their source does not open them again", permissions=["change"])
    def close(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        self._each(request, chosen.filter(state__in=[State.OPEN, State.HELD]), Job.close, "closed")

    @admin.action(description="Open again", permissions=["change"])
    def reopen(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        self._each(request, chosen.filter(state=State.CLOSED), Job.reopen, "opened again")

    @admin.action(description="Remove for good", permissions=["change"])
    def remove(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        self._each(request, chosen.exclude(state=State.REMOVED), Job.remove, "removed")

    @admin.action(description="Merge duplicates into the one seen first", permissions=["change"])
    def merge(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        try:
            kept, count = merge_jobs(list(chosen.values_list("pk", flat=True)))
        except NothingToMerge as error:
            self.message_user(request, str(error), messages.ERROR)
            return
        self.log_change(request, kept, f"Took in {count} duplicates.")
        self.message_user(request, f"{count} now point to “{kept}”.", messages.SUCCESS)

    @admin.action(description=f"Feature for {FEATURED_DAYS} days", permissions=["change"])
    def feature(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        count = chosen.filter(state=State.OPEN).update(featured_until=timezone.now() + timedelta(days=FEATURED_DAYS))
        self.message_user(request, f"{count} featured.", messages.SUCCESS)

    def _each(self, request: HttpRequest, chosen: QuerySet[Job], move: Callable[[Job], None], done: str) -> None:
        rows = list(chosen)
        for job in rows:
            move(job)
            self.log_change(request, job, f"{done.capitalize()}.")
        self.message_user(request, f"{len(rows)} {done}.", messages.SUCCESS)


def _flat(fields: Any) -> list[str]:
    return [name for one in fields for name in (one if isinstance(one, tuple) else (one,))]
