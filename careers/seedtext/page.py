"""What readers may know of the page outside their own section."""

from dataclasses import dataclass
from typing import NamedTuple

from careers.seedtext.places import Country


class Stat(NamedTuple):
    """A figure from the top of the page."""

    line: int
    value: float


@dataclass(frozen=True, slots=True)
class Page:
    occupation: str  # as the title prints it
    country: Country | None = None  # of the pay section
    has_pay: bool = False
    has_outlook: bool = False
    growth: Stat | None = None
    median: Stat | None = None
