from django.contrib import admin

from alerts.admin.links import list_of
from alerts.models import Digest, Run
from kit.admin.readonly import ReadOnly


@admin.register(Run)
class RunAdmin(ReadOnly[Run]):
    """What each run did, and how long it took. One without an end was killed, or is at it."""

    list_display = ("moment", "people", "searches", "told", "jobs", "failures", "took", "finished_at")
    date_hierarchy = "started_at"
    show_full_result_count = False

    @admin.display(description="digests", ordering="digests")
    def told(self, run: Run) -> str:
        return list_of(Digest, f"{run.digests:,}", run__id__exact=run.pk) if run.digests else "0"

    @admin.display(description="seconds", ordering="seconds")
    def took(self, run: Run) -> str:
        return f"{run.seconds:,.1f}"
