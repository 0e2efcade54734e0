from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode

from jobs.choices import ReportState, State
from jobs.merging import NothingToMerge, merge_jobs
from jobs.models import Application, Job, JobDay, Report
from jobs.models.counting import RowCount
from jobs.models.job import WAYS, Move
from kit import stamp
from kit.admin.log import note

FEATURED_DAYS = 30


class Queue(admin.SimpleListFilter):
    """What waits for staff, before the filters by what a job states."""

    title = "queue"
    parameter_name = "queue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("held", "Held for review"), ("reported", "Reported by readers"), ("featured", "Featured now")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Job]) -> QuerySet[Job]:
        match self.value():
            case "held":
                return queryset.filter(state=State.HELD)
            case "reported":
                return queryset.filter(pk__in=Report.objects.open().values("job"))
            case "featured":
                return queryset.filter(featured_until__gt=timezone.now())
        return queryset


@admin.register(Job)
class JobAdmin(admin.ModelAdmin[Job]):
    """Jobs as their sources state them. Staff approve what is held, close, remove, merge and feature."""

    list_display = ("title", "on_site", "state", "reports", "employer", "place", "guide", "source", "posted_at", "last_seen_at")
    list_filter = (Queue, "state", "source", "workplace", "kind")
    search_fields = ("title", "employer__name", "external_id")
    list_select_related = ("employer", "source", "guide")
    show_full_result_count = False
    autocomplete_fields = ("employer", "guide")
    actions = ("approve", "close", "reopen", "remove", "merge", "feature", "unfeature")
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

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        """The list shows no text of an ad, so it reads none."""
        waiting = Report.objects.open().filter(job=OuterRef("pk")).order_by().values("pk")
        return super().get_queryset(request).annotate(report_count=RowCount(waiting))

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        changelist.result_list = changelist.result_list.defer("description", "summary")
        return changelist

    @admin.display(description="open reports")
    def reports(self, job: Any) -> Any:
        if not job.report_count:
            return 0
        asked = urlencode({"job__id__exact": job.pk, "state__exact": ReportState.OPEN})
        return format_html('<a href="{}?{}">{}</a>', reverse("admin:jobs_report_changelist"), asked, job.report_count)

    @admin.display(description="on the site")
    def on_site(self, job: Job) -> str:
        if job.state == State.REMOVED:
            return "–"
        return format_html('<a href="{}">View<span class="visually-hidden"> {}</span></a>', job.get_absolute_url(), job.title)

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
        self._move(request, chosen, Move.APPROVE, "approved")

    @admin.action(description="Close: their source does not open them again", permissions=["change"])
    def close(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        self._move(request, chosen, Move.CLOSE, "closed")

    @admin.action(description="Open again", permissions=["change"])
    def reopen(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        self._move(request, chosen, Move.REOPEN, "opened again")

    @admin.action(description="Remove for good", permissions=["change"])
    def remove(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        self._move(request, chosen, Move.REMOVE, "removed")

    @admin.action(description="Merge duplicates into the one seen first", permissions=["change"])
    def merge(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        try:
            kept, count = merge_jobs(list(chosen.values_list("pk", flat=True)))
        except NothingToMerge as error:
            self.message_user(request, str(error), messages.ERROR)
            return
        self.log_change(request, kept, f"Took in {count} duplicates.")
        stamp.raise_number()
        self.message_user(request, f"{count} now point to “{kept}”.", messages.SUCCESS)

    @admin.action(description=f"Feature for {FEATURED_DAYS} days", permissions=["change"])
    def feature(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        until = timezone.now() + timedelta(days=FEATURED_DAYS)
        self._feature(request, chosen.filter(state=State.OPEN), until, "featured")

    @admin.action(description="Feature no longer", permissions=["change"])
    def unfeature(self, request: HttpRequest, chosen: QuerySet[Job]) -> None:
        self._feature(request, chosen.exclude(featured_until=None), None, "no longer featured")

    def _feature(self, request: HttpRequest, chosen: QuerySet[Job], until: Any, done: str) -> None:
        with transaction.atomic():
            rows = _locked(chosen)
            Job.objects.filter(pk__in=[job.pk for job in rows]).update(featured_until=until)
            self._log(request, rows, done)
        self.message_user(request, f"{len(rows)} {done}.", messages.SUCCESS)

    def _move(self, request: HttpRequest, chosen: QuerySet[Job], move: Move, done: str) -> None:
        """A few statements however many were chosen: the queue may hold ten thousand."""
        with transaction.atomic():
            rows = _locked(chosen.filter(state__in=WAYS[move][0]))
            Job.objects.filter(pk__in=[job.pk for job in rows]).move(move)
            self._log(request, rows, done)
        self.message_user(request, f"{len(rows)} {done}.", messages.SUCCESS)

    def _log(self, request: HttpRequest, rows: list[Job], done: str) -> None:
        """And tell the page stores: what staff decide shows at once."""
        note(request, rows, f"{done.capitalize()}.")
        stamp.raise_number()


def _locked(chosen: QuerySet[Job]) -> list[Job]:
    """Title and key, held until the end of the transaction. `chosen` comes from a list that may join and annotate."""
    keys = chosen.order_by().values("pk")
    return list(Job.objects.select_for_update(of=["self"]).filter(pk__in=keys).order_by("pk").only("title"))


def _flat(fields: Any) -> list[str]:
    return [name for one in fields for name in (one if isinstance(one, tuple) else (one,))]
