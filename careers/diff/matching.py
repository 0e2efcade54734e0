"""Which item of one list is which of another: by its key, and what is left by likeness."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from careers.diff.words import likeness

LIKE = 0.5  # of its words: so much must be the same for an item to be the same one, changed
MOST = 2_500  # pairs that are compared; lists that share nothing and are longer are taken as new


class Pair(NamedTuple):
    before: Any | None
    after: Any | None
    is_moved: bool = False


def pairs(before: list[Any], after: list[Any], key: Callable[[Any], object], text: Callable[[Any], str]) -> list[Pair]:
    """In the order of `after`; what is gone stands last."""
    old, new = _numbered(before, key), _numbered(after, key)
    places = {name: place for place, name in enumerate(old)}
    partner = {j: places[name] for j, name in enumerate(new) if name in places}
    partner |= _by_likeness(before, after, partner, text)
    steady = _longest_rise([partner[j] for j in sorted(partner)])
    found = [Pair(before[partner[j]], item, partner[j] not in steady) if j in partner else Pair(None, item) for j, item in enumerate(after)]
    gone = set(range(len(before))) - set(partner.values())
    return [*found, *(Pair(before[i], None) for i in sorted(gone))]


def _numbered(items: list[Any], key: Callable[[Any], object]) -> list[tuple[object, int]]:
    """Keys with the how-manieth of the same key it is."""
    seen: Counter[object] = Counter()
    numbered = []
    for item in items:
        name = key(item)
        seen[name] += 1
        numbered.append((name, seen[name]))
    return numbered


def _by_likeness(before: list[Any], after: list[Any], partner: dict[int, int], text: Callable[[Any], str]) -> dict[int, int]:
    left = sorted(set(range(len(before))) - set(partner.values()))
    right = [j for j in range(len(after)) if j not in partner]
    if len(left) * len(right) > MOST:
        return {}
    old, new = {i: text(before[i]) for i in left}, {j: text(after[j]) for j in right}
    scored = sorted((-likeness(old[i], new[j]), abs(i - j), i, j) for i in left for j in right)
    found: dict[int, int] = {}
    for score, _, i, j in scored:
        if -score >= LIKE and j not in found and i not in found.values():
            found[j] = i
    return found


def _longest_rise(places: Iterable[int]) -> set[int]:
    """The longest run of places that kept their order: everything else was moved."""
    tails: list[int] = []
    ends: list[list[int]] = []
    for place in places:
        at = bisect_left(tails, place)
        run = [*(ends[at - 1] if at else []), place]
        tails[at : at + 1], ends[at : at + 1] = [place], [run]
    return set(ends[-1]) if ends else set()
