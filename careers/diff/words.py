"""Two texts word by word."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import groupby

from careers.diff.change import Kind, Word

MOST = 25_000_000  # pairs of words; beyond that the text counts as written anew (two texts of 5,000 words are compared)
TOKEN = re.compile(r"(?:\w+(?:['’\-]\w+)*|[^\w\s])\s*")


def words(before: str, after: str) -> tuple[Word, ...]:
    """Both texts in one, marked. A paragraph break belongs to the word before it."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if len(old) * len(new) > MOST:
        return Word(Kind.REMOVED, f"{before}\n\n"), Word(Kind.ADDED, after)
    found: list[Word] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, _plain(old), _plain(new), autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Word(None, "".join(new[j1:j2])))
            continue
        found += [Word(Kind.REMOVED, "".join(old[i1:i2])), Word(Kind.ADDED, "".join(new[j1:j2]))]
    return tuple(_joined(word for word in found if word.text))


def likeness(before: str, after: str) -> float:
    """0 to 1, by the words that both have."""
    matcher = SequenceMatcher(None, before.split(), after.split(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > 0 else 0.0


def _plain(tokens: list[str]) -> list[str]:
    return [token.rstrip() + ("\n" if "\n\n" in token else "") for token in tokens]


def _joined(found: Iterable[Word]) -> list[Word]:
    return [Word(kind, "".join(word.text for word in run)) for kind, run in groupby(found, key=lambda word: word.kind)]
