"""Which of the new jobs of a search stand in the mail. Pure: no query."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from jobs.search.matching import Matched

PER_SECTION = 10
PER_EMPLOYER = 3


@dataclass(frozen=True)
class Known:
    """What picking needs to know of a job. `twins`: other listings of the same ad within two months."""

    employer_id: int
    twins: tuple[int, ...] = ()


@dataclass(frozen=True)
class Picked:
    """A section of jobs. `total`: all that are new to this reader; `more`: employer -> jobs that its ceiling left out."""

    ids: tuple[int, ...]
    total: int
    paid: int
    middle: int | None
    more: Mapping[int, int]

    def as_json(self, alert_id: int) -> dict[str, Any]:
        return {
            "alert": alert_id,
            "total": self.total,
            "paid": self.paid,
            "middle": self.middle,
            "more": [[employer, jobs] for employer, jobs in self.more.items()],
        }


def pick(matched: Matched, known: Mapping[int, Known], told: Container[int], taken: set[int]) -> Picked:
    """The first PER_SECTION in the order of the search, at most PER_EMPLOYER of one employer.

    `told`: jobs that the reader knows, hid or applied for. `taken`: jobs that stand in this mail already; the picked ones are added.
    The same ad listed twice counts once.
    """
    ids: list[int] = []
    by_employer: dict[int, int] = {}
    more: dict[int, int] = {}
    left_out = 0
    for job in matched.ids:
        same = (job, *known[job].twins) if job in known else (job,)
        if job not in known or any(one in taken or one in told for one in same):
            left_out += 1
            continue
        employer = known[job].employer_id
        if by_employer.get(employer, 0) >= PER_EMPLOYER:
            more[employer] = more.get(employer, 0) + 1
        elif len(ids) < PER_SECTION:
            ids.append(job)
            by_employer[employer] = by_employer.get(employer, 0) + 1
            taken.add(job)
    return Picked(tuple(ids), matched.total - left_out, matched.paid, matched.middle, more)
