from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator

from jobs.choices import State
from jobs.models import Report
from jobs.models.job import Move
from jobs.reports import dismiss, uphold
from kit.admin.log import note


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin[Report]):
    """What readers say is wrong, the newest that waits first. Staff uphold it by closing or removing the job, or dismiss it."""

    list_display = ("reason", "about", "job_state", "said", "state", "reporter", "created_at")
    list_filter = ("state", "reason")
    list_select_related = ("job__employer", "reporter")
    search_fields = ("job__title", "job__employer__name")
    show_full_result_count = False
    actions = ("close_and_uphold", "remove_and_uphold", "dismiss")
    fields = ("reason", "words", "about", "job_state", "state", "reporter", "created_at", "decided_by", "decided_at")
    readonly_fields = fields

    @admin.display(description="job")
    def about(self, report: Report) -> str:
        job = report.job
        staff = reverse("admin:jobs_job_change", args=[job.pk])
        here = format_html('<a href="{}">{}, {}</a>', staff, job.title, job.employer.name)
        if job.state == State.REMOVED:
            return here
        return format_html(
            '{} (<a href="{}">on the site<span class="visually-hidden">: {}</span></a>)', here, job.get_absolute_url(), job.title
        )

    @admin.display(description="state of the job")
    def job_state(self, report: Report) -> str:
        return State(report.job.state).label

    @admin.display(description="words")
    def said(self, report: Report) -> str:
        return Truncator(report.words).words(25)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description="Close the job, uphold its reports", permissions=["change"])
    def close_and_uphold(self, request: HttpRequest, chosen: QuerySet[Report]) -> None:
        self._uphold(request, chosen, Move.CLOSE, "closed")

    @admin.action(description="Remove the job for good, uphold its reports", permissions=["change"])
    def remove_and_uphold(self, request: HttpRequest, chosen: QuerySet[Report]) -> None:
        self._uphold(request, chosen, Move.REMOVE, "removed")

    @admin.action(description="Dismiss", permissions=["change"])
    def dismiss(self, request: HttpRequest, chosen: QuerySet[Report]) -> None:
        rows = list(chosen.open())  # type: ignore[attr-defined]  # our own queryset
        count = dismiss(reports=rows, by=request.user)  # type: ignore[arg-type]  # staff are signed in
        note(request, rows, "Dismissed.")
        self.message_user(request, f"{count} dismissed. Other reports of the same jobs wait on.", messages.SUCCESS)

    def _uphold(self, request: HttpRequest, chosen: QuerySet[Report], move: Move, done: str) -> None:
        rows = list(chosen.open())  # type: ignore[attr-defined]  # our own queryset
        moved = uphold(reports=rows, move=move, by=request.user)  # type: ignore[arg-type]  # staff are signed in
        note(request, rows, f"Upheld, the job is {done}.")
        note(request, moved, f"{done.capitalize()} after a report by a reader.")
        self.message_user(request, f"{len(moved)} jobs {done}, and all their open reports upheld.", messages.SUCCESS)
