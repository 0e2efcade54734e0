"""Sentences that stand word for word in another published guide."""

from careers.document.schema import Guide
from careers.gates.context import Context
from careers.gates.prints import prints
from careers.gates.problem import Found

MOST_NAMED = 3


def check(guide: Guide, context: Context) -> Found:
    """One line for each guide that shares sentences, with the first of them."""
    shared: dict[str, list[tuple[str, str]]] = {}
    for digest, (where, sentence) in prints(guide).items():
        for title in context.who_says.get(digest, ()):
            shared.setdefault(title, []).append((where, sentence))
    for title, sentences in list(shared.items())[:MOST_NAMED]:
        where, first = sentences[0]
        more = f" and {len(sentences) - 1} more" if len(sentences) > 1 else ""
        yield where, f"This stands word for word in “{title}” too: “{first[:80]}…”{more}."
