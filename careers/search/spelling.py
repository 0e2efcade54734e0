"""The nearest spelling that the guides know."""

import re

from rapidfuzz import process
from rapidfuzz.distance import OSA

from careers.search.terms import STOP_WORDS, WORD
from careers.search.vocabulary import Vocabulary
from kit.text import fold


def correct(q: str, known: Vocabulary) -> str | None:
    """The search with unknown words replaced by the nearest known ones; None when there is nothing better."""
    if not known.words:
        return None
    joined = _join(q, known)
    corrected = re.sub(r'(?<!\S)-(?:"[^"]*"?|\S+)|' + WORD.pattern, lambda match: _word(match[0], known), joined)
    return corrected if fold(corrected) != fold(q) else None


def _join(q: str, known: Vocabulary) -> str:
    """'book keeper' where the guides write 'bookkeeper'."""

    def one(match: re.Match[str]) -> str:
        first, second = fold(match[1]), fold(match[2])
        is_one_word = first + second in known.words and not (first in known.words and second in known.words)
        return first + second if is_one_word else match[0]

    return re.sub(rf"(?<![\w-])({WORD.pattern})[ -]({WORD.pattern})", one, q)


def _word(typed: str, known: Vocabulary) -> str:
    word = fold(typed)
    if word.startswith("-") or len(word) < 3 or any(c.isdigit() for c in word) or _is_known(word, known):
        return typed
    return _nearest(word, known) or _split(word, known) or typed


def _is_known(word: str, known: Vocabulary) -> bool:
    return word in STOP_WORDS or any(form in known.words for form in (word, f"{word}s", word.removesuffix("s")))


def _nearest(word: str, known: Vocabulary) -> str | None:
    """Fewest slips (letters missing, extra, wrong or swapped), then the more frequent word.

    Another first letter counts as one slip more: people rarely miss it, and 'nurse' is not 'curve'.
    """
    forgiven = 1 if len(word) < 6 else 2 if len(word) < 9 else 3
    found = process.extract(word, known.words.keys(), scorer=OSA.distance, score_cutoff=forgiven, limit=None)
    near = [(slips + (hit[0] != word[0]), -known.words[hit], hit) for hit, slips, _ in found]
    best = min((hit for hit in near if hit[0] <= forgiven), default=None)
    return best[2] if best else None


def _split(word: str, known: Vocabulary) -> str | None:
    """'webdeveloper' where the guides write 'web developer'."""
    halves = ((word[:n], word[n:]) for n in range(3, len(word) - 2))
    return next((f"{a} {b}" for a, b in halves if a in known.words and b in known.words), None)
