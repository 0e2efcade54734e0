"""Searches that found nothing, as work for staff."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from careers.models import SearchMiss
from careers.search import misses
from newsroom.tests.admin.forms import change_url

pytestmark = pytest.mark.django_db

LIST = "admin:careers_searchmiss_changelist"


def make_miss(words, **values):
    return SearchMiss.objects.create(words=words, last_at=timezone.now(), **values)


def test_they_are_not_written_by_staff_but_may_be_cleared(chief):
    miss = make_miss("lighthouse keeper")
    assert chief.get(reverse("admin:careers_searchmiss_add")).status_code == 403
    assert chief.post(change_url(miss), {"words": "other", "state": "doing", "note": "A guide is being written."}).status_code == 302
    miss.refresh_from_db()
    assert (miss.words, miss.state, miss.note) == ("lighthouse keeper", "doing", "A guide is being written.")
    assert chief.post(reverse("admin:careers_searchmiss_delete", args=[miss.pk]), {"post": "yes"}).status_code == 302
    assert not SearchMiss.objects.exists()


def test_the_list_shows_what_is_open_unless_asked(chief):
    for state in ("open", "doing", "declined"):
        make_miss(f"{state} words", state=state)
    page = chief.get(reverse(LIST)).content.decode()
    assert "open words" in page
    assert "doing words" not in page
    page = chief.get(reverse(LIST) + "?state=declined").content.decode()
    assert "declined words" in page
    assert "open words" not in page


@pytest.mark.parametrize(("action", "state"), [("mark_done", "done"), ("mark_declined", "declined")])
def test_chosen_ones_are_marked_and_logged_once(chief, action, state):
    chosen, other = make_miss("lighthouse keeper"), make_miss("rope walker")
    for _ in range(2):
        chief.post(reverse(LIST) + "?state=all", {"action": action, "_selected_action": [chosen.pk]})
    assert dict(SearchMiss.objects.values_list("words", "state")) == {"lighthouse keeper": state, "rope walker": "open"}
    assert LogEntry.objects.filter(object_id=str(chosen.pk)).count() == 1
    assert not LogEntry.objects.filter(object_id=str(other.pk)).exists()


def test_what_is_in_hand_is_not_forgotten(monkeypatch):
    make_miss("old")
    make_miss("in hand", state="doing")
    SearchMiss.objects.update(last_at=timezone.now() - timedelta(days=misses.KEPT_DAYS, minutes=1))
    assert misses.purge(timezone.now()) == 1
    monkeypatch.setattr(misses, "KEPT_AFTER_PURGE", 1)
    make_miss("often", count=9)
    make_miss("rare")
    assert misses.purge(timezone.now()) == 1
    assert set(SearchMiss.objects.values_list("words", flat=True)) == {"in hand", "often"}
