"""Writing the mails of digests that are claimed, and putting them into the outbox.

A digest is written in the transaction that puts its mail into the outbox, so there is one mail for it or none yet.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.exceptions import TemplateDoesNotExist, TemplateSyntaxError

from alerts.choices import DigestState, Kind
from alerts.digest import letter
from alerts.digest.view import Section, Wanted, sections
from alerts.models import Alert, Delivery, Digest
from jobs.models import Job
from jobs.page.guides import GuideFacts, shelf
from kit.mail import outbox

logger = logging.getLogger(__name__)

STREAM = "alerts"
AT_ONCE = 100


@dataclass(frozen=True)
class Shelf:
    """What the mails of some digests are made of."""

    alerts: dict[int, Alert]
    names: dict[int, list[str]]  # subscriber -> names of what is watched
    guides: dict[int, GuideFacts]
    told: dict[int, list[Delivery]] = field(default_factory=dict)  # digest -> ledger


def compose_claimed() -> int:
    """All that are claimed and not written yet, also of a run that was killed; how many failed."""
    failed = 0
    while rows := list(Digest.objects.claimed().order_by("pk")[:AT_ONCE]):
        failed += compose([row.pk for row in rows])
    return failed


@transaction.atomic
def compose(ids: Sequence[int]) -> int:
    """Write the mails of these digests, unless another process does; how many could not be written."""
    rows = Digest.objects.claimed().filter(pk__in=ids).select_related("subscriber__user").order_by("pk")
    digests = list(rows.select_for_update(of=("self",), skip_locked=True))
    if not digests:
        return 0
    shelf_ = _load(digests)
    wanted: dict[int, list[Wanted]] = {}
    for digest in digests:
        with _careful(digest):
            wanted[digest.pk] = letter.wanted(digest, shelf_.alerts, shelf_.told.get(digest.pk, []))
    shown = _sections(wanted)
    for digest in digests:
        if digest.state == DigestState.CLAIMED:
            with _careful(digest):
                message = _letter(digest, shown[digest.pk], shelf_)
                digest.mail = outbox.put(message, stream=STREAM) if message else None
                digest.state = DigestState.QUEUED if message else DigestState.EMPTY
    Digest.objects.bulk_update(digests, ["mail", "state"])
    return sum(digest.state == DigestState.FAILED for digest in digests)


@contextmanager
def _careful(digest: Digest) -> Iterator[None]:
    """One mail that cannot be written must not hold up everybody's; staff see it in the list of digests."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, TemplateDoesNotExist, TemplateSyntaxError):
        logger.exception("digest %s could not be written", digest.pk)
        digest.state = DigestState.FAILED


def _letter(digest: Digest, shown: Sequence[Section], shelf_: Shelf) -> EmailMultiAlternatives | None:
    """None where all that it would tell is gone."""
    told = [section for section in shown if section.items]
    guides = letter.guide_news(digest, shelf_.alerts, shelf_.guides)
    if not told and not guides and not digest.notes:
        return None
    return letter.letter(digest, told, guides, shelf_.names.get(digest.subscriber_id, []))


def _load(digests: Sequence[Digest]) -> Shelf:
    people = [digest.subscriber_id for digest in digests]
    rows = list(Alert.objects.kept().filter(subscriber__in=people).in_order())
    names: dict[int, list[str]] = {}
    for alert in rows:
        if alert.off_at is None:
            names.setdefault(alert.subscriber_id, []).append(alert.name)
    guides = shelf.among(alert.guide_id for alert in rows if alert.kind == Kind.GUIDE)
    found = Shelf({alert.pk: alert for alert in rows}, names, guides)
    for one in Delivery.objects.filter(digest__in=digests).order_by("digest", "place"):
        found.told.setdefault(one.digest_id, []).append(one)
    return found


def _sections(wanted: Mapping[int, Sequence[Wanted]]) -> dict[int, list[Section]]:
    """Digest id -> its sections of jobs that are open still. The same few queries for any number of digests."""
    rows = [(digest, one) for digest, some in wanted.items() for one in some]
    jobs = Job.objects.open().for_cards().in_bulk({job for _, one in rows for job in one.jobs})
    found: dict[int, list[Section]] = {digest: [] for digest in wanted}
    for (digest, _), section in zip(rows, sections([one for _, one in rows], jobs), strict=True):
        found[digest].append(section)
    return found
