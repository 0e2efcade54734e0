from django.utils import timezone

from jobs.choices import Ending
from jobs.duplicates import hand_over
from jobs.models import Job


def close_expired() -> int:
    """Close what is open past its last day; how many there were. Open duplicates of what closed, here or by hand, take its place."""
    closed = Job.objects.expired(timezone.now()).end(Ending.OVER)
    hand_over()
    return closed
