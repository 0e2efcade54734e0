"""Figures of a guide document. Each says how it came about, where, when and from which source."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from careers.choices import Method, PayLevel, PayUnit
from careers.document.types import Amount, Country, Currency, Line, Part, Percent, Slug
from careers.document.words import Named


class PayBand(Part):
    """Pay in one place. Measured: percentiles of a survey. Editor: a range, never called a percentile.

    Level pay (entry, mid, senior, top) is stated for an editor's band; for a measured one it is computed:
    entry = p25, mid = median, senior = p75, top = p90, and the page says so.
    """

    method: Named[Method]
    occupation: Line | None = None  # whom the figures describe, when not exactly this guide's title
    place: Line  # "United States"
    country: Country
    currency: Currency
    unit: Named[PayUnit]
    period: Line | None = None  # when: "May 2024"
    source: Slug | None = None
    note: Line | None = None
    full_year: bool = True  # false where people work part of the year (teachers): nothing is converted to hours
    p10: Amount | None = None
    p25: Amount | None = None
    median: Amount | None = None
    p75: Amount | None = None
    p90: Amount | None = None
    range_min: Amount | None = None
    range_max: Amount | None = None
    entry: Amount | None = None
    mid: Amount | None = None
    senior: Amount | None = None
    top: Amount | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        percentiles = [self.p10, self.p25, self.p75, self.p90]
        stated = [self.range_min, self.range_max, self.entry, self.mid, self.senior, self.top]
        if self.method is Method.EDITOR and any(percentiles):
            raise ValueError("an editor's band has no percentiles; give range_min and range_max")
        if self.method is Method.MEASURED and any(stated):
            raise ValueError("a measured band has percentiles only; levels are computed from them")
        for row in (
            (self.p10, self.p25, self.median, self.p75, self.p90),
            (self.range_min, self.median, self.range_max),
            (self.entry, self.mid, self.senior, self.top),
        ):
            known = [amount for amount in row if amount is not None]
            if known != sorted(known):
                raise ValueError("amounts are not in rising order")
        return self

    def level_pay(self, level: PayLevel) -> int | None:
        """Pay at a career level: stated by the editor, or computed from the percentiles."""
        if self.method is Method.EDITOR:
            return {PayLevel.ENTRY: self.entry, PayLevel.MID: self.mid, PayLevel.SENIOR: self.senior, PayLevel.TOP: self.top}[level]
        return {PayLevel.ENTRY: self.p25, PayLevel.MID: self.median, PayLevel.SENIOR: self.p75, PayLevel.TOP: self.p90}[level]

    @property
    def low(self) -> int | None:
        return self.p10 if self.method is Method.MEASURED else self.range_min

    @property
    def high(self) -> int | None:
        return self.p90 if self.method is Method.MEASURED else self.range_max


class Outlook(Part):
    """Projected change in the number of jobs. The label ("faster than average") is computed, never typed."""

    method: Named[Method]
    occupation: Line | None = None
    percent: Percent
    all_jobs_percent: Percent | None = None  # the same projection for all occupations
    period_from: Annotated[int, Field(ge=1990, le=2100)] | None = None
    period_to: Annotated[int, Field(ge=1990, le=2100)] | None = None
    openings_per_year: Annotated[int, Field(ge=0)] | None = None
    place: Line
    country: Country
    source: Slug | None = None
    note: Line | None = None
    stated_label: Line | None = None  # what an imported text called it; kept for staff, not shown

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if (self.period_from is None) != (self.period_to is None):
            raise ValueError("period_from and period_to go together")
        if self.period_from and self.period_to and self.period_from >= self.period_to:
            raise ValueError("period_from is not before period_to")
        return self
