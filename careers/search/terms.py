"""What was typed, as a PostgreSQL text query.

Two queries are joined by OR: PostgreSQL's own websearch form (quotes, minus, "or"; it takes any input), and ours,
which adds completion of the last word and other names of skills. Ours holds sanitised words only.
"""

import re
from dataclasses import dataclass

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery

from kit.text import fold

WORD = re.compile(r"[^\W_]+")
TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<bare>[^\s"]+))')
MAX_TERMS = 12
Words = tuple[str, ...]
Synonyms = dict[Words, frozenset[Words]]

# english.stop of PostgreSQL: words that the text index leaves out.
ENGLISH_STOP = """
i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its itself they
them their theirs themselves what which who whom this that these those am is are was were be been being have has had having do
does did doing a an the and but if or because as until while of at by for with about against between into through during before
after above below to from up down in out on off over under again further then once here there when where why how all any both each
few more most other some such no nor not only own same so than too very s t can will just don should now
"""
STOP_WORDS = frozenset(ENGLISH_STOP.split())


@dataclass(frozen=True)
class Term:
    words: Words
    text: str  # as typed, without the minus and quotes
    is_phrase: bool
    is_negative: bool

    def as_typed(self) -> str:
        text = f'"{self.text}"' if self.is_phrase else self.text
        return f"-{text}" if self.is_negative else text


def terms(q: str) -> list[Term]:
    found = []
    for match in TERM.finditer(fold(q)):
        is_phrase = match["phrase"] is not None
        text = match["phrase"] if is_phrase else (match["bare"] or "").lstrip("-")
        if words := tuple(WORD.findall(text)):
            found.append(Term(words, text, is_phrase, match["minus"] is not None))
    return found[:MAX_TERMS]


def positive_words(q: str) -> list[str]:
    return [word for term in terms(q) if not term.is_negative for word in term.words]


def stop_words_only(q: str) -> list[str]:
    """The words, when the text index knows none of them ("IT"); an empty list otherwise."""
    words = positive_words(q)
    return words if all(word in STOP_WORDS for word in words) else []


def text_query(q: str, synonyms: Synonyms) -> SearchQuery | CombinedSearchQuery:
    """English words of the folded text; the caller matches it against a vector made the same way."""
    found = terms(q)
    # Put together anew: dozens of minus signs in a row overflow a stack inside PostgreSQL ("tsquery stack too small").
    typed = SearchQuery(" ".join(term.as_typed() for term in found), config="english", search_type="websearch")
    expanded = _expanded(found, synonyms)
    return typed | SearchQuery(expanded, config="english", search_type="raw") if expanded else typed


def _expanded(found: list[Term], synonyms: Synonyms) -> str:
    """Ours in tsquery syntax: 'nurs' & ('emr' | 'electron' <-> 'record') & 'clin':* & !'night'. Empty without positive words."""
    clauses: list[str] = []
    loose = [word for term in found if not term.is_phrase and not term.is_negative for word in term.words]
    clauses += loose_clauses(loose, synonyms, complete=bool(found) and not found[-1].is_phrase and not found[-1].is_negative)
    clauses += [any_of(term.words, synonyms) for term in found if term.is_phrase and not term.is_negative]
    if clauses:
        clauses += [f"!({_phrase(term.words)})" for term in found if term.is_negative]
    return " & ".join(clauses)


def loose_clauses(words: list[str], synonyms: Synonyms, *, complete: bool = False) -> list[str]:
    """A clause for each word; words that together name a skill become one clause with its other names.

    `complete`: the last word may also be the beginning of a longer one.
    """
    longest = max(map(len, synonyms), default=1)
    clauses, start = [], 0
    while start < len(words):
        sizes = range(min(longest, len(words) - start), 0, -1)
        size = next((n for n in sizes if tuple(words[start : start + n]) in synonyms), 1)
        clause = any_of(tuple(words[start : start + size]), synonyms)
        start += size
        if complete and start == len(words) and len(words[-1]) > 1:
            before = [f"'{word}' & " for word in words[start - size : -1]]
            clause = f"({clause} | ({''.join(before)}'{words[-1]}':*))"
        clauses.append(clause)
    return clauses


def any_of(words: Words, synonyms: Synonyms) -> str:
    """The words as a phrase, or another name of the skill that they are."""
    names = {words, *synonyms.get(words, ())}
    return f"({' | '.join(_phrase(name) for name in sorted(names))})"


def _phrase(words: Words) -> str:
    return f"({' <-> '.join(_word(word) for word in words)})"


def _word(word: str) -> str:
    """A number after a hyphen is a negative number to PostgreSQL's parser: ICD-10 is stored as 'icd', '-10'."""
    return f"('{word}' | '-{word}')" if word.isdigit() and word.isascii() else f"'{word}'"
