"""An address that moves: visitors, searches, alerts, files and other guides follow it."""

from datetime import timedelta
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from careers import former
from careers.addresses import NOTE, AddressTaken, rename_field, rename_guide
from careers.document import files, rows
from careers.importing import Outcome, import_bytes
from careers.models import Field, FormerSlug, Guide, GuideListing, RelatedPin
from careers.page.shelf import shelf
from careers.publishing import publish, rebuild, withdraw
from careers.tests.factories import complete_document, draft_guide, make_field, published_guide
from jobs.search import catalogue
from jobs.search.matching import NewJobs, Watched, read
from jobs.tests.factories import make_job
from kit import stamp
from kit.models import ContentStamp

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(db):
    """A rollback takes the content stamp back, so nothing may be kept from the test before."""
    ContentStamp.objects.get_or_create(pk=1)
    shelf.clear()
    catalogue.forget()
    yield
    shelf.clear()
    catalogue.forget()


def goes_to(address, client=None):
    """Where a visitor ends in one hop; None when it is no permanent redirect."""
    stamp.recent.forget()
    response = (client or Client()).get(address)
    return response["Location"] if response.status_code == 301 else None


def pins(*slugs):
    return {"related": [{"slug": slug, "reason": f"Like {slug}"} for slug in slugs]}


def test_the_guide_shows_under_its_new_address_at_once_and_the_old_one_leads_there():
    guide = published_guide().guide
    rename_guide(guide, "kite-builder")
    stamp.recent.forget()
    assert Client().get("/guides/kite-builder/").status_code == 200
    assert goes_to("/guides/kite-maker/?from=mail&x=1") == "/guides/kite-builder/?from=mail&x=1"
    assert goes_to("/guides/kite-maker/cases/camera-kite/?a=b") == "/guides/kite-builder/cases/camera-kite/?a=b"


def test_it_is_a_new_published_revision_and_the_draft_stays_a_draft():
    guide = published_guide().guide
    rows.write(complete_document(title="Not yet"), guide)
    moved = rename_guide(guide, "kite-builder")
    draft, newest = moved.revisions.all()[:2]
    assert (newest.kind, newest.note, newest.document["slug"]) == ("published", NOTE, "kite-builder")
    assert (draft.kind, draft.document["slug"], draft.document["title"]) == ("draft", "kite-builder", "Not yet")
    assert GuideListing.objects.get().content.title == "Kite maker"
    assert GuideListing.objects.get().revision == newest
    assert rows.read(Guide.objects.get()).title == "Not yet"


def test_one_hop_however_often_it_moved():
    guide = published_guide().guide
    for slug in ("second", "third", "fourth"):
        guide = rename_guide(guide, slug)
    assert [goes_to(f"/guides/{slug}/") for slug in ("kite-maker", "second", "third")] == ["/guides/fourth/"] * 3


def test_an_address_that_comes_back_into_use_is_no_former_one():
    guide = rename_guide(published_guide().guide, "second")
    rename_guide(guide, "kite-maker")
    assert set(FormerSlug.objects.values_list("slug", flat=True)) == {"second"}
    stamp.recent.forget()
    assert Client().get("/guides/kite-maker/").status_code == 200
    assert goes_to("/guides/second/") == "/guides/kite-maker/"


def test_a_guide_that_is_off_the_site_is_gone_under_both_addresses():
    guide = rename_guide(published_guide().guide, "second")
    withdraw(guide)
    for slug in ("kite-maker", "second"):
        assert Client().get(f"/guides/{slug}/").status_code == 410, slug


def test_a_guide_that_nobody_has_seen_leaves_no_former_address():
    rename_guide(draft_guide(), "second")
    assert not FormerSlug.objects.exists()
    assert Client().get("/guides/kite-maker/").status_code == 404


def test_comparisons_follow():
    guide = published_guide().guide
    published_guide(slug="sail-maker", title="Sail maker")
    rename_guide(guide, "tail-maker")
    assert goes_to("/compare/kite-maker-vs-sail-maker/?x=1") == "/compare/sail-maker-vs-tail-maker/?x=1"
    assert Client().get("/compare/kite-maker-vs-tail-maker/").status_code == 404  # one guide
    assert Client().get("/compare/kite-maker-vs-nobody/").status_code == 404
    response = Client().get("/compare/?a=kite-maker&b=sail-maker")
    assert response["Location"] == "/compare/sail-maker-vs-tail-maker/"


@pytest.mark.parametrize("taken", ["sail-maker", "sail-cutter"])
def test_the_address_of_another_guide_is_refused_also_a_former_one(taken):
    other = published_guide(slug="sail-cutter", title="Sail maker").guide
    rename_guide(other, "sail-maker")
    guide = published_guide().guide
    with pytest.raises(AddressTaken, match="Sail maker"):
        rename_guide(guide, taken)
    assert Guide.objects.get(pk=guide.pk).slug == "kite-maker"


def test_a_new_guide_or_field_cannot_have_a_former_address():
    rename_guide(published_guide().guide, "second")
    rename_field(Field.objects.get(), "handwork")
    with pytest.raises(ValidationError, match="once"):
        Guide(slug="kite-maker", title="Other").full_clean()
    with pytest.raises(ValidationError, match="once"):
        Field(slug="crafts", name="Other", intro="x").full_clean()
    Guide.objects.get().full_clean()


