"""Skills that look like the same one under two names.

Only names that share a rare word or a beginning are compared: all with all would be hundreds of millions of pairs.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from rapidfuzz import fuzz

from careers.models import Skill
from kit import stamp
from kit.text import fold

MOST_SKILLS = 20_000
MOST_IN_BLOCK = 60  # of names that share a word: a word of more skills says nothing
MOST_PAIRS = 200
LEAST = 90.0  # of 100
START = 5  # letters of a beginning
SHORTEST = 4  # letters of a word that counts


@dataclass(frozen=True)
class Pair:
    """Two skills (id and name) and how alike they are, of 100."""

    one: tuple[int, str]
    other: tuple[int, str]
    score: float


def alike() -> tuple[Pair, ...]:
    """The most alike first, at most MOST_PAIRS. One query; kept in the process while no skill changes."""
    return _alike(stamp.current())


@lru_cache(maxsize=1)
def _alike(number: int) -> tuple[Pair, ...]:
    return tuple(pairs(Skill.objects.order_by("pk").values_list("pk", "name")[:MOST_SKILLS]))


def pairs(skills: Iterable[tuple[int, str]]) -> list[Pair]:
    names = dict(skills)
    plain = {pk: fold(name) for pk, name in names.items()}
    found = []
    for one, other in _candidates(plain):
        score = max(fuzz.token_sort_ratio(plain[one], plain[other]), fuzz.ratio(_joined(plain[one]), _joined(plain[other])))
        if score >= LEAST:
            found.append(Pair((one, names[one]), (other, names[other]), score))
    return sorted(found, key=lambda pair: (-pair.score, pair.one[1], pair.other[1]))[:MOST_PAIRS]


def _candidates(plain: dict[int, str]) -> set[tuple[int, int]]:
    blocks: dict[str, list[int]] = defaultdict(list)
    for pk, name in plain.items():
        for key in _keys(name):
            blocks[key].append(pk)
    return {(min(pair), max(pair)) for block in blocks.values() if len(block) <= MOST_IN_BLOCK for pair in combinations(block, 2)}


def _keys(name: str) -> set[str]:
    words = name.replace("-", " ").replace("/", " ").split()
    return {f"word {word.rstrip('s')}" for word in words if len(word) >= SHORTEST} | {f"start {_joined(name)[:START]}"}


def _joined(name: str) -> str:
    return "".join(letter for letter in name if letter.isalnum())
