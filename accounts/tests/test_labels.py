"""Labels: free words on what one keeps."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.bookmarks import remove, save_guide, save_job, seen_revision
from accounts.keeping import labels
from accounts.keeping.labels import split
from accounts.models import Label
from accounts.tests.factories import signed_in
from careers.tests.factories import published_guide
from jobs.tests.factories import make_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(member) -> Client:
    return signed_in(member)


@pytest.fixture
def kept(member):
    return save_job(user=member, job=make_job())


def label(client, bookmark, text, note=""):
    return client.post(reverse("accounts:job_note", args=[bookmark.job_id]), {"note": note, "labels": text})


def names(bookmark):
    return sorted(bookmark.labels.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("near home,  first   choice ", ["near home", "first choice"]),
        ("Near, near, NEAR", ["Near"]),
        (" , ,", []),
        ("café, cafe", ["café"]),
    ],
)
def test_names_stand_between_commas(typed, read):
    assert split(typed) == read


def test_labels_are_written_with_the_note_and_shared_by_guides_and_jobs(client, member, kept):
    published_guide()
    guide = save_guide(user=member, revision=seen_revision("kite-maker"))
    assert label(client, kept, "near home, first choice", note="Ask Ada.")["Location"] == reverse("accounts:saved_jobs")
    client.post(reverse("accounts:bookmark_note", args=["kite-maker"]), {"note": "", "labels": "Near home"})
    kept.refresh_from_db()
    assert (kept.note, names(kept)) == ("Ask Ada.", ["first choice", "near home"])
    assert names(guide) == ["near home"]
    assert member.labels.count() == 2


def test_a_label_is_taken_off_by_leaving_it_out_and_a_form_without_labels_leaves_them(client, member, kept):
    label(client, kept, "a, b")
    label(client, kept, "b")
    assert names(kept) == ["b"]
    client.post(reverse("accounts:job_note", args=[kept.job_id]), {"note": "Only this"})
    assert names(kept) == ["b"]
    label(client, kept, "")
    assert names(kept) == []
    assert member.labels.count() == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [("x" * 41, "40 characters at most"), (", ".join(map(str, range(11))), "10 labels at most"), ("a" * 500, "40 characters at most")],
)
def test_what_is_too_much_comes_back_as_typed_and_nothing_is_written(client, member, kept, text, said):
    response = label(client, kept, text, note="New")
    assert response.status_code == 422
    assert said in response.content.decode()
    assert text in response.content.decode()
    kept.refresh_from_db()
    assert (kept.note, names(kept), member.labels.count()) == ("", [], 0)


def test_a_person_has_so_many_labels_at_most(client, member, kept, monkeypatch):
    monkeypatch.setattr(labels, "MOST", 2)
    label(client, kept, "a, b")
    response = label(client, kept, "a, c", note="New")
    assert response.status_code == 422
    kept.refresh_from_db()
    assert (kept.note, names(kept)) == ("", ["a", "b"])


def test_the_list_can_be_narrowed_by_label(client, member, kept):
    other = save_job(user=member, job=make_job("2", title="Sail maker"))
    label(client, kept, "Near home")
    shown = client.get(reverse("accounts:saved_jobs"), {"label": "near home"}).content.decode()
    assert f'id="job-{kept.job_id}"' in shown
    assert f'id="job-{other.job_id}"' not in shown
    assert f'href="{reverse("accounts:saved_jobs")}?label=Near%20home"' in shown
    assert "None of your saved jobs is like that" in client.get(reverse("accounts:saved_jobs"), {"label": "gone"}).content.decode()


def test_guides_can_be_narrowed_by_label(client, member):
    published_guide()
    save_guide(user=member, revision=seen_revision("kite-maker"))
    client.post(reverse("accounts:bookmark_note", args=["kite-maker"]), {"note": "", "labels": "later"})
    assert 'href="/guides/kite-maker/"' in client.get(reverse("accounts:saved"), {"label": "LATER"}).content.decode()
    assert "None of your saved guides" in client.get(reverse("accounts:saved"), {"label": "now"}).content.decode()


def test_the_page_of_labels_counts_what_is_kept_now(client, member, kept):
    gone = save_job(user=member, job=make_job("2"))
    label(client, kept, "near")
    label(client, gone, "near")
    remove(bookmark=gone)
    text = client.get(reverse("accounts:labels")).content.decode()
    assert "0 guides" in text
    assert "1 job<" in text


def test_a_label_can_get_another_name_but_not_that_of_another(client, member, kept):
    label(client, kept, "near, far")
    near = member.labels.get(name="near")
    rename = reverse("accounts:label_rename", args=[near.pk])
    assert client.post(rename, {"name": " Close  by "})["Location"] == reverse("accounts:labels")
    assert names(kept) == ["Close by", "far"]
    for name, said in (("FAR", "another label of this name"), ("", "Enter a name"), ("x" * 41, "40 characters"), ("a, b", "comma")):
        response = client.post(rename, {"name": name})
        assert response.status_code == 422
        assert said in response.content.decode()
    assert client.post(rename, {"name": "close by"}).status_code == 302
    assert names(kept) == ["close by", "far"]


def test_deleting_a_label_leaves_what_carried_it(client, member, kept):
    label(client, kept, "near")
    assert client.post(reverse("accounts:label_delete", args=[Label.objects.get().pk])).status_code == 302
    assert member.job_bookmarks.kept().get() == kept
    assert not Label.objects.exists()


def test_a_stranger_can_neither_see_nor_touch_it(member, stranger, kept):
    client = signed_in(member)
    label(client, kept, "near")
    other = signed_in(stranger)
    pk = Label.objects.get().pk
    assert other.post(reverse("accounts:label_rename", args=[pk]), {"name": "mine"}).status_code == 404
    assert other.post(reverse("accounts:label_delete", args=[pk])).status_code == 404
    assert "near" not in other.get(reverse("accounts:labels")).content.decode().partition("<main")[2]
    assert Label.objects.get().name == "near"


def test_labels_come_back_with_what_was_removed(client, member, kept):
    label(client, kept, "near")
    client.post(reverse("accounts:job_remove", args=[kept.job_id]))
    client.post(reverse("accounts:jobs_restore"), {"job": kept.job_id})
    assert names(member.job_bookmarks.kept().get()) == ["near"]
