"""What the database holds against, and the states of an ad."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from ads.models import AdDay, Creative, Picture, Placement, State
from ads.tests.factories import add_picture, make_ad
from careers.models import Field
from kit import stamp

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"weight": 0},
        {"weight": 101},
        {"cap": 0},
        {"shape": "tall"},
        {"title": ""},
        {"text": ""},
        {"ends_at": datetime(2020, 1, 1, tzinfo=UTC)},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_what_makes_no_sense_is_refused_by_form_and_database(wrong):
    with pytest.raises(ValidationError):
        Creative(**{"name": "a", "title": "b", "text": "c", "link": "/", "starts_at": timezone.now()} | wrong).full_clean()
    with pytest.raises(IntegrityError):
        make_ad(**wrong)


def test_names_for_staff_are_unique():
    make_ad(name="Shop")
    with pytest.raises(IntegrityError):
        make_ad(name="Shop")


HURT = [{"alt": ""}, {"width": 0}, {"digest": "../../etc"}, {"data": b"x" * 200_001}]


@pytest.mark.parametrize("wrong", HURT, ids=lambda wrong: next(iter(wrong)))
def test_a_picture_has_words_a_size_and_few_bytes(wrong):
    picture = add_picture(make_ad())
    with pytest.raises(IntegrityError):
        Picture.objects.filter(pk=picture.pk).update(**wrong)


def states():
    now = timezone.now()
    return {
        State.OFF: {"is_on": False, "cap": 5, "spent_at": now},
        State.SPENT: {"cap": 5, "spent_at": now},
        State.OVER: {"ends_at": now - HOUR},
        State.SCHEDULED: {"starts_at": now + HOUR},
        State.RUNNING: {"ends_at": now + HOUR, "cap": 5},
    }


def test_row_and_query_agree_on_the_state():
    made = {state: make_ad(**values) for state, values in states().items()}
    assert set(made) == set(State)
    for state, creative in made.items():
        assert creative.state(timezone.now()) is state
        assert list(Creative.objects.in_state(state, timezone.now())) == [creative]


def test_an_ad_that_was_counted_is_kept():
    day = AdDay.objects.create(creative=make_ad(), placement=Placement.LIST, day=timezone.now().date(), impressions=1)
    with pytest.raises(ProtectedError):
        day.creative.delete()


def changes():
    return {
        "a new ad": lambda ad: make_ad(),
        "words": lambda ad: Creative.objects.filter(pk=ad.pk).update(title="Other"),
        "fields": lambda ad: ad.fields.add(Field.objects.create(slug="crafts", name="Crafts")),
        "a picture": lambda ad: add_picture(ad),
        "an end": lambda ad: ad.delete(),
    }


@pytest.mark.parametrize("what", changes())
def test_every_change_that_readers_may_see_raises_the_stamp(what):
    ad = make_ad()
    before = stamp.current()
    changes()[what](ad)
    assert stamp.current() > before


def test_counting_does_not_raise_the_stamp():
    ad = make_ad()
    before = stamp.current()
    with transaction.atomic():
        AdDay.objects.create(creative=ad, placement=Placement.LIST, day=timezone.now().date(), impressions=1)
        AdDay.objects.update(impressions=2)
    assert stamp.current() == before
