from typing import Any

from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest

from jobs.choices import State
from jobs.merging import NothingToMerge, merge_employers
from jobs.models import Employer, Job
from jobs.models.counting import RowCount
from kit import stamp


class Waiting(admin.SimpleListFilter):
    """Whose jobs wait for review. To sort by their number would count every job of every employer."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("waiting", "With held jobs")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Employer]) -> QuerySet[Employer]:
        if self.value() != "waiting":
            return queryset
        return queryset.filter(pk__in=Job.objects.filter(state=State.HELD).values("employer"))


@admin.register(Employer)
class EmployerAdmin(admin.ModelAdmin[Employer]):
    """Employers come with their first job. Staff trust them, and merge two names of one."""

    list_display = ("name", "is_trusted", "open_jobs", "held_jobs", "merged_into")
    list_filter = (Waiting, "is_trusted")
    search_fields = ("name",)
    list_select_related = ("merged_into",)
    show_full_result_count = False
    fields = ("name", "slug", "website", "about", "is_trusted", "merged_into")
    readonly_fields = ("merged_into",)
    prepopulated_fields = {"slug": ("name",)}
    actions = ("merge",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Employer]:
        """Counted for the rows that are shown, not by grouping every job there is."""
        theirs = Job.objects.filter(employer=OuterRef("pk")).order_by().values("pk")
        counts = {"open_count": RowCount(theirs.filter(state=State.OPEN)), "held_count": RowCount(theirs.filter(state=State.HELD))}
        return super().get_queryset(request).annotate(**counts)

    @admin.display(description="open jobs")
    def open_jobs(self, employer: Any) -> int:
        return int(employer.open_count)

    @admin.display(description="held jobs")
    def held_jobs(self, employer: Any) -> int:
        return int(employer.held_count)

    @admin.action(description="Merge into the one with the most open jobs", permissions=["change"])
    def merge(self, request: HttpRequest, chosen: QuerySet[Employer]) -> None:
        try:
            kept, moved = merge_employers(list(chosen.values_list("pk", flat=True)))
        except NothingToMerge as error:
            self.message_user(request, str(error), messages.ERROR)
            return
        stamp.raise_number()
        self.log_change(request, kept, f"Took in {moved} jobs of merged names.")
        self.message_user(
            request, f"Merged into {kept}: {moved} jobs moved. New jobs under the other names come here too.", messages.SUCCESS
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and obj is not None and not obj.jobs.exists()
