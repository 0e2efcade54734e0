"""Gates: what keeps a guide from being published, what is worth a look, and how much of it is there. Each says what to do about it."""

from careers.document.schema import Guide
from careers.gates import relatives
from careers.gates.blocks import problems
from careers.gates.context import Context
from careers.gates.meter import Meter, meter
from careers.gates.problem import Problem
from careers.gates.warnings import warnings

__all__ = ["Context", "Meter", "Problem", "blockers", "meter", "warnings"]


def blockers(guide: Guide, context: Context) -> list[Problem]:
    """Everything that keeps the guide from being published; empty when it is ready."""
    return [*problems(guide), *(Problem(where, message) for where, message in relatives.check(guide, context))]
