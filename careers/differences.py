"""What sets compared guides apart, one sentence each. Only what the figures say; a tie or an unknown value says nothing."""

from collections.abc import Callable, Iterable
from typing import Any

from careers.comparison import Column, Comparison, joined
from careers.page.words import money
from kit.words import within_sentence


def sentences(comparison: Comparison) -> list[str]:
    found = [_pay(comparison), _growth(comparison), _start(comparison), _calm(comparison), _skills(comparison)]
    return [sentence for sentence in found if sentence]


def _ranked(columns: Iterable[Column], value: Callable[[Column], Any], *, highest: bool) -> list[Column]:
    """Columns from the best down; empty when a value is unknown or the first two are equal."""
    columns = list(columns)
    if any(value(column) is None for column in columns):
        return []
    ranked = sorted(columns, key=value, reverse=highest)
    return ranked if value(ranked[0]) != value(ranked[1]) else []


def _pay(comparison: Comparison) -> str:
    ranked = _ranked(comparison.columns, lambda column: column.listing.pay_median, highest=True)
    if not comparison.currency or not ranked:
        return ""
    first, second = ranked[0], ranked[1]
    gap = money((first.listing.pay_median or 0) - (second.listing.pay_median or 0), comparison.currency)
    verb = "pays more" if len(ranked) == 2 else "pays most"
    text = f"{first.title} {verb}: {first.median} a year at the median, {gap} more than {within_sentence(second.title)}."
    is_mixed = len({column.is_measured for column in ranked}) == 2
    return f"{text} One figure is measured and another is our editors' own, so take the gap as a rough one." if is_mixed else text


def _growth(comparison: Comparison) -> str:
    spans = {(c.outlook.period_from, c.outlook.period_to, c.outlook.country) if c.outlook else None for c in comparison.columns}
    if len(spans) > 1:
        return ""  # growth over different years or in different countries cannot be set side by side
    ranked = _ranked(comparison.columns, lambda column: column.listing.growth_percent, highest=True)
    if not ranked:
        return ""
    others = joined([f"{column.growth} for {within_sentence(column.title)}" for column in ranked[1:]])
    return f"{ranked[0].title} jobs grow {_more('faster', 'fastest', ranked)}: {ranked[0].growth}, against {others}."


def _start(comparison: Comparison) -> str:
    ranked = _ranked(comparison.columns, lambda column: column.listing.min_months, highest=False)
    return f"{ranked[0].title} has the {_more('quicker', 'quickest', ranked)} start: {ranked[0].time}." if ranked else ""


def _calm(comparison: Comparison) -> str:
    ranked = _ranked(comparison.columns, lambda column: column.listing.stress, highest=False)
    if not ranked:
        return ""
    level = str(ranked[0].listing.get_stress_display()).lower()
    return f"{ranked[0].title} is rated the {_more('calmer', 'calmest', ranked)} job, with {level} stress."


def _skills(comparison: Comparison) -> str:
    number = len(comparison.shared_skills)
    whom = {2: "Both", 3: "All three", 4: "All four"}[len(comparison.columns)]
    return f"{whom} guides list {number} skill{'' if number == 1 else 's'} by the same name." if number else ""


def _more(two: str, many: str, columns: list[Column]) -> str:
    return two if len(columns) == 2 else many
