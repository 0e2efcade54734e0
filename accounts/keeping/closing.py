"""Which saved jobs close within days."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import JobBookmark, User
from jobs.page.words import CLOSING_DAYS

MOST = 5


def closing_soon(user: User) -> list[JobBookmark]:
    """The nearest first, at most MOST; what was applied for is left out. Two queries."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = user.job_bookmarks.kept().not_applied_for().for_page().closing_before(midnight + timedelta(days=CLOSING_DAYS + 1))
    return list(rows[:MOST])
