"""Whatever a query string holds, as values that are safe to use: nothing here ever raises."""

import re
import unicodedata

MAX_WORDS = 100  # characters of the search box
MAX_PAGE = 9_999
MAX_VALUES = 20  # of one facet


def text(value: str) -> str:
    """One line without control characters, halves of characters and what may not stand in XML, at most MAX_WORDS long."""
    value = value[: MAX_WORDS * 4]
    kept = "".join(c if unicodedata.category(c) not in {"Cc", "Cs", "Cf"} and c not in "\ufffe\uffff" else " " for c in value)
    return " ".join(kept.split())[:MAX_WORDS].strip()


def number(value: str) -> int:
    """A page number, at most MAX_PAGE; 1 for anything else."""
    if not re.fullmatch(r"[1-9][0-9]*", value):
        return 1
    return min(int(value[:9]), MAX_PAGE)


def values(given: list[str], known: tuple[str, ...] | None) -> tuple[str, ...]:
    """Each known value once, in the order of `known`; any slugs, sorted, where nothing is known beforehand."""
    if known is not None:
        wanted = set(given[: MAX_VALUES * 5])
        return tuple(value for value in known if value in wanted)
    slugs = {value for value in given[: MAX_VALUES * 5] if re.fullmatch(r"[a-z0-9_-]{1,80}", value)}
    return tuple(sorted(slugs)[:MAX_VALUES])
