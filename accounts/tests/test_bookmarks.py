import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.bookmarks import save_guide, seen_revision
from accounts.models import Bookmark
from accounts.tests.factories import signed_in
from careers.publishing import withdraw
from careers.tests.factories import draft_guide, published_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    return published_guide()


@pytest.fixture
def client(member) -> Client:
    return signed_in(member)


def url(action: str, slug: str = "kite-maker") -> str:
    return reverse(f"accounts:bookmark_{action}", args=[slug])


def keep(user) -> Bookmark:
    return save_guide(user=user, revision=seen_revision("kite-maker"))


def test_saving_keeps_the_revision_that_was_seen_and_goes_back_to_the_guide(client, member, guide):
    response = client.post(url("save"))
    assert response["Location"] == guide.get_absolute_url()
    bookmark = member.bookmarks.get()
    assert (bookmark.guide_id, bookmark.revision_id, bookmark.removed_at) == (guide.guide_id, guide.revision_id, None)


def test_saving_says_where_the_list_is(client, guide):
    response = client.post(url("save"), {"next": reverse("accounts:saved")}, follow=True)
    assert f'Saved. <a href="{reverse("accounts:saved")}">See all saved guides</a>' in response.content.decode()


def test_saving_twice_is_harmless(client, member, guide):
    client.post(url("save"))
    first = member.bookmarks.get()
    client.post(url("save"))
    again = member.bookmarks.get()
    assert (again.pk, again.created_at) == (first.pk, first.created_at)


@pytest.mark.parametrize("action", ["save", "remove", "note"])
def test_a_get_changes_nothing(client, member, guide, action):
    assert client.get(url(action)).status_code == 405
    assert member.bookmarks.count() == 0


@pytest.mark.parametrize("action", ["save", "remove", "note"])
def test_an_unknown_guide_is_not_found(client, action):
    assert client.post(url(action, "nothing-here")).status_code == 404


@pytest.mark.parametrize("action", ["save", "start"])
def test_a_guide_that_was_never_published_is_not_found(client, action):
    draft_guide(slug="secret-plan")
    response = (client if action == "save" else Client()).generic("POST" if action == "save" else "GET", url(action, "secret-plan"))
    assert response.status_code == 404


def test_a_guide_withdrawn_a_moment_ago_can_still_be_saved(client, member, guide):
    withdraw(guide.guide)
    client.post(url("save"))
    assert member.bookmarks.get().revision_id == guide.revision_id


def test_removing_can_be_undone_with_note_and_date(client, member, guide):
    bookmark = keep(member)
    client.post(url("note"), {"note": "Ask Ada."})
    response = client.post(url("remove"), {"next": f"{reverse('accounts:saved')}?removed=kite-maker"}, follow=True)
    page = response.content.decode()
    assert "Removed: Kite maker" in page
    assert '<input type="hidden" name="guide" value="kite-maker">' in page
    assert not member.bookmarks.kept().exists()
    client.post(reverse("accounts:guides_restore"), {"guide": "kite-maker"})
    back = member.bookmarks.kept().get()
    assert (back.note, back.created_at) == ("Ask Ada.", bookmark.created_at)


def test_saving_again_after_removing_keeps_the_note_and_counts_as_new(client, member, guide):
    bookmark = keep(member)
    client.post(url("note"), {"note": "Ask Ada."})
    client.post(url("remove"))
    client.post(url("save"))
    back = member.bookmarks.kept().get()
    assert back.note == "Ask Ada."
    assert back.created_at > bookmark.created_at


def test_removing_twice_is_harmless_and_does_not_put_off_the_deletion(client, member, guide):
    keep(member)
    client.post(url("remove"))
    first = member.bookmarks.get().removed_at
    assert client.post(url("remove")).status_code == 302
    assert member.bookmarks.get().removed_at == first


def test_removing_from_a_guide_page_leads_to_the_undo(client, member, guide):
    keep(member)
    response = client.post(url("remove"), {"next": reverse("accounts:account")}, follow=True)
    assert f'<a href="{reverse("accounts:saved")}?removed=kite-maker">Undo</a>' in response.content.decode()


