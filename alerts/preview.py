"""What an alert would have sent, before somebody asks for it."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from alerts.choices import Frequency
from alerts.digest.picking import pick
from alerts.digest.view import Section, Wanted, sections
from alerts.models import Subscriber
from alerts.sending.candidates import known_jobs
from alerts.sending.told import told
from jobs.models import Job
from jobs.search.matching import NewJobs, Watched, read

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Preview:
    """`section`: the mail of the last seven days. `total`: jobs of these days. `frequency`: of the mails that are expected."""

    section: Section
    total: int
    frequency: Frequency

    @property
    def expected(self) -> str:
        """How many jobs a mail will have, from the last seven days."""
        if not self.total:
            return "Nothing like this came in the last 7 days. A mail comes when there is something new."
        if self.frequency == Frequency.WEEKLY:
            return f"About {self.total:,} job{'' if self.total == 1 else 's'} a mail, once a week."
        a_day = self.total / 7
        if a_day < 1:
            return f"About {self.total:,} job{'' if self.total == 1 else 's'} a week: on many days there will be no mail."
        return f"About {round(a_day):,} job{'' if round(a_day) == 1 else 's'} a mail, every day."


def preview(name: str, query: str, *, frequency: Frequency, reader: Subscriber | None = None) -> Preview:
    """`query` as an alert keeps it. Jobs that the reader hid or applied for are left out; those told before are shown. Twelve queries
    at most.
    """
    now = timezone.now()
    matched = NewJobs(now - WEEK, now).match([Watched(query, now - WEEK)])[0]
    known = known_jobs(matched.ids)
    used = told([reader], {reader.pk: set(matched.ids)}, with_ledger=False).get(reader.pk, set()) if reader else set()
    picked = pick(matched, known, used, set())
    wanted = Wanted(name, read(query), picked.ids, picked.total, picked.paid, picked.middle, tuple(picked.more.items()))
    section = sections([wanted], Job.objects.for_cards().in_bulk(picked.ids))[0]
    return Preview(section, picked.total, frequency)
