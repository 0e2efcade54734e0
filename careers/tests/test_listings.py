import pytest

from careers.listings import SIGNPOST_PLATES, fields_with_counts, signpost_guides
from careers.models import GuideListing
from careers.tests.factories import make_field, published_guide

pytestmark = pytest.mark.django_db


def paid(slug, field, amount, currency="USD"):
    make_field(field)
    listing = published_guide(slug=slug, title=slug, field=field)
    GuideListing.objects.filter(pk=listing.pk).update(pay_median=amount, currency=currency)


def test_the_signpost_shows_the_best_paid_guide_of_each_field():
    paid("a1", "a", 50_000)
    paid("a2", "a", 60_000)
    paid("b1", "b", 70_000)
    paid("c1", "c", None)
    paid("d1", "d", 9_000_000, "JPY")
    assert [guide.slug for guide in signpost_guides()] == ["b1", "a2"]


def test_the_signpost_has_no_more_plates_than_fit():
    for number in range(SIGNPOST_PLATES + 1):
        paid(f"g{number}", f"f{number}", 50_000 + number)
    assert [guide.slug for guide in signpost_guides()] == ["g4", "g3", "g2", "g1"]


def test_fields_with_guides_come_in_page_order_with_their_number(django_assert_num_queries):
    make_field("last", position=3)
    make_field("first", position=1)
    make_field("empty", position=2)
    for slug, field in (("a", "last"), ("b", "last"), ("c", "first")):
        published_guide(slug=slug, title=slug, field=field)
    with django_assert_num_queries(1):
        assert [(field.slug, field.guide_count) for field in fields_with_counts()] == [("first", 1), ("last", 2)]
