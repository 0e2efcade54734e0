"""Pay of a job beside the pay of its guide: a line drawn on the guide's scale, and words that say the same."""

from dataclasses import dataclass
from decimal import Decimal

from careers.document.figures import PayBand
from careers.page.scale import Scale
from careers.page.words import per
from jobs.choices import PayPeriod
from jobs.models import Job
from jobs.page import words
from jobs.page.guides import GuideFacts
from kit.words import money

LEAST_WIDTH = 2.0  # percent of the drawing: one amount is a mark, not nothing


@dataclass(frozen=True)
class Line:
    """The drawing: the job's range and the guide's middle as percent of the width; and the ends of the scale."""

    x: str
    width: str
    median_x: str
    scale_from: str
    scale_to: str


@dataclass(frozen=True)
class PayLine:
    """`stated` and `short`: the ad's words. `compared`: where that lies. `why_not`: why it is not compared, for the page of the job."""

    stated: str
    short: str
    yearly: str
    is_stated: bool
    compared: str
    line: Line | None
    median: str  # the guide's, with its period; empty when there is none
    middle: str  # what the guide calls it
    why_not: str


def pay_line(job: Job, guide: GuideFacts | None) -> PayLine:
    band = guide.band if guide and guide.band and guide.band.median else None
    why_not = _why_not(job, band)
    comparable = band is not None and job.pay_currency != "" and not why_not
    return PayLine(
        stated=words.pay(job),
        short=words.short_pay(job),
        yearly=words.yearly(job),
        is_stated=job.pay_currency != "",
        compared=_compared(job, band.median, guide.middle) if comparable and guide and band and band.median else "",
        line=_line(job, band) if comparable and band else None,
        median=f"{money(band.median, band.currency)} {per(band.unit)}" if band else "",
        middle=guide.middle if guide else "",
        why_not=why_not,
    )


def _why_not(job: Job, band: PayBand | None) -> str:
    """Same currency and same period only: to convert would be to guess a rate or the hours. Empty when there is nothing to explain."""
    if band is None or not job.pay_currency:
        return ""
    if job.pay_currency != band.currency:
        return f"This ad pays in {job.pay_currency} and the guide’s figures are in {band.currency}, so we do not set one against the other."
    if job.pay_period != _period(band):
        stated = PayPeriod(job.pay_period).label
        return f"This ad states pay {stated} and the guide’s figures are {per(band.unit)}, so we do not draw them on one scale."
    return ""


def _period(band: PayBand) -> PayPeriod:
    return PayPeriod(band.unit.value)


def _compared(job: Job, median: int, middle: str) -> str:
    """A range around the middle is near it. Where the ad leaves one end open, only the other is compared."""
    least, most = job.pay_minimum, job.pay_maximum
    if least is not None and most is not None:
        if least > median:
            return f"above the {middle}"
        return f"below the {middle}" if most < median else f"near the {middle}"
    verb, bound = ("starts", least) if least is not None else ("ends", most or Decimal())
    return f"{verb} {'at' if bound == median else 'above' if bound > median else 'below'} the {middle}"


def _line(job: Job, band: PayBand) -> Line | None:
    """None when the guide states no range to draw on. What lies beyond the scale is cut off at its edge; the words still say it."""
    if band.low is None or band.high is None or band.median is None or band.low == band.high:
        return None
    scale = Scale.over(band.low, band.high)
    least, most = job.pay_minimum, job.pay_maximum
    start = _inside(scale, least if least is not None else most)
    end = _inside(scale, most if most is not None else least)
    start = min(start, 100 - LEAST_WIDTH)
    return Line(
        x=f"{start:.1f}%",
        width=f"{max(end - start, LEAST_WIDTH):.1f}%",
        median_x=scale.x(band.median),
        scale_from=money(scale.low, band.currency),
        scale_to=money(scale.high, band.currency),
    )


def _inside(scale: Scale, value: Decimal | None) -> float:
    return min(max(scale.at(float(value or 0)), 0.0), 100.0)
