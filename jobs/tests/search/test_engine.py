"""What a search finds, in which order, and the numbers beside each choice: the same as counted one by one."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from careers.models import Skill
from careers.search import vocabulary
from careers.tests.factories import published_guide
from jobs.choices import Kind, Level, Workplace
from jobs.models import Job
from jobs.search import JobSearch, Sort, engine
from jobs.search.engine import Viewer, find
from jobs.search.facets import AGES, PAY_CHOICES
from jobs.search.results import search_jobs
from jobs.tests.factories import make_employer, make_job
from jobs.tests.search.samples import make_samples
from kit.models import ContentStamp

pytestmark = pytest.mark.django_db


@pytest.fixture
def samples(db):
    return make_samples()


QUERIES = (
    "",
    "",
    "",
    "kite",
    "rope sail",
    "care",
    "house",
    "expert",
    '"kite care"',
    '"rope sail"',
    '"house tent"',
    "kite -rope",
    "-glass",
    "nothing",
)
PLACES = ("", "", "", "remote", "Ohio", "Columbus, OH", "Germany", "US", "remote, France", "anywhere", "berlin", "Canada")


def any_search(dice, samples, choices):
    """A search with something chosen in so many facets."""
    options = {
        "workplace": [value.replace("_", "-") for value in Workplace.values], "pay": [f"{least}k" for least in PAY_CHOICES],
        "level": Level.values, "kind": [value.replace("_", "-") for value in Kind.values], "field": ["crafts", "ships"],
        "guide": [slug for slug, _, _ in samples.guides.values()], "employer": [e.slug for e in samples.employers], "age": list(AGES),
    }  # fmt: skip
    chosen = {}
    for name in dice.sample(sorted(options), choices):
        single = name in {"pay", "age"}
        chosen[name] = tuple(sorted(dice.sample(options[name], 1 if single else min(dice.choice((1, 1, 2)), len(options[name])))))
    q = dice.choice(QUERIES)
    return JobSearch(
        q=q, where=dice.choice(PLACES), without=dice.choice(("", "", "", "lamp")), unstated="pay" in chosen and dice.random() < 0.5,
        new=dice.random() < 0.2, no_employer=tuple(dice.choice(((), (), ("kite-house",), ("rope-house", "sail-house")))),
        sort=dice.choice((None, Sort.PAY, Sort.NEWEST if q else None)), **chosen,
    )  # fmt: skip


@pytest.mark.parametrize("choices", [0, 1, 2, 3, 5])
def test_jobs_order_and_the_number_beside_every_choice_are_right(choices, samples):
    dice = random.Random(choices)
    hits = 0
    for _ in range(40):
        search = any_search(dice, samples, choices)
        viewer = Viewer(
            tuple(job.pk for job in dice.sample(samples.jobs, dice.choice((0, 40)))),
            timezone.now() - timedelta(hours=dice.choice((10, 100))),
        )
        left_out = [employer.pk for employer in samples.employers if employer.slug in search.no_employer]
        found = find(search, samples.facets, left_out=left_out, viewer=viewer, size=1000)
        circumstances = {"hidden": viewer.hidden, "since": viewer.since}
        expected = samples.find(search, **circumstances)
        hits += len(expected)
        assert found.ids == [job.pk for job in expected], search
        assert found.total == len(expected)
        for facet in samples.facets:
            counts = found.counts.get(facet.name, {})
            shown = {option.value: sum(counts.get(key, 0) for key in option.keys) for option in facet.options}
            assert shown == {value: samples.count(search, facet.name, value, **circumstances) for value in shown}, (facet.name, search)
        hidden = replace(search, pay=("150k",), unstated=True) if not search.pay else replace(search, unstated=True)
        unstated = len(samples.find(hidden, **circumstances)) - len(samples.find(replace(hidden, unstated=False), **circumstances))
        assert found.counts.get("pay", {}).get(None, 0) == unstated
    assert hits > 5


# --- words -----------------------------------------------------------------------------------------
def titles(query, viewer=engine.NOBODY):
    return [job.title for job in search_jobs(JobSearch.from_query(QueryDict(query)), viewer).jobs]


def test_words_are_those_of_title_employer_skills_and_career():
    ContentStamp.objects.get_or_create(pk=1)
    job = make_job(title="Tailor", guide_id=published_guide().pk, employer=make_employer("Acme Balloons"))
    job.skills.add(Skill.objects.create(name="Ripstop nylon"))
    make_job("2", title="Other", employer=make_employer("Another"))
    for q in ("tailors", "acme", "balloon", "nylon", "kite", "tailor balloon ripstop maker", '"ripstop nylon"', '"acme balloons"'):
        assert titles(f"exact=1&q={q}") == ["Tailor"], q
    for q in ("rope", '"tailor acme"', '"balloons ripstop"', '"nylon kite"', "tailor -nylon", "tailor -acme"):
        assert titles(f"exact=1&q={q}") == [], q
    assert titles("q=tailor&without=nylon&exact=1") == []


def test_other_names_of_a_skill_find_it():
    ContentStamp.objects.get_or_create(pk=1)
    skill = Skill.objects.create(name="Electronic records")
    skill.aliases.create(name="EMR")
    make_job(title="Nurse").skills.add(skill)
    vocabulary.forget()
    assert titles("q=emr+nurse&exact=1") == ["Nurse"]


def test_best_match_has_the_whole_phrase_in_the_title_first_then_all_words_in_it_then_the_newest():
    now = timezone.now()
    ads = (("Desk", "Front Co"), ("Agent", "Front Desk Co"), ("Desk of the front", "A"), ("Front desk", "B"), ("Front desk, older", "C"))
    for age, (title, employer) in enumerate(ads):
        make_job(age, title=title, employer=make_employer(employer), posted_at=now - timedelta(days=age))
    assert titles("q=front+desk") == ["Front desk", "Front desk, older", "Desk of the front", "Desk", "Agent"]
    assert titles("q=front+desk&sort=newest") == ["Desk", "Agent", "Desk of the front", "Front desk", "Front desk, older"]


# --- merged employers, unknown values --------------------------------------------------------------
def test_an_employer_that_was_merged_is_found_by_its_old_address():
    new, old = make_employer("New Co"), make_employer("Old Co")
    make_job(title="Here", employer=new)
    make_job("2", title="Elsewhere", employer=make_employer("Other"))
    old.merged_into = new
    old.save()
    assert titles("employer=old-co") == ["Here"]
    assert titles("employer=old-co&employer=new-co") == ["Here"]
    assert titles("no_employer=old-co") == ["Elsewhere"]
    results = search_jobs(JobSearch(employer=("old-co",), no_employer=("nobody",)))
    assert results.search == JobSearch(employer=("new-co",))


def test_what_is_unknown_asks_nothing():
    make_job()
    assert titles("field=atlantis&guide=nobody&employer=no-one&no_employer=no-one&level=boss") == ["Kite maker"]


def test_new_asks_nothing_of_somebody_who_was_never_here():
    make_job()
    results = search_jobs(JobSearch(new=True))
    assert results.found.total == 1
    assert not results.search.new, "and no chip or heading says otherwise"


def test_new_is_what_came_since_to_the_moment_and_at_most_sixty_days_back():
    now = timezone.now()
    for hours in (1, 5, 24 * 59, 24 * 70):
        make_job(hours, title=str(hours), first_seen_at=now - timedelta(hours=hours))
    assert titles("new=1", Viewer(since=now - timedelta(hours=2))) == ["1"]
    assert set(titles("new=1", Viewer(since=now - timedelta(hours=6)))) == {"1", "5"}
    assert set(titles("new=1", Viewer(since=now - timedelta(days=500)))) == {"1", "5", str(24 * 59)}


def test_a_thousand_hidden_jobs_are_left_out():
    job, other = make_job("1"), make_job("2", title="Other")
    assert titles("", Viewer((job.pk, *range(10**9, 10**9 + 5_000)))) == ["Other"]
    assert other.pk


# --- pages -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("query", ["", "sort=pay", "q=kite", "q=care&sort=newest", "level=mid&level=lead", "pay=50k&unstated=1&sort=pay"])
def test_pages_hold_each_job_once(query, samples):
    search = JobSearch.from_query(QueryDict(query))
    expected = [job.pk for job in samples.find(search)]
    seen, pages = [], -(-len(expected) // 20)
    for number in range(1, pages + 1):
        results = search_jobs(search.on_page(number))
        assert results.search.page == number
        assert results.pages == pages
        seen += [job.pk for job in results.jobs]
    assert seen == expected
    last = search_jobs(search.on_page(50))
    assert (last.search.page, [job.pk for job in last.jobs]) == (pages, expected[(pages - 1) * 20 :])


def test_only_so_many_are_counted_and_paged_through(samples, monkeypatch):
    monkeypatch.setattr(engine, "MOST", 45)
    expected = [job.pk for job in samples.find(JobSearch())]
    results = search_jobs(JobSearch())
    assert (results.found.total, results.found.is_capped, results.pages) == (45, True, 3)
    assert results.found.at_least == {"workplace", "pay", "level", "kind", "field", "guide", "employer", "age"}
    seen = [job.pk for number in (1, 2, 3, 4) for job in search_jobs(JobSearch(page=number)).jobs]
    assert seen == [*expected[:45], *expected[40:45]]
    rare = next(
        JobSearch(level=("lead",), kind=(kind.replace("_", "-"),)) for kind in Kind.values
        if 0 < len(samples.find(JobSearch(level=("lead",), kind=(kind.replace("_", "-"),)))) < 45
    )  # fmt: skip
    few = search_jobs(rare)
    assert few.found.total == len(samples.find(rare))
    assert not few.found.is_capped
    assert few.found.at_least == {"level", "kind"}, "of what is wider than the search only"


def test_a_job_that_goes_while_the_page_is_made_is_left_out(monkeypatch):
    job = make_job()
    monkeypatch.setattr(engine, "find", lambda *args, **kwargs: engine.Found(2, [10**9, job.pk]))
    assert search_jobs(JobSearch()).jobs == [job]
    assert Job.objects.count() == 1
