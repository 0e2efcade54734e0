import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.models import GuideListing
from careers.related import related_roles
from careers.tests.factories import make_field, published_guide, published_guides

pytestmark = pytest.mark.django_db


def roles(listing):
    return related_roles(listing.content, listing.pk, median=listing.pay_median, currency=listing.currency)


def test_guides_with_shared_skills_are_related_and_say_which():
    first, second = published_guides(2)
    (role,) = roles(first)
    assert role.listing == second
    assert role.reason == "Shares clear communication, measuring, patience and 3 more"
    assert role.overlap == 100


def test_a_guide_that_shares_nothing_is_not_related():
    first = published_guide()
    make_field("music")
    published_guide(
        slug="drummer",
        title="Drummer",
        field="music",
        skill_map={"groups": [{"title": "A", "skills": ["Rhythm"]}]},
        technical_skills={"items": ["Tuning"]},
        soft_skills={"items": ["Listening"]},
    )
    assert roles(first) == []


def test_the_rarest_shared_skill_is_named_first():
    plain = {"skill_map": {"groups": [{"title": "A", "skills": ["Patience"]}]}, "technical_skills": {"items": ["Sewing"]}}
    published_guide(slug="third", title="Third", **plain, soft_skills={"items": ["Listening"]})
    first, _ = published_guides(2)
    reasons = {role.listing.slug: role.reason for role in roles(first)}
    assert reasons["third"] == "Shares patience, sewing"
    assert reasons["maker-2"].startswith("Shares clear communication, measuring, reading the wind")


def test_what_everybody_asks_for_makes_nobody_related():
    make_field("music")
    common = {"skill_map": {"groups": [{"title": "A", "skills": ["Patience"]}]}, "soft_skills": {"items": ["Listening"]}}
    listings = [
        published_guide(
            slug=f"job-{n}", title=f"Job {n}", field=("crafts", "music")[n % 2], technical_skills={"items": [f"Own {n}"]}, **common
        )
        for n in range(6)
    ]
    assert {role.listing.field.slug for role in roles(listings[0])} == {"crafts"}


def test_editors_can_put_one_first_with_their_reason():
    published_guides(3)
    make_field("music")
    published_guide(
        slug="drummer",
        title="Drummer",
        field="music",
        skill_map={"groups": [{"title": "A", "skills": ["Rhythm"]}]},
        technical_skills={"items": ["Tuning"]},
        soft_skills={"items": ["Listening"]},
    )
    listing = published_guide(related=[{"slug": "drummer", "reason": "Many do both"}, {"slug": "not-there", "reason": "x"}])
    found = roles(listing)
    assert found[0].listing.slug == "drummer"
    assert found[0].reason == "Many do both"
    assert len(found) == 4


def test_at_most_five_and_one_query_however_many_guides():
    listing = published_guides(9)[0]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(roles(GuideListing.objects.get(pk=listing.pk))) == 5
    assert len(queries) == 2  # the listing itself, and the roles


def test_pay_difference_is_told_in_the_same_currency_only():
    band = {
        "method": "measured",
        "place": "US",
        "country": "US",
        "currency": "USD",
        "unit": "year",
        "period": "2024",
        "source": "wind-survey",
        "median": 50_000,
    }
    first = published_guide()
    published_guide(slug="richer", title="Richer", pay=[band])
    published_guide(slug="abroad", title="Abroad", pay=[band | {"currency": "EUR"}])
    differences = {role.listing.slug: role.difference for role in roles(first)}
    assert differences == {"richer": "$5,000 more", "abroad": ""}
