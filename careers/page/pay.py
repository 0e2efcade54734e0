"""The drawing of a pay band."""

from dataclasses import dataclass

from careers.choices import Method, PayLevel
from careers.document.figures import PayBand
from careers.document.schema import Source
from careers.page.scale import Scale
from careers.page.words import money, other_unit, people, per, short_money
from kit.words import within_sentence

LABEL_WIDTH = 23  # percent of a 288 px drawing that a bold amount takes; closer labels go to a row of their own


@dataclass(frozen=True)
class Point:
    """A value on the drawing, with the words above or below it."""

    label: str
    value: str
    x: str  # where the value is
    text_x: str  # where its label stands: kept inside the drawing


@dataclass(frozen=True)
class Row:
    name: str
    amount: str
    other: str


@dataclass(frozen=True)
class PayChart:
    finding: str
    measure: str
    description: str
    is_measured: bool
    low: Point | None
    high: Point | None
    entry: Point | None
    median: Point | None
    senior: Point | None
    band_x: str
    band_width: str
    core_x: str
    core_width: str
    one_row: bool
    ticks: list[tuple[str, str, str]]  # x, label, anchor class
    rows: list[Row]
    other_unit: str
    band: PayBand
    source: Source | None


def pay_chart(band: PayBand, plural: str, source: Source | None = None) -> PayChart | None:
    """None when there are fewer than two amounts to draw."""
    values = [v for v in (band.low, band.level_pay(PayLevel.ENTRY), band.median, band.level_pay(PayLevel.SENIOR), band.high) if v]
    if len(values) < 2 or min(values) == max(values):
        return None
    scale = Scale.over(min(values), max(values))
    entry, senior = band.level_pay(PayLevel.ENTRY), band.level_pay(PayLevel.SENIOR)
    measured = band.method is Method.MEASURED
    low, high = band.low or min(values), band.high or max(values)
    core_low, core_high = entry or low, senior or high
    gaps = [abs(scale.at(band.median) - scale.at(v)) for v in (entry, senior) if v and band.median]
    one_row = all(gap >= LABEL_WIDTH for gap in gaps)
    room = LABEL_WIDTH / 2 if one_row else LABEL_WIDTH
    return PayChart(
        finding=_finding(band, plural),
        measure=f"Pay {per(band.unit)} before tax, {band.place}" + (f", {band.period}" if band.period else ""),
        description=_description(band),
        is_measured=measured,
        low=_point(scale, "1 in 10 under" if measured else "range from", band.low, band),
        high=_point(scale, "1 in 10 over" if measured else "range to", band.high, band),
        entry=_point(scale, "1 in 4 under" if measured else "Entry", entry, band, room),
        median=_point(scale, "median" if measured else "typical", band.median, band),
        senior=_point(scale, "1 in 4 over" if measured else "Senior", senior, band, room),
        band_x=scale.x(low),
        band_width=scale.width(low, high),
        core_x=scale.x(core_low),
        core_width=scale.width(core_low, core_high),
        one_row=one_row,
        ticks=[(tick.x, short_money(tick.value, band.currency), tick.anchor) for tick in scale.ticks()],
        rows=_rows(band),
        other_unit=("About an hour" if band.unit == "YEAR" else "About a year") if band.full_year else "",
        band=band,
        source=source,
    )


def _point(scale: Scale, label: str, amount: int | None, band: PayBand, room: float = LABEL_WIDTH / 2) -> Point | None:
    """`room` is what the label needs on its side, in percent: half of it when centred, all when it ends or starts here."""
    if amount is None:
        return None
    inside = min(max(scale.at(amount), room), 100 - room)
    return Point(label, money(amount, band.currency), scale.x(amount), f"{inside:.1f}%")


def _finding(band: PayBand, plural: str) -> str:
    who = people(band, plural)
    who = within_sentence(who)
    amount = money(band.median, band.currency)
    if band.method is Method.MEASURED:
        return f"Half of {who} earn more than {amount} {per(band.unit)}" if band.median else f"What {who} earn"
    ends = f"{money(band.range_min, band.currency)} to {money(band.range_max, band.currency)}"
    return f"Our editors expect {ends} {per(band.unit)}, with {amount} in the middle"


def _description(band: PayBand) -> str:
    return ". ".join(f"{row.name}: {row.amount}" for row in _rows(band)) + "."


def _rows(band: PayBand) -> list[Row]:
    if band.method is Method.MEASURED:
        named = [
            ("10th percentile", band.p10),
            ("25th percentile", band.p25),
            ("Median", band.median),
            ("75th percentile", band.p75),
            ("90th percentile", band.p90),
        ]
    else:
        named = [
            ("Range from", band.range_min),
            ("Entry level", band.entry),
            ("Typical", band.median),
            *([("Mid level", band.mid)] if band.mid != band.median else []),
            ("Senior level", band.senior),
            *([("Top, from", band.top)] if band.top != band.range_max else []),
            ("Range to", band.range_max),
        ]
    return [Row(name, money(v, band.currency), other_unit(v, band.unit, band.currency) if band.full_year else "") for name, v in named if v]
