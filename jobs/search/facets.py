"""What jobs can be filtered by: each facet with its options, their words, and the lexemes that stand for them in the index.

Several options of one facet widen the search (OR), facets narrow it (AND). Of pay and age one option is chosen at a time.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices

from jobs.choices import Kind, Level, Workplace
from kit.words import money

# Steps of yearly pay in thousands of US dollars; SQL's jobs_pay_step() holds the same.
PAY_STEPS = (0, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 100, 120, 150, 200)
PAY_CHOICES = (30, 40, 50, 60, 80, 100, 150)
AGES = {"1": "Last 24 hours", "7": "Last 7 days", "30": "Last 30 days"}


@dataclass(frozen=True)
class Option:
    value: str  # in the address
    label: str  # beside the box and on the chip
    words: str  # inside the heading, see Facet.phrase
    keys: tuple[int, ...]  # what SQL counts under: its numbers are added up
    lexemes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facet:
    name: str  # parameter and attribute of JobSearch
    legend: str
    phrase: str  # how the chosen options read in the heading
    options: tuple[Option, ...]
    is_single: bool = False

    def chosen(self, values: Iterable[str]) -> list[Option]:
        wanted = set(values)
        return [option for option in self.options if option.value in wanted]

    def in_words(self, values: Iterable[str]) -> str:
        return self.phrase.format(" or ".join(option.words for option in self.chosen(values)))


def _choices(letter: str, vocabulary: type[TextChoices]) -> tuple[Option, ...]:
    """The index knows the place of a value in its vocabulary, from 1."""
    return tuple(
        Option(choice.value.replace("_", "-"), str(choice.label), str(choice.label).lower(), (place,), (f"={letter}{place}",))
        for place, choice in enumerate(vocabulary, 1)
    )


def _pay(least: int) -> Option:
    steps = tuple(step for step in PAY_STEPS if step >= least)
    amount = money(least * 1000)
    return Option(f"{least}k", f"{amount} or more", f"{amount} a year or more", steps, tuple(f"=y{step}" for step in steps))


WORKPLACE = Facet("workplace", "Workplace", "{}", _choices("w", Workplace))
PAY = Facet("pay", "Pay, a year", "{}", tuple(map(_pay, PAY_CHOICES)), is_single=True)
LEVEL = Facet("level", "Experience", "{}", _choices("l", Level))
KIND = Facet("kind", "Hours", "{}", _choices("k", Kind))
# SQL counts age by its place among three moments: 3 is the last day, 2 the days of the week before it, …
AGE = Facet(
    "age",
    "Date posted",
    "{}",
    tuple(
        Option(days, label, f"posted in the {label[0].lower()}{label[1:]}", tuple(range(place, 4)))
        for days, label, place in zip(AGES, AGES.values(), (3, 2, 1), strict=True)
    ),
    is_single=True,
)
UNSTATED = ("=yunstated", "=yother")  # pay that the ad hides, and pay in another currency than US dollars


@dataclass(frozen=True)
class Named:
    """A guide, field or employer that jobs belong to."""

    pk: int
    slug: str
    name: str


def named_facet(name: str, legend: str, letter: str, rows: Iterable[Named]) -> Facet:
    """A facet whose options are rows of a table."""
    return Facet(name, legend, "{}", tuple(Option(row.slug, row.name, row.name, (row.pk,), (f"={letter}{row.pk}",)) for row in rows))


def field_facet(rows: Iterable[Named]) -> Facet:
    return named_facet("field", "Field of work", "f", rows)


def guide_facet(rows: Iterable[Named]) -> Facet:
    return named_facet("guide", "Career", "g", rows)


def employer_facet(rows: Iterable[Named]) -> Facet:
    return named_facet("employer", "Employer", "e", rows)


FIXED = (WORKPLACE, PAY, LEVEL, KIND, AGE)
# In the order in which SQL numbers them; age is the eighth and compares moments instead of lexemes.
BY_LEXEME = ("workplace", "pay", "level", "kind", "field", "guide", "employer")
NAMES = (*BY_LEXEME, "age")
