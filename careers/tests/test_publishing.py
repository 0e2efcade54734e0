import io

import pytest
from django.core.management import call_command
from django.db import connection

from careers.document import rows
from careers.models import Guide, GuideListing, GuideRevision
from careers.publishing import NotReady, publish, rebuild, withdraw
from careers.tests.factories import complete_document, draft_guide, make_field, published_guide
from kit import stamp

pytestmark = pytest.mark.django_db


def test_publishing_stores_a_revision_and_shows_it():
    listing = published_guide()
    assert listing.revision.number == 1
    assert listing.revision.kind == GuideRevision.Kind.PUBLISHED
    assert listing.content == complete_document()


def test_an_incomplete_guide_is_refused_with_reasons_and_nothing_is_written():
    guide = draft_guide(pay=[], standfirst="")
    with pytest.raises(NotReady) as caught:
        publish(guide)
    assert {"standfirst", "pay"} <= {problem.where for problem in caught.value.problems}
    assert not GuideListing.objects.exists()
    assert not GuideRevision.objects.exists()


def test_publishing_the_same_text_again_changes_nothing():
    listing = published_guide()
    before = stamp.current()
    assert publish(listing.guide).revision_id == listing.revision_id
    assert stamp.current() == before


def test_visitors_see_the_published_text_while_the_draft_changes():
    listing = published_guide()
    rows.write(complete_document(title="Sail maker"), listing.guide)
    assert GuideListing.objects.get().content.title == "Kite maker"
    publish(listing.guide)
    assert GuideListing.objects.get().content.title == "Sail maker"
    assert GuideListing.objects.get().revision.number == 2


def test_the_first_publication_is_remembered():
    first = published_guide().published_at
    guide = Guide.objects.get()
    rows.write(complete_document(title="Sail maker"), guide)
    withdraw(guide)
    again = publish(guide)
    assert again.first_published_at == first
    assert again.published_at > first


def test_withdrawing_takes_it_off_and_keeps_text_and_revisions():
    listing = published_guide()
    withdraw(listing.guide)
    assert not GuideListing.objects.exists()
    assert GuideRevision.objects.count() == 1


def test_columns_for_search_come_from_the_document():
    listing = published_guide()
    assert (listing.pay_low, listing.pay_median, listing.pay_high) == (30_000, 45_000, 70_000)
    assert listing.demand == 4
    assert (listing.min_months, listing.max_months) == (3, 12)
    assert set(listing.skills.values_list("name", flat=True)) == {
        "Sewing", "Measuring", "Reading the wind", "Spar bending", "Patience", "Clear communication",
    }  # fmt: skip


def test_hourly_pay_is_listed_per_year_of_2080_hours():
    band = {
        "method": "measured",
        "place": "US",
        "country": "US",
        "currency": "USD",
        "unit": "hour",
        "period": "May 2024",
        "source": "wind-survey",
        "median": 20,
    }
    assert published_guide(pay=[band]).pay_median == 41_600


def test_prose_is_cleaned_when_it_is_published():
    listing = published_guide(setting="Hello <script>alert(1)</script> [x](javascript:alert(1)) **bold**")
    html = listing.prose["setting"]
    assert "<script" not in html
    assert "javascript:" not in html
    assert "<strong>bold</strong>" in html


def test_a_revision_is_written_once():
    revision = published_guide().revision
    with pytest.raises(TypeError):
        revision.save()


def test_rebuilding_gives_the_same_listing():
    listing = published_guide()
    again = rebuild(listing.guide)
    assert again.document == listing.document
    assert again.published_at == listing.published_at


def test_the_command_rebuilds_what_is_published_and_nothing_else():
    listing = published_guide()
    draft_guide(slug="unseen", title="Unseen")
    GuideListing.objects.update(prose={}, words_a="lost")
    out = io.StringIO()
    call_command("rebuild_guides", stdout=out)
    assert out.getvalue() == "1 guides rebuilt\n"
    assert GuideListing.objects.get().prose == listing.prose
    assert "Kite builder" in GuideListing.objects.get().words_a


def test_every_change_of_public_content_raises_the_stamp_even_plain_sql():
    make_field()
    before = stamp.current()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE careers_field SET intro = 'x'")
    assert stamp.current() == before + 1


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"field": None}, "field"),
        ({"standfirst": "word " * 60}, "standfirst"),
        ({"time_to_start": None}, "time_to_start"),
        ({"route": {"steps": [{"text": "no title"}]}}, "route"),
        ({"faq": []}, "faq"),
        ({"sources": [], "pay": [], "outlook": []}, "sources"),
    ],
)
def test_what_is_missing_is_named(changes, where):
    with pytest.raises(NotReady) as caught:
        publish(draft_guide(**changes))
    assert where in {problem.where for problem in caught.value.problems}
