"""What comes next in somebody's applications: things to do and interviews, the nearest first."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import ApplicationTask, Interview, TrackedApplication, User

MOST = 5


@dataclass(frozen=True)
class Step:
    """`day`: where the person is; None for a thing to do without a date."""

    what: str
    when: str
    day: date | None
    is_late: bool
    application: TrackedApplication


def next_steps(user: User) -> list[Step]:
    """At most MOST, those without a date last. Interviews stay until they are over. Two queries."""
    now = timezone.now()
    today = timezone.localdate(now)
    tasks = ApplicationTask.objects.in_use().open().filter(application__user=user).with_application().next_first()[:MOST]
    talks = Interview.objects.in_use().filter(application__user=user, starts_at__gt=now - timedelta(days=1)).with_application()
    coming = [talk for talk in talks.order_by("starts_at", "pk")[: MOST + 5] if talk.ends_at > now]
    steps = [*(_task(task, today) for task in tasks), *(_interview(talk, today) for talk in coming)]
    return sorted(steps, key=lambda step: (step.day is None, step.day or today))[:MOST]


def _task(task: ApplicationTask, today: date) -> Step:
    is_late = task.due_on is not None and task.due_on < today
    when = f"Was due {_day(task.due_on, today)}" if is_late and task.due_on else _day(task.due_on, today) if task.due_on else "No date"
    return Step(task.text, when, task.due_on, is_late, task.application)


def _interview(talk: Interview, today: date) -> Step:
    starts: datetime = timezone.localtime(talk.starts_at)
    when = f"{_day(starts.date(), today)} at {date_format(starts, 'g:i A')}"
    return Step(f"Interview: {talk.get_kind_display().lower()}", when, starts.date(), False, talk.application)


def _day(day: date, today: date) -> str:
    return {0: "Today", 1: "Tomorrow"}.get((day - today).days) or date_format(day, "F j, Y")
