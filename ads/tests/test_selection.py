"""Which ad stands where."""

import random
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ads.models import Creative, Placement, Shape
from ads.selection import choose
from ads.shelf import shelf
from ads.tests.factories import make_ad
from kit import stamp

pytestmark = pytest.mark.django_db
P = Placement
HOUR = timedelta(hours=1)


def chosen(placement=P.LIST, field="", taken=frozenset(), dice=None):
    stamp.recent.forget()
    found = choose(shelf.ads(), placement, field=field, taken=taken, now=timezone.now(), dice=dice or random.Random(1))
    return found and found.creative


def test_without_ads_there_is_none():
    assert chosen() is None


def test_only_what_is_running_is_shown():
    now = timezone.now()
    for values in ({"is_on": False}, {"ends_at": now - HOUR}, {"starts_at": now + HOUR}, {"cap": 1, "spent_at": now}):
        make_ad(**values)
    assert chosen() is None
    running = make_ad(ends_at=now + HOUR, cap=1)
    assert chosen() == running


def test_an_ad_for_a_field_stands_in_that_field_only():
    ad = make_ad(fields=("crafts", "ships"))
    assert chosen(field="crafts") == chosen(field="ships") == ad
    assert chosen(field="healthcare") is None
    assert chosen(field="") is None


def test_an_ad_without_a_field_stands_everywhere():
    ad = make_ad()
    assert chosen(field="crafts") == chosen(field="") == ad


@pytest.mark.parametrize(
    ("shape", "places"), [(Shape.ANY, {P.BESIDE, P.BETWEEN, P.LIST}), (Shape.BOX, {P.BESIDE}), (Shape.BAND, {P.BETWEEN, P.LIST})]
)
def test_an_ad_stands_in_boxes_of_its_shape(shape, places):
    make_ad(shape=shape)
    assert {place for place in P if chosen(place)} == places


def test_chance_follows_the_weight():
    light, heavy = make_ad(weight=10), make_ad(weight=30)
    dice = random.Random(7)
    seen = Counter(chosen(dice=dice) for _ in range(2_000))
    assert seen[light] + seen[heavy] == 2_000
    assert 2.5 < seen[heavy] / seen[light] < 3.5


def test_no_ad_stands_twice_on_a_page():
    first, second = make_ad(), make_ad()
    assert chosen(taken={first.pk}) == second
    assert chosen(taken={first.pk, second.pk}) is None


def test_the_ads_are_read_once_while_the_content_stands_still():
    make_ad(fields=("crafts", "ships"), with_picture=True)
    make_ad(fields=("crafts",))
    with CaptureQueriesContext(connection) as first:
        shelf.ads()
    assert len(first) <= 2  # the stamp, and all ads with fields and pictures
    assert "data" not in first.captured_queries[-1]["sql"].split("FROM")[0]
    with CaptureQueriesContext(connection) as again:
        shelf.ads()
        shelf.ids()
    assert not again.captured_queries


def test_a_change_shows_as_soon_as_the_stamp_is_read_again():
    ad = make_ad()
    assert chosen() == ad
    Creative.objects.update(is_on=False)
    assert chosen() is None


def test_an_ad_that_just_ended_is_still_known_to_the_counter():
    now = timezone.now()
    late = make_ad(ends_at=now - HOUR)
    gone = make_ad(starts_at=now - timedelta(days=5), ends_at=now - timedelta(days=2))
    assert shelf.ids() == {late.pk}
    assert gone.pk not in shelf.ids()
