"""Members and revenue for staff, counted from the rows and the milestones of this world."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from billing.models import Account, Grant, Milestone
from billing.plans import PRICE, amount_in_words
from billing.world import World, world

MONTHS = 12
Kind = Milestone.Kind


@dataclass(frozen=True)
class Month:
    """`started`, `ended`: in that month. `members`, `revenue` (hundredths a month, before tax and discounts): at its end."""

    first: date
    started: int
    ended: int
    members: int
    revenue: int

    @property
    def revenue_in_words(self) -> str:
        return amount_in_words(self.revenue, PRICE.currency)


@dataclass(frozen=True)
class Column:
    """One month of the drawing: places in percent of the width, heights in pixels from the top."""

    month: Month
    x: str
    middle: str
    width: str
    y: int
    height: int


@dataclass(frozen=True)
class Overview:
    world: World
    members: int
    in_grace: int
    ending: int
    complimentary: int
    twice: int
    disputed: int
    revenue: int
    months: list[Month]

    @property
    def revenue_in_words(self) -> str:
        return amount_in_words(self.revenue, PRICE.currency)

    @property
    def finding(self) -> str:
        """What the drawing shows, in a sentence."""
        first, last = self.months[0], self.months[-1]
        if first.revenue == last.revenue:
            return f"Revenue stands at {last.revenue_in_words} a month"
        return f"Revenue went from {first.revenue_in_words} to {last.revenue_in_words} a month"

    @property
    def columns(self) -> list[Column]:
        return columns(self.months)


PLOT_TOP, PLOT_HEIGHT = 30, 120


def columns(months: list[Month]) -> list[Column]:
    most = max((month.revenue for month in months), default=0) or 1
    wide = 100 / len(months)
    found = []
    for place, month in enumerate(months):
        height = round(month.revenue / most * PLOT_HEIGHT)
        x, middle = place * wide + wide * 0.15, place * wide + wide / 2
        found.append(Column(month, f"{x:.1f}%", f"{middle:.1f}%", f"{wide * 0.7:.1f}%", PLOT_TOP + PLOT_HEIGHT - height, height))
    return found


def overview() -> Overview:
    """Five questions to the database, however many members there are."""
    now = timezone.now()
    mine = Q(is_member=True)
    counts = Account.objects.here().aggregate(
        members=Count("pk", filter=mine),
        in_grace=Count("pk", filter=mine & Q(status="past_due")),
        ending=Count("pk", filter=mine & Q(ends_at__gt=now)),
        twice=Count("pk", filter=Q(live_subscriptions__gt=1)),
        disputed=Count("pk", filter=Q(disputed_at__isnull=False)),
        revenue=Sum("amount", filter=mine & Q(currency=PRICE.currency), default=0),
    )
    given = Grant.objects.in_force(now).values("account").distinct().count()
    return Overview(world=world(), complimentary=given, months=months(now.date()), **counts)


def months(today: date) -> list[Month]:
    """The last twelve months, this one included, oldest first."""
    firsts = _firsts(today)
    changes = _changes()
    before = [month for month in changes if month < firsts[0]]
    members = sum(changes[month][Kind.STARTED][0] - changes[month][Kind.ENDED][0] for month in before)
    revenue = sum(changes[month][Kind.STARTED][1] - changes[month][Kind.ENDED][1] for month in before)
    found = []
    for first in firsts:
        (started, more), (ended, less) = changes[first][Kind.STARTED], changes[first][Kind.ENDED]
        members, revenue = members + started - ended, revenue + more - less
        found.append(Month(first, started, ended, max(members, 0), max(revenue, 0)))
    return found


def _firsts(today: date) -> list[date]:
    whole = [divmod(today.year * 12 + today.month - 1 - back, 12) for back in range(MONTHS - 1, -1, -1)]
    return [date(year, month + 1, 1) for year, month in whole]


def _changes() -> "defaultdict[date, defaultdict[str, tuple[int, int]]]":
    """Month -> kind -> how many, and their monthly price together. One query."""
    rows = (
        Milestone.objects.here()
        .filter(kind__in=[Kind.STARTED, Kind.ENDED], currency=PRICE.currency)
        .annotate(month=TruncMonth("at", tzinfo=UTC))
        .values_list("month", "kind")
        .annotate(count=Count("pk"), total=Sum("amount"))
    )
    found: defaultdict[date, defaultdict[str, tuple[int, int]]] = defaultdict(lambda: defaultdict(lambda: (0, 0)))
    for month, kind, count, total in rows:
        found[month.date()][kind] = (count, total)
    return found
