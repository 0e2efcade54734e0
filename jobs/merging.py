"""Two that are one: employers under several names, and the same ad twice."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, Q

from jobs.choices import State
from jobs.models import Employer, Job


class NothingToMerge(Exception):
    """Fewer than two were chosen, or one of them was merged before."""


@transaction.atomic
def merge_employers(ids: Sequence[int]) -> tuple[Employer, int]:
    """Keep the one with the most open jobs; the others lead to it. Returns it, and how many jobs moved."""
    rows = list(Employer.objects.select_for_update().filter(pk__in=ids, merged_into=None).order_by("pk"))
    if len(rows) < 2:
        raise NothingToMerge("Choose two or more employers that were not merged before.")
    counts = dict(Job.objects.filter(employer__in=rows, state=State.OPEN).values_list("employer").annotate(n=Count("pk")))
    kept = max(rows, key=lambda row: (counts.get(row.pk, 0), -row.pk))
    others = [row for row in rows if row is not kept]
    moved = Job.objects.filter(employer__in=others).update(employer=kept)
    Employer.objects.filter(Q(pk__in=[row.pk for row in others]) | Q(merged_into__in=others)).update(merged_into=kept)
    return kept, moved


@transaction.atomic
def merge_jobs(ids: Sequence[int]) -> tuple[Job, int]:
    """Keep the job that was seen first; the others point to it and are no longer shown beside it."""
    rows = list(Job.objects.select_for_update(of=["self"]).filter(pk__in=ids, duplicate_of=None).order_by("first_seen_at", "pk"))
    if len(rows) < 2:
        raise NothingToMerge("Choose two or more jobs that are not marked as duplicates yet.")
    kept, *others = rows
    pks = [row.pk for row in others]
    Job.objects.filter(Q(pk__in=pks) | Q(duplicate_of__in=pks)).update(duplicate_of=kept)
    return kept, len(others)
