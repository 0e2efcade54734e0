"""All that the page of one application shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone

from accounts.models import ApplicationDocument, ApplicationEvent, ApplicationTask, Contact, Interview, TrackedApplication
from accounts.models.tracking_words import Status
from accounts.tracker.follow_up import FollowUp, follow_up
from jobs.choices import PayPeriod, State
from jobs.models import Application, Job
from jobs.page.frozen import FrozenAd
from jobs.page.words import amount


@dataclass(frozen=True)
class Entry:
    """One event with what it replaced, the newest replaced one first."""

    event: ApplicationEvent
    before: Sequence[ApplicationEvent]

    @property
    def happened(self) -> bool:
        return bool(self.event.status)

    @property
    def was(self) -> ApplicationEvent:
        """What stood here before an entry was taken out."""
        return next((event for event in self.before if event.status), self.event)

    @property
    def shown(self) -> ApplicationEvent:
        return self.event if self.happened else self.was


@dataclass(frozen=True)
class ApplicationPage:
    application: TrackedApplication
    entries: Sequence[Entry]
    seen: int
    contacts: Sequence[Contact]
    tasks: Sequence[ApplicationTask]
    interviews: Sequence[Interview]
    documents: Sequence[ApplicationDocument]
    sent: Sequence[Application]
    now: datetime

    @property
    def status(self) -> Status:
        return Status(self.application.status)

    @property
    def job(self) -> Job | None:
        """The job of ours, where it still has a page."""
        job = self.application.job
        return job if job and job.state in {State.OPEN, State.CLOSED} else None

    @cached_property
    def ad(self) -> FrozenAd | None:
        return FrozenAd(self.application.frozen) if self.application.frozen else None

    @property
    def salary(self) -> str:
        """$41,000 to $46,500 a year; empty when it was not talked about."""
        app = self.application
        bounds = [amount(bound, app.salary_currency) if bound is not None else "" for bound in (app.salary_minimum, app.salary_maximum)]
        low, high = bounds
        span = (low if low == high else f"{low} to {high}") if low and high else f"From {low}" if low else f"Up to {high}" if high else ""
        return f"{span} {PayPeriod(app.salary_period).label}" if span else ""

    @property
    def open_tasks(self) -> list[ApplicationTask]:
        return [task for task in self.tasks if task.done_at is None]

    @property
    def done_tasks(self) -> list[ApplicationTask]:
        return [task for task in self.tasks if task.done_at is not None]

    @property
    def suggested(self) -> Status | None:
        """Where the page offers to move it: there is an interview, and the status does not know it."""
        knows = self.status not in {Status.SAVED, Status.PREPARING, Status.APPLIED, Status.NO_ANSWER}
        return Status.INTERVIEWING if self.interviews and not knows else None

    @cached_property
    def follow_up(self) -> FollowUp | None:
        return follow_up(self.application, self.contacts, self.now)

    @property
    def today(self) -> str:
        return timezone.localdate(self.now).isoformat()


def application_page(application: TrackedApplication) -> ApplicationPage:
    """Six queries beside the application: events, contacts, tasks, interviews, documents, and what was sent."""
    events = list(application.events.order_by("pk"))
    return ApplicationPage(
        application=application,
        entries=_entries(events),
        seen=events[-1].pk,
        contacts=list(application.contacts.filter(removed_at=None).order_by("pk")),
        tasks=list(ApplicationTask.objects.filter(application=application).kept().next_first()),
        interviews=list(application.interviews.filter(removed_at=None).order_by("starts_at", "pk")),
        documents=list(application.applicationdocuments.filter(removed_at=None).order_by("pk")),
        sent=_sent(application),
        now=timezone.now(),
    )


def _entries(events: Sequence[ApplicationEvent]) -> list[Entry]:
    """The newest first, each with the chain that it corrects."""
    by_id = {event.pk: event for event in events}
    replaced = {event.corrects_id for event in events}
    found = []
    for event in events:
        if event.pk in replaced:
            continue
        before, at = [], event
        while at.corrects_id:
            at = by_id[at.corrects_id]
            before.append(at)
        found.append(Entry(event, before))
    return sorted(found, key=lambda entry: (entry.event.happened_at, entry.event.pk), reverse=True)


def _sent(application: TrackedApplication) -> list[Application]:
    """What went out through our form for this job, the newest first."""
    if application.job is None:
        return []
    return list(
        Application.objects.filter(user=application.user_id).for_job(application.job).select_related("resume").defer("resume__data")
    )
