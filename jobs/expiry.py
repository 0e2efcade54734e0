from django.utils import timezone

from jobs.choices import Ending
from jobs.models import Job


def close_expired() -> int:
    """Close what is open past its last day; how many there were."""
    return Job.objects.expired(timezone.now()).end(Ending.OVER)
