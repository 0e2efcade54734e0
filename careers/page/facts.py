"""The five key facts, the same on every guide and in the same order (DESIGN section 5)."""

from dataclasses import dataclass

from careers.choices import Method
from careers.document.schema import Guide
from careers.growth import label
from careers.page.words import money, months, per, percent

UNKNOWN = "Not known yet"


@dataclass(frozen=True)
class Fact:
    name: str
    value: str
    note: str
    anchor: str  # section that tells more and carries the receipt
    level: int = 0  # 1 to 5 where a meter is drawn


def facts(guide: Guide) -> list[Fact]:
    return [_pay(guide), _demand(guide), _outlook(guide), _time(guide), _remote(guide)]


def _pay(guide: Guide) -> Fact:
    band = guide.pay[0] if guide.pay else None
    if band is None or band.median is None:
        return Fact("Median pay", UNKNOWN, "", "pay")
    note = per(band.unit)
    if band.low and band.high:
        ends = f"{money(band.low, band.currency)} to {money(band.high, band.currency)}"
        note += f"; 8 in 10 earn {ends}" if band.method is Method.MEASURED else f"; editor’s range {ends}"
    name = "Median pay" if band.method is Method.MEASURED else "Typical pay"
    return Fact(name, money(band.median, band.currency), note, "pay")


def _demand(guide: Guide) -> Fact:
    if guide.demand is None:
        return Fact("Demand", UNKNOWN, "", "demand")
    return Fact("Demand", guide.demand.level.label, "our editors’ rating", "demand", int(guide.demand.level))


def _outlook(guide: Guide) -> Fact:
    if not guide.outlook:
        return Fact("Jobs outlook", UNKNOWN, "", "outlook")
    first = guide.outlook[0]
    return Fact("Jobs outlook", percent(first.percent), label(first).short, "outlook")


def _time(guide: Guide) -> Fact:
    time = guide.time_to_start
    if time is None:
        return Fact("Time to start", UNKNOWN, "", "route")
    return Fact("Time to start", months(time.min_months, time.max_months), time.note or "", "route")


def _remote(guide: Guide) -> Fact:
    if guide.remote is None:
        return Fact("Remote work", UNKNOWN, "", "setting")
    return Fact("Remote work", guide.remote.level.label, guide.remote.note or "", "setting")
