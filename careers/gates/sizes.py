"""How many words each section of a guide has."""

from collections.abc import Iterable
from statistics import median
from typing import Any

from careers.choices import Section
from careers.document.schema import Guide
from careers.page.changes import FIELDS

ENOUGH = 5  # guides, before anything is usual
NOT_READ = {"source", "key", "url", "section", "slug", "held"}


def sizes(guide: Guide) -> dict[Section, int]:
    """Words of the texts and lists of each section; figures, choices and addresses do not count."""
    tree = guide.model_dump(mode="json")
    return {section: sum(_words(tree.get(name)) for name in names) for section, names in FIELDS.items()}


def usual(all_sizes: Iterable[dict[Section, int]]) -> dict[Section, int]:
    """Median per section over the guides that say anything there; nothing before there are ENOUGH of them."""
    seen: dict[Section, list[int]] = {}
    for one in all_sizes:
        for section, words in one.items():
            if words:
                seen.setdefault(section, []).append(words)
    return {section: int(median(words)) for section, words in seen.items() if len(words) >= ENOUGH}


def _words(value: Any) -> int:
    match value:
        case str():
            return len(value.split())
        case list():
            return sum(map(_words, value))
        case dict():
            return sum(_words(item) for name, item in value.items() if name not in NOT_READ)
    return 0
