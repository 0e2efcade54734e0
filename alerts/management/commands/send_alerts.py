"""Make and send the alerts that are due, or say what would be sent."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from alerts.sending.candidates import Candidates
from alerts.sending.claim import look
from alerts.sending.compose import AT_ONCE
from alerts.sending.person import Person
from alerts.sending.run import send_alerts, words

SHOWN = 50  # people of a dry run


class Command(BaseCommand):
    help = (
        "Makes and sends the alerts that are due. The worker does it every five minutes; two at once do no harm. "
        "With --dry-run nothing is written or sent: it says who would get what."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--now", metavar="ISO", help="work as if it were this moment, as in 2026-11-30T08:00Z; a later one only with --dry-run"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be sent, and leave everything as it is")

    def handle(self, *args: Any, **options: Any) -> None:
        moment = _moment(options["now"])
        if options["dry_run"]:
            self._look(moment)
            return
        if moment > timezone.now():
            raise CommandError(f"{moment.isoformat()} has not come yet: what it brings cannot be sent. With --dry-run it can be looked at.")
        run = send_alerts(now=moment)
        self.stdout.write(words(run) if run else "Nobody is due, or another process sends alerts just now.")

    def _look(self, moment: datetime) -> None:
        people = digests = jobs = 0
        after = None
        with Candidates(moment) as candidates:
            while True:
                seen = look(candidates, after, AT_ONCE)
                if (after := seen.last) is None:
                    break
                for person in seen.people:
                    people += 1
                    if person.has_mail:
                        digests, jobs = digests + 1, jobs + person.jobs
                        self._say(person, digests)
        if digests > SHOWN:
            self.stdout.write(f"… and {digests - SHOWN:,} more")
        self.stdout.write(f"{people:,} people due, {digests:,} digests with {jobs:,} jobs would go out. Nothing was sent.")

    def _say(self, person: Person, number: int) -> None:
        if number > SHOWN:
            return
        parts = [
            f"{alert.name}: {len(person.picked[alert.pk].ids)} of {person.picked[alert.pk].total:,}"
            for alert in person.due
            if alert.pk in person.picked
        ]
        parts += [f"{alert.name}: changed" for alert in person.due if alert.pk in person.changed]
        parts += [note.label for note in person.notes]
        self.stdout.write(f"{person.subscriber.address}, {person.slot}: {'; '.join(parts)}")


def _moment(text: str | None) -> datetime:
    if text is None:
        return timezone.now()
    try:
        found = parse_datetime(text)
    except ValueError as error:
        raise CommandError(f"--now {text}: {error}.") from None
    if found is None:
        raise CommandError(f"--now {text}: write it as 2026-11-30T08:00Z (ISO 8601).")
    return found if found.tzinfo else found.replace(tzinfo=UTC)
