"""Typing errors are forgiven, and who finds nothing is told what to leave out, truly."""

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from careers.search import vocabulary
from jobs.models import Word
from jobs.search import JobSearch, engine, spelling
from jobs.search.engine import Viewer
from jobs.search.results import search_jobs
from jobs.search.spelling import corrected, learn_words
from jobs.tests.factories import make_employer, make_job
from jobs.tests.search.samples import make_samples

pytestmark = pytest.mark.django_db


def search(query, viewer=engine.NOBODY):
    return search_jobs(JobSearch.from_query(QueryDict(query)), viewer)


def learn():
    learn_words()
    spelling.forget()
    vocabulary.forget()


@pytest.fixture
def electrician(db):
    job = make_job(title="Électrician's helper", employer=make_employer("Brightwire"), level="entry")
    make_job("2", title="Plumber", level="mid", place="Oslo")
    make_job("3", title="Roofer", state="held")
    learn()
    return job


# --- spelling --------------------------------------------------------------------------------------
def test_words_of_open_jobs_and_employers_are_learned_and_forgotten_again(electrician):
    words = dict(Word.objects.values_list("word", "uses"))
    assert {"electrician", "helper", "plumber", "brightwire"} <= words.keys()
    assert "roofer" not in words
    electrician.close()
    assert learn_words() == Word.objects.count()
    assert "electrician" not in set(Word.objects.values_list("word", flat=True))


def test_only_the_most_used_words_are_kept(monkeypatch, electrician):
    make_job("4", title="Plumber again")
    monkeypatch.setattr(spelling, "MOST_WORDS", 1)
    assert learn_words() == 1
    assert Word.objects.get().word == "plumber"


@pytest.mark.parametrize(
    ("typed", "better"),
    [
        ("electrican", "electrician"),
        ("elecrtician", "electrician"),
        ("plumer", "plumber"),
        ("brigthwire", "brightwire"),
        ("bright wire", "brightwire"),
    ],
)
def test_typing_errors_are_forgiven(typed, better, electrician):
    results = search(f"q={typed}")
    assert (results.is_corrected, results.search.q, results.found.total) == (True, better, 1)
    assert results.as_typed.to_query() == f"q={typed.replace(' ', '+')}&exact=1"
    as_typed = search(results.as_typed.to_query())
    assert (as_typed.is_corrected, as_typed.found.total) == (False, 0)


def test_what_is_known_or_far_from_everything_stays(electrician):
    assert corrected("electricians plumber") is None
    assert corrected("qqqzzz") is None
    for query in ("q=electrician", "q=qqqzzz", "q=plumber&level=lead"):
        assert not search(query).is_corrected, query


def test_words_that_find_something_without_the_filters_are_not_corrected(electrician):
    make_job("4", title="Plumer")
    assert not search("q=plumer&where=Oslo").is_corrected


def test_the_filters_stay_when_words_are_corrected(electrician):
    results = search("q=plumer&level=mid&where=oslo&page=4")
    assert (results.search.to_query(), results.found.total) == ("q=plumber&where=oslo&level=mid", 1)
    nothing = search("q=plumer&level=lead")
    assert (nothing.search.to_query(), nothing.found.total) == ("q=plumber&level=lead", 0)
    assert [advice.search.to_query() for advice in nothing.advice] == ["q=plumber"]


def test_words_that_must_not_be_there_stay_as_typed(electrician):
    assert search("q=plumer+-electrican").search.q == "plumber -electrican"


def test_without_a_vocabulary_nothing_is_corrected(db):
    spelling.forget()
    vocabulary.forget()
    make_job()
    assert not search("q=kiet").is_corrected


# --- nothing found ---------------------------------------------------------------------------------
def promised(results, viewer=engine.NOBODY):
    """What each advice says, after seeing that its address shows that many."""
    for advice in results.advice:
        assert search(advice.search.to_query(), viewer).found.total == advice.jobs > 0
    return [(advice.label, advice.jobs) for advice in results.advice]


def test_it_says_which_filter_to_drop_most_jobs_first(electrician):
    make_job("5", title="Plumber", level="mid", place="Bergen")
    assert promised(search("q=plumber&where=oslo&level=lead")) == [("“Lead or manager”", 1)]
    assert promised(search("q=electrician&level=mid")) == [("“Mid level”", 1), ("“electrician”", 2)][::-1]
    assert promised(search("where=oslo&level=entry&level=lead")) == [("“Entry level” or “Lead or manager”", 1), ("“oslo”", 1)]
    assert promised(search("q=plumber&without=plumbers")) == [("“plumber”", 1), ("“plumbers”", 2)][::-1]
    slug = electrician.employer.slug
    assert promised(search(f"q=electrician&no_employer={slug}")) == [("“electrician”", 2), ("the employers you left out", 1)]
    assert promised(search("q=plumber&pay=50k&age=1")) == []


def test_new_can_be_what_stands_in_the_way(electrician):
    viewer = Viewer(since=timezone.now() + timedelta(minutes=1))
    assert promised(search("q=plumber&new=1", viewer), viewer) == [("“New since your last visit”", 1)]


def test_one_wish_alone_needs_no_advice(electrician):
    assert search("level=lead").advice == []
    assert search("q=qqqzzz").advice == []


def test_advice_is_true_among_many_jobs():
    samples = make_samples()
    told = 0
    for level in ("entry", "lead"):
        for kind in ("intern", "volunteer"):
            for pay in ("100k", "150k"):
                for where in ("Berlin", "Texas"):
                    results = search(f"q=glass&where={where}&level={level}&kind={kind}&pay={pay}&workplace=hybrid")
                    told += len(promised(results))
                    assert all(advice.jobs == len(samples.find(advice.search)) for advice in results.advice)
    assert told > 5