def test_pins_of_other_guides_follow_and_nobody_is_named_twice():
    guide = published_guide().guide
    for slug, names in (("sail-maker", ["kite-maker"]), ("tent-maker", ["kite-maker", "second"])):
        published_guide(slug=slug, title=slug.capitalize(), **pins(*names))
    rename_guide(guide, "second")
    assert list(RelatedPin.objects.order_by("guide").values_list("slug", flat=True)) == ["second", "second"]
    for listing in GuideListing.objects.exclude(guide=guide):
        assert [pin.slug for pin in listing.content.related] == ["second"]
        assert listing.content == rows.read(listing.guide)  # nobody has to publish it again
        assert shelf.take(listing.slug, 1).page.related[0].reason == "Like kite-maker"


def test_a_document_that_pins_a_former_address_shows_the_guide():
    rename_guide(published_guide().guide, "second")
    published_guide(slug="sail-maker", title="Sail maker", **pins("kite-maker"))
    related = shelf.take("sail-maker", 1).page.related
    assert [(role.listing.slug, role.reason) for role in related] == [("second", "Like kite-maker")]


def test_files_and_revisions_that_name_former_addresses_mean_the_guide_and_field_of_today():
    guide = published_guide().guide
    old_file = files.dump(complete_document(title="From a file"))
    rename_guide(guide, "second")
    rename_field(Field.objects.get(), "handwork")
    imported = import_bytes(old_file)
    assert (imported.outcome, imported.guide.pk, imported.guide.slug) == (Outcome.UPDATED, guide.pk, "second")
    assert Guide.objects.get().field.slug == "handwork"
    assert publish(imported.guide).content.field == "handwork"


def test_rebuilding_from_the_old_revision_keeps_todays_addresses():
    guide = published_guide().guide
    rename_field(Field.objects.get(), "handwork")
    before = GuideListing.objects.get()
    after = rebuild(guide)
    assert (after.document, after.words_c) == (before.document, before.words_c)
    assert after.content.field == "handwork"


def test_a_field_moves_with_its_guides_in_few_statements(django_assert_max_num_queries):
    for number in range(8):
        published_guide(slug=f"maker-{number}", title=f"Maker {number}")
    revisions = Guide.objects.get(slug="maker-1").revisions.count()
    with django_assert_max_num_queries(15):
        rename_field(Field.objects.get(), "handwork")
    assert {listing.content.field for listing in GuideListing.objects.all()} == {"handwork"}
    assert Guide.objects.get(slug="maker-1").revisions.count() == revisions
    assert goes_to("/guides/field/crafts/?demand=4") == "/guides/field/handwork/?demand=4"
    page = Client().get("/guides/?field=crafts")
    assert [field.slug for field in page.context["page"].fields] == ["handwork"]
    assert page.context["page"].results.asked.field == ("handwork",)
    with pytest.raises(AddressTaken):
        rename_field(make_field("other"), "crafts")


def test_lists_of_jobs_and_alerts_that_name_former_addresses_find_the_same_jobs():
    guide = published_guide().guide
    published_guide(slug="sail-maker", title="Sail maker", field="sails")
    make_job(guide=guide)
    make_job("2", title="Something else")
    rename_guide(guide, "second")
    rename_field(Field.objects.get(slug="crafts"), "handwork")
    catalogue.forget()
    now = timezone.now()
    for query in ("guide=kite-maker", "field=crafts"):
        page = Client().get(f"/jobs/?{query}").context["page"]
        assert [job.title for job in page.results.jobs] == ["Kite maker"], query
        assert NewJobs(now - timedelta(days=9), now).match([Watched(query, now - timedelta(days=9))])[0].total == 1
    assert read("guide=kite-maker").guide == ("second",)


def test_what_names_nothing_former_stays_as_it_is():
    guide = published_guide().guide
    document = complete_document(**pins("nobody"))
    assert former.of_today(document, guide) == document


@pytest.mark.django_db(transaction=True)
def test_of_two_who_want_the_same_address_one_is_told_why():
    ContentStamp.objects.get_or_create(pk=1)
    guides = [published_guide(slug=f"maker-{n}", title=f"Maker {n}").guide for n in (1, 2)]
    refused = []

    def want(guide):
        try:
            rename_guide(guide, "wanted")
        except AddressTaken as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [Thread(target=want, args=[guide]) for guide in guides]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Guide.objects.filter(slug="wanted").count() == 1


def test_what_is_scheduled_goes_live_under_the_address_of_its_day():
    guide = draft_guide()
    waiting = complete_document()
    rename_guide(guide, "second")
    rename_field(Field.objects.get(), "handwork")
    listing = publish(guide, document=waiting)
    assert (listing.slug, listing.content.slug, listing.content.field) == ("second", "second", "handwork")


@pytest.mark.parametrize(("is_public", "state"), [(True, "published"), (False, "retired")])
def test_a_move_alone_leaves_the_state_as_it_is(is_public, state):
    guide = published_guide().guide
    if not is_public:
        withdraw(guide)
    assert rename_guide(guide, "second").slug == "second"
    assert Guide.objects.get().state == state
