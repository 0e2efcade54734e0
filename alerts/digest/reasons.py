"""Why a job is in the mail: which words of the search stand where in it, and which filters it meets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from careers.search.terms import STOP_WORDS, Words, any_of, terms
from careers.search.vocabulary import synonyms
from jobs.models import Job
from jobs.page import words as said
from jobs.search.facets import Facet
from jobs.search.query import JobSearch

# Weights of the index (jobs_index in the migration of the search).
PLACES = {"A": "in the title", "B": "in the employer’s name", "C": "among the skills", "D": "in the career"}
_WHERE = """
SELECT asked.n, ARRAY(
  SELECT weight FROM unnest('{a,b,c,d}'::"char"[]) AS weight
  WHERE ts_filter(row.search, ARRAY[weight]) @@ to_tsquery('english', asked.query))
FROM unnest(%s::int[], %s::bigint[], %s::text[]) AS asked (n, job, query) JOIN jobs_searchrow AS row ON row.job_id = asked.job
ORDER BY asked.n
"""


@dataclass(frozen=True)
class Pair:
    """A job and the search that found it. `facets`: those of `jobs.search.matching.facets_of(search)`."""

    job: Job
    search: JobSearch
    facets: Sequence[Facet]


def reasons(pairs: Sequence[Pair]) -> list[str]:
    """For each pair, in order: “nurse” in the title · Austin, TX · $60,000 or more. One query for any number."""
    words = _words_found(pairs)
    return [" · ".join([*words[n], *_filters(pair)]) or "New, and you asked for all jobs" for n, pair in enumerate(pairs)]


def _words_found(pairs: Sequence[Pair]) -> list[list[str]]:
    asked = [(n, pair.job.pk, words) for n, pair in enumerate(pairs) for words in _terms(pair.search)]
    found: list[dict[str, list[str]]] = [{} for _ in pairs]
    if asked:
        known = synonyms()
        with connection.cursor() as cursor:
            jobs, queries = [job for _, job, _ in asked], [any_of(words, known) for _, _, words in asked]
            cursor.execute(_WHERE, [list(range(len(asked))), jobs, queries])
            for place, weights in cursor:
                n, _, words = asked[place]
                if weights:  # the first place that has it says most
                    found[n].setdefault(PLACES[weights[0].upper()], []).append(f"“{' '.join(words)}”")
    return [[f"{_listed(words)} {place}" for place, words in one.items()] for one in found]


def _terms(search: JobSearch) -> list[Words]:
    """Phrases whole, other words one by one; what the index leaves out is left out."""
    found: list[Words] = []
    for term in terms(search.q):
        if not term.is_negative and not STOP_WORDS.issuperset(term.words):
            found += [term.words] if term.is_phrase else [(word,) for word in term.words if word not in STOP_WORDS]
    return list(dict.fromkeys(found))


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _filters(pair: Pair) -> Iterable[str]:
    job, search = pair.job, pair.search
    if search.where:
        yield said.where(job) or search.where
    for facet in search.active(pair.facets):
        if words := _met(facet, search, job):
            yield words


def _met(facet: Facet, search: JobSearch, job: Job) -> str:
    """The chosen option that this job has; empty where saying it would repeat what the line above says."""
    chosen = facet.chosen(search.values(facet.name))
    match facet.name:
        case "workplace" | "level" | "kind":
            value = getattr(job, facet.name).replace("_", "-")
            return next((option.label for option in chosen if option.value == value), "")
        case "pay":
            paid = job.pay_currency == "USD" and chosen and (job.year_maximum or job.year_minimum or 0) >= min(chosen[0].keys) * 1000
            return chosen[0].label if paid else "pay not stated in dollars, as you allowed"
        case "guide":
            return next((option.label for option in chosen if job.guide_id in option.keys), "")
        case "field":
            return " or ".join(option.label for option in chosen)
        case _:
            return ""
