"""What was typed, as text queries over the words of title, employer, skills and career. Holds sanitised words only."""

from dataclasses import dataclass

from careers.search.terms import STOP_WORDS, Synonyms, any_of, loose_clauses, terms

IT = "it"  # the trade, not the pronoun: the index keeps it as a lexeme of its own, where a title has it


@dataclass(frozen=True)
class TextQuery:
    """`english` goes through PostgreSQL's English dictionary, `lexemes` is taken as it is. Empty: asks nothing.

    `titled`: all words in the title; `phrased`: the same, one after the other. `excluded`: words that must not be there.
    """

    english: str
    lexemes: str
    titled: str
    phrased: str
    excluded: str


def text_query(q: str, without: str, synonyms: Synonyms) -> TextQuery:
    found = terms(q)
    positive = [term for term in found if not term.is_negative]
    loose = [word for term in positive if not term.is_phrase for word in term.words]
    words = [word for term in positive for word in term.words]
    has_words = any(word not in STOP_WORDS for word in words)  # of stop words alone PostgreSQL makes an empty query
    clauses = [*loose_clauses(loose, synonyms), *(any_of(term.words, synonyms) for term in positive if term.is_phrase)]
    negative = [term.words for term in [*(term for term in found if term.is_negative), *terms(without)]]
    return TextQuery(
        english=" & ".join(clauses) if has_words else "",
        lexemes="'=it'" if IT in loose else "",
        titled=" & ".join(f"'{word}':A" for word in words) if has_words else "",
        phrased=" <-> ".join(f"'{word}':A" for word in words) if has_words else "",
        excluded=" | ".join(any_of(words, {}) for words in negative if not STOP_WORDS.issuperset(words)),
    )
