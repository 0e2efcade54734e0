"""Years of career tiers: a step begins where the one before ends; a branch may overlap."""

from itertools import pairwise

from careers.choices import Section, TierKind
from careers.document.schema import Guide
from careers.gates.context import Context
from careers.gates.problem import Found


def check(guide: Guide, context: Context) -> Found:
    steps = [tier for tier in guide.tiers if tier.kind is TierKind.STEP]
    for before, after in pairwise(steps):
        if before.years_max is None or before.years_max > after.years_min:
            yield Section.TIERS, f"“{after.title}” overlaps “{before.title}” in years: correct the years, or make it a branch."
        elif before.years_max < after.years_min:
            yield Section.TIERS, f"There is a gap in years between “{before.title}” and “{after.title}”."
