"""What changed in a guide since somebody saved it."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.bookmarks import remove, save_guide, see_revision, seen_revision
from accounts.tests.factories import signed_in
from careers.document import rows
from careers.models import GuideListing
from careers.publishing import publish, withdraw
from careers.tests.factories import complete_document, draft_guide, published_guide

pytestmark = pytest.mark.django_db
CHANGES = "accounts:bookmark_changes"


@pytest.fixture
def bookmark(member):
    published_guide()
    return save_guide(user=member, revision=seen_revision("kite-maker"))


@pytest.fixture
def client(member) -> Client:
    return signed_in(member)


def say(**changes):
    guide = GuideListing.objects.get().guide
    rows.write(complete_document(**changes), guide)
    return publish(guide)


def page(client):
    return client.get(reverse(CHANGES, args=["kite-maker"]))


def see(client, revision, slug="kite-maker"):
    return client.post(reverse("accounts:bookmark_seen", args=[slug]), {"revision": revision})


def test_the_list_leads_to_what_changed(client, bookmark):
    address = reverse(CHANGES, args=["kite-maker"])
    assert address not in client.get(reverse("accounts:saved")).content.decode()
    say(challenges="Cheap imports, and rain.")
    assert address in client.get(reverse("accounts:saved")).content.decode()


def test_the_page_tells_the_words_and_is_nobody_elses(client, bookmark, stranger):
    say(challenges="Cheap imports, and rain.")
    response = page(client)
    text = response.content.decode()
    assert "Challenges today" in text
    assert "and rain" in text
    assert "no-store" in response["Cache-Control"]
    assert page(signed_in(stranger)).status_code == 404
    assert page(Client()).status_code == 302


def test_seen_moves_the_bookmark_to_what_was_shown_and_no_further(client, bookmark, member):
    second = say(challenges="Rain.")
    say(challenges="Snow.")
    answer = see(client, second.revision.number)
    assert answer["Location"] == reverse("accounts:saved")
    assert member.bookmarks.get().revision == second.revision
    assert "Snow" in page(client).content.decode()
    see(client, GuideListing.objects.get().revision.number)
    assert not member.bookmarks.get().is_updated
    assert "Nothing has changed" in page(client).content.decode()
    see(client, second.revision.number)
    assert not member.bookmarks.get().is_updated


def test_reading_the_page_marks_nothing(client, bookmark, member):
    say(challenges="Rain.")
    page(client)
    assert member.bookmarks.get().is_updated
    assert client.get(reverse("accounts:bookmark_seen", args=["kite-maker"])).status_code == 405
    assert client.post(reverse(CHANGES, args=["kite-maker"])).status_code == 405


def test_a_change_that_readers_cannot_see_is_said_to_be_none(client, bookmark):
    say(codes={"isco": "7318"})
    assert "nothing that you read in it has changed" in page(client).content.decode()


@pytest.mark.parametrize("number", ["", "0", "99", "x", "²", "9" * 30])
def test_a_version_that_is_not_there_is_not_found(client, bookmark, number):
    assert see(client, number).status_code == 404


def test_a_draft_is_no_version_for_readers(client, bookmark, member):
    guide = GuideListing.objects.get().guide
    draft = guide.revisions.create(number=2, kind="draft", document={})
    assert see(client, draft.number).status_code == 404
    assert member.bookmarks.get().revision == bookmark.revision


def test_what_is_not_in_the_list_or_not_on_the_site_is_not_found(client, bookmark, stranger):
    draft_guide(slug="other", title="Other")
    assert client.get(reverse(CHANGES, args=["other"])).status_code == 404
    assert see(signed_in(stranger), 1).status_code == 404
    remove(bookmark=bookmark)
    assert page(client).status_code == see(client, 1).status_code == 404
    withdraw(bookmark.guide)
    assert page(client).status_code == 404


def test_a_bookmark_never_goes_back(bookmark, member):
    say(challenges="Rain.")
    first = bookmark.revision
    see_revision(bookmark=bookmark, revision=GuideListing.objects.get().revision)
    see_revision(bookmark=bookmark, revision=first)
    assert not member.bookmarks.get().is_updated


def test_the_page_costs_the_same_whatever_changed(client, bookmark, django_assert_max_num_queries):
    say(challenges="Rain.", faq=[{"question": f"Question {n}?", "answer": "Yes."} for n in range(30)])
    page(client)
    with django_assert_max_num_queries(6):
        page(client)
