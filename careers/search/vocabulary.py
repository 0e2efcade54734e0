"""Words of the published guides and other names of skills, kept in each process while the content stands."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, F, Func, TextField, Value
from django.db.models.functions import Concat, Repeat

from careers.models import GuideListing, SkillAlias
from careers.search.terms import WORD, Synonyms, Words
from kit import stamp
from kit.text import Fold, fold

TITLE_COUNTS = 20  # a word of a title counts as often: 'electrican' means the electrician, not something electrical


@dataclass(frozen=True)
class Vocabulary:
    """Folded words of titles, aliases, skills and tools, each with the number of its uses, titles counting more."""

    words: dict[str, int]


class _Words(Func):
    function = "regexp_split_to_table"
    output_field = TextField()
    set_returning = True


def vocabulary() -> Vocabulary:
    return _vocabulary(stamp.recent())


def synonyms() -> Synonyms:
    return _synonyms(stamp.recent())


def forget() -> None:
    """For tests, where a rollback takes the content stamp back as well."""
    stamp.recent.forget()
    _vocabulary.cache_clear()
    _synonyms.cache_clear()


@lru_cache(maxsize=1)
def _vocabulary(number: int) -> Vocabulary:
    titles = Repeat(Concat(F("words_a"), Value("\n"), output_field=TextField()), TITLE_COUNTS)
    text = Fold(Concat(titles, F("words_b"), output_field=TextField()))
    rows = GuideListing.objects.order_by().annotate(word=_Words(text, Value("[^[:alnum:]]+"))).values("word").annotate(uses=Count("*"))
    return Vocabulary({row["word"]: row["uses"] for row in rows if len(row["word"]) > 2})


@lru_cache(maxsize=1)
def _synonyms(number: int) -> Synonyms:
    """All names of a skill -> all its names, as folded words; only skills that have aliases."""
    names: dict[int, set[Words]] = defaultdict(set)
    for alias, skill, pk in SkillAlias.objects.order_by().values_list("name", "skill__name", "skill_id"):
        names[pk] |= {tuple(WORD.findall(fold(alias))), tuple(WORD.findall(fold(skill)))} - {()}
    together: dict[Words, set[Words]] = defaultdict(set)
    for group in names.values():
        for name in group:
            together[name] |= group
    return {name: frozenset(group) for name, group in together.items()}
