"""A figure and its receipt in words, for staff."""

from careers.choices import Method, PayUnit
from careers.models import Outlook, PayBand
from kit.words import money, percent


def said(figure: PayBand | Outlook) -> str:
    """$45,000 a year, $30,000 to $70,000, United States; +5.2%, 1,200 openings a year, United States."""
    return ", ".join(part for part in (_pay(figure) if isinstance(figure, PayBand) else _outlook(figure)) if part)


def _pay(band: PayBand) -> list[str]:
    is_measured = band.method == Method.MEASURED
    low, high = (band.p10, band.p90) if is_measured else (band.range_min, band.range_max)
    median = f"{money(band.median, band.currency)} {PayUnit(band.unit).label}" if band.median else ""
    span = f"{money(low, band.currency)} to {money(high, band.currency)}" if low and high else ""
    return [median, span if median else f"{span} {PayUnit(band.unit).label}" if span else "", band.place]


def _outlook(outlook: Outlook) -> list[str]:
    openings = f"{outlook.openings_per_year:,} openings a year" if outlook.openings_per_year else ""
    return [percent(outlook.percent), openings, outlook.place]


def receipt(figure: PayBand | Outlook) -> str:
    """Method, source, publisher, period, licence and the day somebody looked; what is not known is left out or said to be missing."""
    source = figure.source
    parts = [Method(figure.method).label]
    parts.append(f"{source.title} by {source.publisher}" if source else "no source")
    parts.append(period_of(figure) or "no period")
    if source and source.licence:
        parts.append(f"licence {source.licence}")
    if source and source.retrieved:
        parts.append(f"looked up {source.retrieved:%-d %B %Y}")
    return ", ".join(parts)


def period_of(figure: PayBand | Outlook) -> str:
    """Of the figure itself, or else of its source."""
    own = figure.period if isinstance(figure, PayBand) else years(figure.period_from, figure.period_to)
    return own or (figure.source.period if figure.source else "")


def years(start: int | None, end: int | None) -> str:
    return f"{start}-{end}" if start and end else ""
