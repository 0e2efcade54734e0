"""Career tiers: their pay, and the ridge drawn through it."""

from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap

from careers.choices import PayLevel
from careers.document.figures import PayBand
from careers.document.schema import Guide, Tier
from careers.page.words import money, years

TOP, BOTTOM = 28, 158  # y of the highest and lowest point inside the ridge's 180 units
NAME_Y = 233  # y of the first line of a tier's name
HEADROOM = 20  # y where the ridge's own box begins


@dataclass(frozen=True)
class TierRow:
    number: int
    tier: Tier
    path: str  # of its prose
    short_title: str
    years: str
    pay: str


@dataclass(frozen=True)
class RidgePoint:
    x: str
    y: int
    y_label: int
    row: TierRow
    name: list[tuple[int, str]]  # y and words of the name under the axis, in one or two lines


@dataclass(frozen=True)
class Ridge:
    finding: str
    description: str
    line: str
    area: str
    points: list[RidgePoint]


def tier_rows(guide: Guide) -> list[TierRow]:
    band = guide.pay[0] if guide.pay else None
    return [
        TierRow(n + 1, tier, f"tiers.{n}.text", tier.short_title or tier.title, years(tier.years_min, tier.years_max), tier_pay(tier, band))
        for n, tier in enumerate(guide.tiers)
    ]


def tier_pay(tier: Tier, band: PayBand | None) -> str:
    """Pay of the tier from the guide's first band; the top level has no upper end."""
    if band is None or tier.pay_level is None:
        return ""
    amount = band.level_pay(PayLevel(tier.pay_level))
    if amount is None:
        return ""
    return money(amount, band.currency) + ("+" if tier.pay_level is PayLevel.TOP else "")


def ridge(guide: Guide) -> Ridge | None:
    """A line through the tiers' pay. None unless at least two tiers have pay."""
    band = guide.pay[0] if guide.pay else None
    rows = [row for row in tier_rows(guide) if row.pay]
    if band is None or len(rows) < 2:
        return None
    amounts = [band.level_pay(PayLevel(row.tier.pay_level)) or 0 for row in rows if row.tier.pay_level]
    low, high = min(amounts), max(amounts)
    share = 100 / len(rows)
    points = [
        (round(share * (n + 0.5), 1), round(BOTTOM - (amount - low) / ((high - low) or 1) * (BOTTOM - TOP - 30) - 20))
        for n, amount in enumerate(amounts)
    ]
    line = _curve([(0, BOTTOM), *points, (100, TOP - 8)])
    gap = max(amounts) - min(amounts)
    last = rows[amounts.index(high)].short_title.lower()
    return Ridge(
        finding=f"{_capital(last)}: about {money(round(gap, -2), band.currency)} more than at the start",
        description="; ".join(f"{row.tier.title}, {row.years}: {row.pay}" for row in rows) + ".",
        line=line,
        area=f"M0 180V{line[1:].split(' ', 1)[1].split('C')[0]}{line[line.index('C') :]}V180Z",
        points=[
            RidgePoint(f"{x}%", y + HEADROOM, y + HEADROOM - 26, row, _name_lines(row.short_title))
            for (x, y), row in zip(points, rows, strict=True)
        ],
    )


def _name_lines(name: str) -> list[tuple[int, str]]:
    """At most two lines that fit a quarter of a phone's width."""
    return [(NAME_Y + n * 14, line) for n, line in enumerate(wrap(name, 12, max_lines=2, placeholder="…"))]


def _curve(points: list[tuple[float, float]]) -> str:
    """A smooth path that never turns back: control points at half way, level with each end."""
    path = f"M{points[0][0]:g} {points[0][1]:g}"
    for (x1, y1), (x2, y2) in pairwise(points):
        half = (x1 + x2) / 2
        path += f"C{half:g} {y1:g} {half:g} {y2:g} {x2:g} {y2:g}"
    return path


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
