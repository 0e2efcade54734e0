"""Two to four guides side by side, with the differences in words."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from careers.choices import Method, PayUnit
from careers.document.figures import Outlook
from careers.growth import label
from careers.models import GuideListing
from careers.page.scale import Scale
from careers.page.words import money, months, percent, short_money
from kit.words import within_sentence

SEPARATOR = "-vs-"  # no slug of a guide holds the word
LEAST, MOST = 2, 4
SHOWN_SKILLS = 8


def split_slugs(slugs: str) -> list[str]:
    """The slugs in an address, an empty list where it names too few, too many or one twice."""
    found = slugs.split(SEPARATOR)
    return found if LEAST <= len(found) <= MOST and len(set(found)) == len(found) else []


def address_of(slugs: Sequence[str]) -> str:
    """The one address of a comparison: alphabetical."""
    return reverse("careers:compare_guides", args=[SEPARATOR.join(sorted(slugs))])


def start_address(slugs: Sequence[str], *, edit: bool = False) -> str:
    """The form with these guides chosen; with `edit` it is shown even when they could be compared."""
    pairs = [f"{name}={slug}" for name, slug in zip("abcd", slugs, strict=False)]
    return f"{reverse('careers:compare')}?{'&'.join([*pairs, *(['edit=1'] if edit else [])])}"


@dataclass(frozen=True)
class Bar:
    """A pay range on the common scale."""

    x: str
    width: str
    median: str


@dataclass(frozen=True)
class Column:
    """One guide of the comparison; an empty string for what is not known."""

    listing: GuideListing
    others: tuple[str, ...]  # slugs of the other guides
    skills: frozenset[str]

    @property
    def title(self) -> str:
        return self.listing.title

    @property
    def slug(self) -> str:
        return self.listing.slug

    @property
    def median(self) -> str:
        return money(self.listing.pay_median, self.listing.currency)

    @property
    def range(self) -> str:
        low, high, currency = self.listing.pay_low, self.listing.pay_high, self.listing.currency
        return f"{money(low, currency)} to {money(high, currency)}" if low and high else ""

    @cached_property
    def pay_method(self) -> str:
        """How the figures came about, as the guide says it."""
        document = self.listing.content
        if not document.pay:
            return ""
        band = document.pay[0]
        publisher = next((source.publisher for source in document.sources if source.key == band.source), "")
        where = ", ".join(part for part in (publisher, band.period, band.place) if part)
        how = "Measured; 8 in 10 earn this range" if band.method is Method.MEASURED else "Our editors' range, not a survey"
        hourly = " A year counts as 2,080 hours." if band.unit is PayUnit.HOUR else ""
        return f"{how}. {where}.{hourly}"

    @property
    def is_measured(self) -> bool:
        document = self.listing.content
        return bool(document.pay) and document.pay[0].method is Method.MEASURED

    @property
    def outlook(self) -> Outlook | None:
        return self.listing.content.outlook[0] if self.listing.content.outlook else None

    @property
    def growth(self) -> str:
        return percent(self.outlook.percent) if self.outlook else ""

    @property
    def growth_words(self) -> str:
        if self.outlook is None:
            return ""
        years = f"{self.outlook.period_from} to {self.outlook.period_to}" if self.outlook.period_from else ""
        return ", ".join(part for part in (label(self.outlook).short, years) if part)

    @property
    def time(self) -> str:
        least, most = self.listing.min_months, self.listing.max_months
        return months(least, most) if least is not None and most is not None else ""

    @property
    def time_note(self) -> str:
        start = self.listing.content.time_to_start
        return (start.note if start else "") or ""

    @property
    def preferred_education(self) -> str:
        education = self.listing.content.education
        return education.preferred.label.lower() if education.preferred and education.preferred != education.minimum else ""

    @property
    def day_hours(self) -> float:
        return sum(block.hours for block in self.listing.content.day)

    @property
    def day_ends(self) -> tuple[datetime.time, datetime.time] | None:
        day = self.listing.content.day
        return (min(block.start for block in day), max(block.end for block in day)) if day else None

    @property
    def swap_url(self) -> str:
        return start_address(self.others, edit=True)

    @property
    def remove_url(self) -> str:
        return address_of(self.others) if len(self.others) >= LEAST else ""


@dataclass(frozen=True)
class Comparison:
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, listings: Sequence[GuideListing]) -> "Comparison":
        """Listings with their skills fetched; order is kept."""
        slugs = [listing.slug for listing in listings]
        others = {slug: tuple(other for other in slugs if other != slug) for slug in slugs}
        return cls(tuple(Column(g, others[g.slug], frozenset(skill.name for skill in g.skills.all())) for g in listings))

    @property
    def slugs(self) -> list[str]:
        return [column.slug for column in self.columns]

    @property
    def title(self) -> str:
        return f"{joined([self.columns[0].title, *(within_sentence(c.title) for c in self.columns[1:])])} compared"

    @property
    def add_url(self) -> str:
        return start_address(self.slugs, edit=True) if len(self.columns) < MOST else ""

    @cached_property
    def currency(self) -> str:
        """The currency of every known pay; empty when there are two, and then nothing is compared."""
        known = {c.listing.currency for c in self.columns if c.listing.pay_median or c.range}
        return known.pop() if len(known) == 1 else ""

    @cached_property
    def pay(self) -> list[tuple[Column, str, bool]]:
        """Each column with its difference from the first one in words, and whether that is more."""
        return [(column, *self._pay_difference(column)) for column in self.columns]

    def _pay_difference(self, column: Column) -> tuple[str, bool]:
        first, amount = self.columns[0].listing.pay_median, column.listing.pay_median
        if column is self.columns[0] or not self.currency or first is None or amount is None:
            return "", False
        than = "" if len(self.columns) == LEAST else f" than {within_sentence(self.columns[0].title)}"
        if first == amount:
            return f"the same{' as' + than.removeprefix(' than') if than else ''}", False
        return f"{money(abs(amount - first), self.currency)} {'more' if amount > first else 'less'}{than}", amount > first

    @cached_property
    def scale(self) -> Scale | None:
        """One axis for all ranges; None where fewer than two can be drawn on it."""
        ends = [(c.listing.pay_low, c.listing.pay_high) for c in self.columns if c.range]
        if not self.currency or len(ends) < LEAST:
            return None
        return Scale.over(min(low for low, _ in ends if low), max(high for _, high in ends if high), ticks=12)

    @property
    def scale_words(self) -> str:
        if self.scale is None:
            return ""
        low, high = (short_money(end, self.currency) for end in (self.scale.low, self.scale.high))
        return f"Drawn from {low} to {high}; the diamond is the median"

    @cached_property
    def ranges(self) -> list[tuple[Column, Bar | None]]:
        return [(column, self._bar(column)) for column in self.columns]

    def _bar(self, column: Column) -> Bar | None:
        low, high, median = column.listing.pay_low, column.listing.pay_high, column.listing.pay_median
        if self.scale is None or not low or not high:
            return None
        return Bar(self.scale.x(low), self.scale.width(low, high), self.scale.x(median) if median else "")

    @cached_property
    def shared_skills(self) -> list[str]:
        return sorted(frozenset.intersection(*(column.skills for column in self.columns)), key=str.lower)

    @cached_property
    def own_skills(self) -> list[tuple[list[str], int]]:
        """For each column the skills that no other guide here has: the first few, and how many more there are."""
        own = [sorted(c.skills.difference(*(o.skills for o in self.columns if o is not c)), key=str.lower) for c in self.columns]
        return [(skills[:SHOWN_SKILLS], max(len(skills) - SHOWN_SKILLS, 0)) for skills in own]


def joined(parts: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)
