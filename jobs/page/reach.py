"""Who may apply, in words."""

from dataclasses import dataclass

from jobs.choices import Workplace
from jobs.geography.words import one_of, places
from jobs.models import Job

MOST = 4  # names in the sentence; the rest stands folded below it


@dataclass(frozen=True)
class Reach:
    """`words` for the line, `all_places` when there are too many for it."""

    words: str
    all_places: list[str]


def reach(job: Job) -> Reach | None:
    """None when the ad does not say."""
    remote = job.workplace == Workplace.REMOTE
    if job.anywhere:
        return Reach("Remote, from anywhere" if remote else "People from anywhere", [])
    names = places(job.countries, job.regions)
    if not names:
        return None
    folded = len(names) > MOST
    who = f"{', '.join(names[: MOST - 1])} and {len(names) - MOST + 1} more places" if folded else one_of(names)
    return Reach(f"{'Remote, for people' if remote else 'People'} in {who}", names if folded else [])
