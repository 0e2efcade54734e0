"""What to call a projected growth: computed from the figure and the vintage of the projection, never typed.

The Bureau of Labor Statistics changes the limits of its wording with every vintage. The table holds only what
could be checked: the 2024-34 limits agree with all 341 Occupational Outlook Handbook pages of that vintage
(September 2025), which print whole percents. For other vintages the words compare with all jobs by arithmetic.
"""

import math
from dataclasses import dataclass

from careers.document.figures import Outlook

# (period_from, period_to) -> (least whole percent, label), highest first.
VINTAGES: dict[tuple[int, int], tuple[tuple[int, str], ...]] = {
    (2024, 2034): (
        (7, "much faster than average"),
        (5, "faster than average"),
        (3, "about as fast as average"),
        (1, "slower than average"),
        (0, "little or no change"),
        (-100, "declining"),
    ),
}
CLOSE = 1.0  # percentage points within which growth counts as the same as all jobs', where no vintage table holds


@dataclass(frozen=True)
class GrowthLabel:
    """`short` stands beside the figure, `sentence` above the drawing, `basis` says how it was computed."""

    short: str
    sentence: str
    basis: str


def label(outlook: Outlook) -> GrowthLabel:
    """The label of a projection; an empty `short` where nothing can be said."""
    if found := _by_vintage(outlook):
        basis = f"Wording of the {outlook.period_from}–{str(outlook.period_to)[2:]} projections, computed from the figure."
        return GrowthLabel(found, _sentence(found), basis)
    if outlook.all_jobs_percent is None:
        return GrowthLabel("", "What is projected for this job", "No comparison: growth of all jobs is not known.")
    found = _by_arithmetic(outlook.percent, outlook.all_jobs_percent)
    return GrowthLabel(found, _sentence(found), f"Compared with {outlook.all_jobs_percent:g}% for all jobs, computed from the figures.")


def _by_vintage(outlook: Outlook) -> str | None:
    limits = VINTAGES.get((outlook.period_from or 0, outlook.period_to or 0))
    if limits is None or outlook.country != "US":
        return None
    # The tables give one decimal, the wording follows unpublished exact figures: at a half both neighbours are possible.
    candidates = {_whole(outlook.percent - 0.001), _whole(outlook.percent + 0.001)}
    labels = {next(words for least, words in limits if whole >= least) for whole in candidates}
    return labels.pop() if len(labels) == 1 else None


def _whole(value: float) -> int:
    return math.floor(value + 0.5)


def _by_arithmetic(value: float, average: float) -> str:
    if value < 0:
        return "declining"
    if abs(value - average) <= CLOSE:
        return "about as fast as average"
    return "faster than average" if value > average else "slower than average"


def _sentence(words: str) -> str:
    match words:
        case "declining":
            return "The number of jobs is shrinking"
        case "little or no change":
            return "The number of jobs hardly changes"
        case _:
            return f"Jobs are growing {words}"
