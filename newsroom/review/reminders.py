"""Mails that guides are due: to the owner two weeks before and on the day, a week after to owner and deputy.

A row of Reminder is written in the transaction that queues the mails, and the database takes it once: whatever runs twice, or is
killed and runs again, sends once. A day that no worker ran is made up for the day after.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from careers.choices import State
from careers.models import Guide
from kit.mail.letter import send_letter
from newsroom.models import Reminder
from newsroom.states.news import editors, form_url

Stage = Reminder.Stage
AHEAD, AFTER = timedelta(days=14), timedelta(days=7)
PERSON = ("email", "display_name", "time_zone", "is_active", "is_staff")
WORDS = {Stage.OVERDUE: "Overdue for a week or more", Stage.DUE: "Due now", Stage.SOON: "Due within two weeks"}
LISTED = 50  # guides in a mail; the others are on the page that it links to

NOTE = """
INSERT INTO newsroom_reminder (guide_id, review_by, stage, sent_at)
SELECT given.guide, given.day, given.stage, now() FROM unnest(%s::bigint[], %s::date[], %s::text[]) AS given (guide, day, stage)
ON CONFLICT (guide_id, review_by, stage) DO NOTHING RETURNING guide_id
"""


@dataclass
class Mail:
    """What one person is told."""

    guides: dict[Stage, list[Guide]] = field(default_factory=lambda: defaultdict(list))

    @property
    def total(self) -> int:
        return sum(map(len, self.guides.values()))


@transaction.atomic
def send_due(today: date | None = None) -> int:
    """All reminders of the day, each person's in one mail. Returns how many mails were queued."""
    today = today or timezone.localdate()
    due = _due(today)
    new = _noted(due, today)
    mails: dict[User, Mail] = defaultdict(Mail)
    team = editors()
    for guide in due:
        stage = stage_of(guide, today)
        for person in _people(guide, stage, team) if guide.pk in new else []:
            mails[person].guides[stage].append(guide)
    for person, mail in mails.items():
        _send(person, mail)
    return len(mails)


def stage_of(guide: Guide, today: date) -> Stage:
    """Of a guide that is due within AHEAD."""
    if guide.review_by is None or guide.review_by > today:
        return Stage.SOON
    return Stage.OVERDUE if guide.review_by <= today - AFTER else Stage.DUE


def _due(today: date) -> list[Guide]:
    """The most urgent first, also those that were told of. Without the texts, which no mail shows. One query."""
    guides = Guide.objects.exclude(state=State.RETIRED).filter(review_by__lte=today + AHEAD).select_related("owner", "deputy")
    return list(
        guides.only("title", "review_by", *(f"{who}__{name}" for who in ("owner", "deputy") for name in PERSON)).order_by(
            "review_by", "title"
        )
    )


def _noted(guides: Iterable[Guide], today: date) -> set[int]:
    """Writes down what is told now; returns the guides that had no reminder of this stage yet."""
    rows = [(guide.pk, guide.review_by, stage_of(guide, today).value) for guide in guides]
    columns = [list(column) for column in zip(*rows, strict=True)]
    if not columns:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(NOTE, columns)
        return {pk for (pk,) in cursor.fetchall()}


def _people(guide: Guide, stage: Stage, team: list[User]) -> list[User]:
    """Those who left are passed over; a guide whose owner is gone is everybody's."""
    owners = [guide.owner] if guide.owner and _is_here(guide.owner) else team
    deputies = [guide.deputy] if stage == Stage.OVERDUE and guide.deputy and _is_here(guide.deputy) else []
    return list(dict.fromkeys([*owners, *deputies]))


def _is_here(person: User) -> bool:
    return person.is_active and person.is_staff


def _send(person: User, mail: Mail) -> None:
    left = LISTED
    groups = []
    for stage, words in WORDS.items():
        guides = mail.guides.get(stage, [])[:left]
        left -= len(guides)
        if guides:
            groups.append((words, [(guide, form_url(guide)) for guide in guides]))
    context = {
        "groups": groups,
        "total": mail.total,
        "first": groups[0][1][0][0],
        "more": mail.total - (LISTED - left),
        "queue_url": f"{settings.SITE_URL}{reverse('admin:careers_guide_review')}?whose=mine",
    }
    send_letter("emails/review_due", to=person, context=context)
