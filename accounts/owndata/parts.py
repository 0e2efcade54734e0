"""What an export consists of. Whoever adds a table that belongs to people adds its part; a test looks for what is missing.

Rooms above this one enter theirs when they start (`enter`).
"""

from accounts.owndata.part import Part
from accounts.owndata.rows import account, applications, jobs, plan, saved

_PARTS: list[Part] = [*account.PARTS, *saved.PARTS, *applications.PARTS, *jobs.PARTS, *plan.PARTS]


def enter(*some: Part) -> None:
    _PARTS.extend(some)


def parts() -> tuple[Part, ...]:
    """In the order of the file."""
    return tuple(_PARTS)
