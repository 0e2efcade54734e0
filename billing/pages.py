"""What the pricing page and the plan box show, worked out from the table of plans."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.conf import settings

from billing import entitlements, plans, world
from billing.entitlements import Person
from billing.models import Account
from billing.plans import Line, Plan, Price
from billing.standing import Standing, Why

COUNT_SECONDS = 600


class _Members:
    """How many people pay, as this process last counted."""

    def __init__(self) -> None:
        self._counted_at = float("-inf")
        self._count = 0

    def count(self) -> int:
        if time.monotonic() - self._counted_at >= COUNT_SECONDS:
            self._counted_at, self._count = time.monotonic(), Account.objects.members().count()
        return self._count

    def forget(self) -> None:
        self._counted_at = float("-inf")


members = _Members()


def member_count() -> int | None:
    """How many people pay for Plus, at most ten minutes old; None below the threshold from which it is told."""
    if not world.is_open():
        return None
    found = members.count()
    return found if found >= settings.BILLING_COUNT_FROM else None


@dataclass(frozen=True)
class Cell:
    """Of the comparison: words, or a tick (True) or a dash (False)."""

    value: bool | str

    @property
    def words(self) -> str:
        return self.value if isinstance(self.value, str) else ""


@dataclass(frozen=True)
class Row:
    name: str
    free: Cell
    plus: Cell


@dataclass(frozen=True)
class PlanBox:
    """Both plans side by side, and the one thing that this reader can do about them."""

    reader: Person

    @cached_property
    def standing(self) -> Standing:
        return entitlements.standing(self.reader)

    @property
    def price(self) -> Price:
        return plans.PRICE

    @property
    def kept_price(self) -> str:
        """What the reader's subscription goes on costing: an old price stays as it was."""
        amount, currency = self.standing.amount, self.standing.currency
        return plans.PRICE.words if amount is None else f"{plans.amount_in_words(amount, currency)} a {plans.PRICE.interval}"

    @property
    def free(self) -> Sequence[Line]:
        return [line for line in plans.catalogue() if line.free is not False]

    @property
    def plus(self) -> Sequence[Line]:
        return plans.added_by_plus()

    @property
    def plus_adds(self) -> str:
        return plans.in_words(plans.added_by_plus())

    @cached_property
    def members(self) -> int | None:
        return member_count()

    @property
    def is_open(self) -> bool:
        return world.is_open()

    @property
    def action(self) -> str:
        """What the button of Plus does: join, start, manage, keep (take a cancellation back), settle, or closed."""
        if self.standing.why is Why.ENDING:
            return "keep"
        if self.standing.why in {Why.PAST_DUE, Why.STOPPED} or self.standing.is_disputed:
            return "settle"
        if self.standing.is_plus:
            return "manage"
        if not self.is_open:
            return "closed"
        return "start" if self.reader.is_authenticated else "join"


class PricingPage(PlanBox):
    @property
    def groups(self) -> list[tuple[str, list[Row]]]:
        lines = groupby(plans.catalogue(), key=lambda line: line.group)
        return [(group.value, [_row(line) for line in found]) for group, found in lines]


def _row(line: Line) -> Row:
    return Row(line.name, Cell(line.cell(Plan.FREE)), Cell(line.cell(Plan.PLUS)))
