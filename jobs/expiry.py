from django.utils import timezone

from jobs.choices import State
from jobs.models import Job


def close_expired() -> int:
    """Close what is open past its last day; how many there were."""
    now = timezone.now()
    return Job.objects.expired(now).update(state=State.CLOSED, closed_at=now)
