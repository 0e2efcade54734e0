"""What a digest says beside jobs and guides."""

from datetime import datetime, timedelta

from django.db.models import TextChoices

from alerts.choices import Frequency
from alerts.models import Alert, Subscriber

MONTH = timedelta(days=28)  # four weekly digests


class Note(TextChoices):
    WEEKLY_NOW = "weekly_now", "Your daily alerts come once a week now"
    STILL_WATCHING = "still_watching", "Nothing new, and we still watch"


def notes(subscriber: Subscriber, due: list[Alert], now: datetime, *, may_daily: bool, has_news: bool) -> list[Note]:
    """`due`: alerts whose day this is. What is in the list is worth a mail by itself."""
    found = []
    if due and not may_daily and subscriber.told_weekly_at is None and any(alert.frequency == Frequency.DAILY for alert in due):
        found.append(Note.WEEKLY_NOW)
    weekly = [alert for alert in due if not may_daily or alert.frequency == Frequency.WEEKLY]
    last = subscriber.mailed_at or subscriber.confirmed_at or subscriber.created_at
    if weekly and not has_news and now - last >= MONTH - timedelta(hours=1):  # an hour less: clocks change, runs take their time
        found.append(Note.STILL_WATCHING)
    return found
