"""What guides can be filtered by: each facet with its options, their words and their SQL condition.

Several options of one facet widen the search (OR), facets narrow it (AND).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import IntegerChoices, Q

from careers.choices import Demand, RemoteWork, Stress
from careers.models import Field


@dataclass(frozen=True)
class Option:
    value: str  # in the address
    label: str  # beside the checkbox and on the chip
    words: str  # inside the heading, see Facet.phrase
    condition: Q


@dataclass(frozen=True)
class Facet:
    name: str  # parameter and attribute of GuideSearch
    legend: str
    phrase: str  # how the chosen options read in the heading: "{} demand"
    options: tuple[Option, ...]

    def chosen(self, values: Iterable[str]) -> list[Option]:
        wanted = set(values)
        return [option for option in self.options if option.value in wanted]

    def condition(self, values: Iterable[str]) -> Q:
        """Any of the values; an empty Q for none of them."""
        return reduce(or_, (option.condition for option in self.chosen(values)), Q())

    def in_words(self, values: Iterable[str]) -> str:
        return self.phrase.format(" or ".join(option.words for option in self.chosen(values)))


def field_facet(fields: Iterable[Field]) -> Facet:
    """Fields of work are data: the caller brings those that have guides."""
    return Facet("field", "Field of work", "{}", tuple(Option(f.slug, f.name, f.name, Q(field=f.pk)) for f in fields))


def _levels(column: str, choices: type[IntegerChoices], *, highest_first: bool = False) -> tuple[Option, ...]:
    levels = sorted(choices, reverse=highest_first)
    return tuple(Option(_slug(str(c.label)), str(c.label), str(c.label).lower(), Q(**{column: c.value})) for c in levels)


def _slug(label: str) -> str:
    return label.lower().replace(" ", "-")


def _education(value: str, label: str, words: str, least: int, most: int) -> Option:
    return Option(value, label, words, Q(education__gte=least, education__lte=most))


IN_DOLLARS = Q(currency="USD", pay_median__isnull=False)  # amounts in other currencies are never compared with dollars

PAY = Facet(
    "pay",
    "Median pay, a year",
    "median pay {}",
    (
        Option("under-40k", "Under $40,000", "under $40,000", IN_DOLLARS & Q(pay_median__lt=40_000)),
        Option("40-60k", "$40,000 to $60,000", "of $40,000 to $60,000", IN_DOLLARS & Q(pay_median__gte=40_000, pay_median__lt=60_000)),
        Option("60-80k", "$60,000 to $80,000", "of $60,000 to $80,000", IN_DOLLARS & Q(pay_median__gte=60_000, pay_median__lt=80_000)),
        Option("80k-plus", "$80,000 or more", "of $80,000 or more", IN_DOLLARS & Q(pay_median__gte=80_000)),
        Option("unknown", "Not known in dollars", "not known in dollars", Q(pay_median=None) | ~Q(currency="USD")),
    ),
)

EDUCATION = Facet(
    "education",
    "Education you need",
    "{} to get in",
    (
        _education("none", "No formal credential", "no credential", 1, 1),
        _education("high-school", "High school diploma", "a high school diploma", 2, 2),
        _education("certificate", "Certificate or some college", "a certificate or some college", 3, 4),
        _education("associate", "Associate degree", "an associate degree", 5, 5),
        _education("bachelor", "Bachelor's degree", "a bachelor's degree", 6, 6),
        _education("graduate", "Master's degree or higher", "a master's degree or higher", 7, 8),
    ),
)

TIME = Facet(
    "time",
    "Quickest time to start",
    "{} to start",
    (
        Option("6-months", "Up to 6 months", "up to 6 months", Q(min_months__lte=6)),
        Option("1-year", "6 to 12 months", "6 to 12 months", Q(min_months__gt=6, min_months__lte=12)),
        Option("2-years", "1 to 2 years", "1 to 2 years", Q(min_months__gt=12, min_months__lte=24)),
        Option("longer", "Over 2 years", "over 2 years", Q(min_months__gt=24)),
    ),
)

_REMOTE_WORDS = {
    RemoteWork.ON_SITE: "work on site",
    RemoteWork.SOME: "some remote work",
    RemoteWork.HYBRID: "hybrid work",
    RemoteWork.REMOTE_FRIENDLY: "remote-friendly work",
    RemoteWork.REMOTE_FIRST: "remote-first work",
}

FIXED = (
    PAY,
    Facet("demand", "Demand", "{} demand", _levels("demand", Demand, highest_first=True)),
    EDUCATION,
    TIME,
    Facet("stress", "Stress", "{} stress", _levels("stress", Stress)),
    Facet(
        "remote",
        "Remote work",
        "{}",
        tuple(Option(_slug(str(r.label)), str(r.label), _REMOTE_WORDS[r], Q(remote=r.value)) for r in RemoteWork),
    ),
)
NAMES = ("field", *(facet.name for facet in FIXED))


def all_facets(fields: Iterable[Field]) -> tuple[Facet, ...]:
    return field_facet(fields), *FIXED
