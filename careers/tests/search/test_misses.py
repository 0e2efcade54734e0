"""Searches that find nothing are counted, so that staff know what to write."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careers.models import SearchMiss
from careers.search import misses
from careers.tasks import purge_search_misses
from careers.tests.search.guides import guide, search

pytestmark = pytest.mark.django_db


def counted():
    return {miss.words: miss.count for miss in SearchMiss.objects.all()}


def test_words_that_nothing_has_are_counted_as_one_row():
    guide("Kite maker")
    for query in ("q=Sword+swallower", "q=sword++swallower", "q=SWÖRD swallower&stress=low"):
        search(query)
    assert counted() == {"sword swallower": 3}


@pytest.mark.parametrize("query", ["", "stress=very-high", "q=kite", "q=kyte", "q=kite&stress=very-high"])
def test_what_finds_guides_or_has_no_words_is_not_counted(query):
    guide("Kite maker")
    search(query)
    assert counted() == {}


@pytest.mark.parametrize("words", ["ann@example.org", "call 555-123-4567", "1234567890", "   ", ""])
def test_what_may_name_a_person_is_not_kept(words):
    misses.record(words)
    assert counted() == {}


def test_long_words_are_cut():
    misses.record("z" * 300)
    assert counted() == {"z" * 100: 1}


def test_a_full_list_takes_no_new_words_and_counts_on(monkeypatch):
    monkeypatch.setattr(misses, "MAX_ROWS", 2)
    for words in ("one", "two", "three", "one"):
        misses.record(words)
    assert counted() == {"one": 2, "two": 1}


def test_old_words_are_forgotten_and_asked_ones_stay():
    now = timezone.now()
    SearchMiss.objects.create(words="old", count=50, last_at=now - timedelta(days=misses.KEPT_DAYS, minutes=1))
    SearchMiss.objects.create(words="recent", last_at=now - timedelta(days=misses.KEPT_DAYS - 1))
    purge_search_misses(timestamp=0)
    assert counted() == {"recent": 1}


def test_the_rarest_words_go_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(misses, "KEPT_AFTER_PURGE", 1)
    now = timezone.now()
    SearchMiss.objects.create(words="often", count=5, last_at=now)
    SearchMiss.objects.create(words="once", count=1, last_at=now)
    assert misses.purge(now) == 1
    assert counted() == {"often": 5}
