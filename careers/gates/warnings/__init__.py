"""What is worth a look before a guide is published: each kind in a file of its own. Nothing here keeps a guide from being published."""

from careers.document.schema import Guide
from careers.gates.context import Context
from careers.gates.problem import Problem
from careers.gates.warnings import age, copied, length, links, remote, tiers

CHECKS = (tiers.check, remote.check, age.check, length.check, copied.check, links.check)


def warnings(guide: Guide, context: Context) -> list[Problem]:
    """Everything worth a look, in the order of the checks."""
    return [Problem(where, message) for check in CHECKS for where, message in check(guide, context)]
