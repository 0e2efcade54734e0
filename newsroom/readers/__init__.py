"""What readers say of guides: reports, which are work for staff, and votes, which are counts."""

from datetime import timedelta

from django.db.models import QuerySet, Sum
from django.utils import timezone

from careers.choices import UNSETTLED
from careers.models import Guide
from newsroom.models import GuideVote, ReaderReport

VOTE_DAYS = 90


def waiting(guide: Guide) -> QuerySet[ReaderReport]:
    """Reports of a guide that nobody has settled, the oldest first."""
    return ReaderReport.objects.filter(guide=guide, state__in=UNSETTLED).order_by("created_at", "pk")


def votes(guide: Guide) -> tuple[int, int]:
    """How many readers found the guide useful, and how many not, in the last VOTE_DAYS."""
    recent = GuideVote.objects.filter(guide=guide, day__gt=timezone.localdate() - timedelta(days=VOTE_DAYS))
    sums = recent.aggregate(yes=Sum("useful", default=0), no=Sum("not_useful", default=0))
    return sums["yes"], sums["no"]