def test_undoing_what_was_never_saved_brings_nothing(client, member, guide):
    response = client.post(reverse("accounts:guides_restore"), {"guide": "kite-maker"}, follow=True)
    assert "Nothing was to bring back" in response.content.decode()
    assert not member.bookmarks.exists()


def test_a_stranger_cannot_touch_it(member, stranger, guide):
    bookmark = keep(member)
    client = signed_in(stranger)
    assert client.post(url("note"), {"note": "Mine", "user": member.pk, "pk": bookmark.pk}).status_code == 404
    assert client.post(url("remove"), {"user": member.pk}).status_code == 404
    bookmark.refresh_from_db()
    assert (bookmark.note, bookmark.removed_at) == ("", None)


def test_a_note_holds_2000_characters_counted_as_the_browser_counts_them(client, member, guide):
    keep(member)
    note = "a\r\n" * 999 + "ab"
    client.post(url("note"), {"note": note})
    assert member.bookmarks.get().note == note.replace("\r\n", "\n")
    assert len(member.bookmarks.get().note) == 2000


def test_a_longer_note_comes_back_with_what_was_typed(client, member, guide):
    keep(member)
    response = client.post(url("note"), {"note": "x" * 2001})
    page = response.content.decode()
    assert response.status_code == 422
    assert "2000 characters at most" in page
    assert "x" * 2001 in page
    assert 'aria-invalid="true"' in page
    assert member.bookmarks.get().note == ""


@pytest.mark.parametrize("note", ["\x00", "<script>alert(1)</script>", "{{ 7|add:42 }}", "=1+1", "’ő漢🙂"])
def test_odd_notes_are_refused_or_shown_as_text(client, member, guide, note):
    keep(member)
    client.post(url("note"), {"note": note})
    page = client.get(reverse("accounts:saved")).content.decode()
    assert "<script>alert" not in page
    assert "49" not in member.bookmarks.get().note
    assert member.bookmarks.get().note in {"", note}


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "\\\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client, guide, target):
    for action in ("save", "remove"):
        assert client.post(url(action), {"next": target})["Location"] == guide.get_absolute_url()


def test_saving_needs_the_token(member, guide):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    assert client.post(url("save")).status_code == 403
    assert member.bookmarks.count() == 0


def test_htmx_gets_the_form_alone_with_the_other_action(client, member, guide):
    headers = {"HX-Request": "true"}
    fields = {"title": "Kite maker", "compact": "1", "next": "/guides/"}
    page = client.post(url("save"), fields, headers=headers).content.decode()
    assert page.strip().startswith("<form")
    assert f'action="{url("remove")}"' in page
    assert 'aria-pressed="true"' in page
    assert "Saved: Kite maker" in page
    assert 'name="next" value="/guides/"' in page
    page = client.post(url("remove"), fields, headers=headers).content.decode()
    assert f'action="{url("save")}"' in page
    assert 'aria-pressed="false"' in page
    assert "Save Kite maker" in page


def test_the_swapped_form_shows_hostile_fields_as_text(client, guide):
    page = client.post(url("save"), {"title": '"><img src=x>', "compact": "1"}, headers={"HX-Request": "true"}).content.decode()
    assert "<img" not in page


def test_a_guide_in_a_list_is_not_deleted_with_the_list(client, member, guide):
    keep(member)
    member.delete()
    guide.refresh_from_db()
    assert Bookmark.objects.count() == 0


def test_the_page_of_somebody_is_stored_by_nobody(client, member, guide):
    keep(member)
    for response in (client.get(reverse("accounts:saved")), client.post(url("save")), client.get(reverse("accounts:account"))):
        assert response["Cache-Control"] == "private, no-store"


def test_times_are_now_not_those_of_the_start_of_the_server(member, guide, time_machine):
    time_machine.move_to("2030-05-01 12:00+00:00")
    signed_in(member).post(url("save"))
    assert member.bookmarks.get().created_at.date() == timezone.now().date()
