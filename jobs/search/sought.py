"""What a search asks of the index: the texts from which PostgreSQL makes its queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from careers.search.vocabulary import synonyms
from jobs.search.facets import UNSTATED, Facet
from jobs.search.query import JobSearch
from jobs.search.where import lexemes_of
from jobs.search.words import text_query


@dataclass(frozen=True)
class Sought:
    """`english` and `without` go through PostgreSQL's English dictionary, the others are taken as they are. Empty: asks nothing.

    All of `english`, `fixed` (place and the like) and `chosen` (one part for each facet) must be there, none of `without` and
    `excluded`. `titled`: all words in the title; `phrased`: the same, one after the other.
    """

    english: str
    fixed: tuple[str, ...]
    chosen: tuple[str, ...]
    without: str
    excluded: str
    titled: str
    phrased: str

    @classmethod
    def of(cls, search: JobSearch, facets: Iterable[Facet], left_out: Sequence[int] = ()) -> "Sought":
        """`facets`: those in which the search chooses something. `left_out`: employers (ids)."""
        words = text_query(search.q, search.without, synonyms())
        return cls(
            english=words.english,
            fixed=tuple(filter(None, [words.lexemes, lexemes_of(search.where)])),
            chosen=tuple(filter(None, [_lexemes(facet, search) for facet in facets])),
            without=words.excluded,
            excluded=" & ".join(f"!'=e{pk}'" for pk in left_out),
            titled=words.titled,
            phrased=words.phrased,
        )


def _lexemes(facet: Facet, search: JobSearch) -> str:
    """One of what is chosen, as tsquery text; empty for age, which the index does not hold."""
    lexemes = [lexeme for option in facet.chosen(search.values(facet.name)) for lexeme in option.lexemes]
    if facet.name == "pay" and search.unstated:
        lexemes += UNSTATED
    return " | ".join(f"'{lexeme}'" for lexeme in lexemes)
