"""Two people in one guide, and what somebody typed and did not save."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.document import rows
from careers.models import GuideListing
from careers.tests.factories import complete_document, published_guide
from careers.tests.factories import draft_guide as rows_of_guide
from careers.working import stored
from newsroom import unsaved
from newsroom.models import UnsavedCopy
from newsroom.tests.admin.conftest import signed_in
from newsroom.tests.admin.forms import add_row, change_url, opened, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(ann, ben):
    return signed_in(ann), signed_in(ben)


def draft_guide(**changes):
    """Stored, as every guide is that came through a form or a file."""
    guide = rows_of_guide(**changes)
    stored(guide)
    return guide


def url(name, guide):
    return reverse(f"admin:careers_guide_{name}", args=[guide.pk])


def both_save(guide, two, theirs, mine):
    """Both open the form; Ben saves first, then Ann. Returns Ann's answer."""
    ann, ben = two
    open_first, open_second = opened(ann, change_url(guide)), opened(ben, change_url(guide))
    assert ben.post(change_url(guide), open_second | theirs).status_code == 302
    return ann.post(change_url(guide), open_first | mine)


def test_what_each_changed_alone_is_put_together(two):
    guide = draft_guide()
    answer = both_save(guide, two, {"trends": "Theirs."}, {"challenges": "Mine."})
    assert answer.url == url("meet", guide)
    page = two[0].get(answer.url)
    assert "Only you changed" in page.content.decode()
    assert page.context["only_theirs"] == ["Trends to watch"]
    assert rows.read(guide).challenges != "Mine.", "nothing is written before the decision"
    done = two[0].post(answer.url, {"number": page.context["number"]}, follow=True)
    assert "saved with what you chose" in said(done)
    guide.refresh_from_db()
    document = rows.read(guide)
    assert (document.trends, document.challenges) == ("Theirs.", "Mine.")
    assert not UnsavedCopy.objects.exists()


@pytest.mark.parametrize(("choice", "expected"), [("mine", "Mine."), ("theirs", "Theirs."), ("odd", "Theirs.")])
def test_what_both_changed_is_chosen(two, choice, expected):
    guide = draft_guide()
    answer = both_save(guide, two, {"trends": "Theirs."}, {"trends": "Mine."})
    page = two[0].get(answer.url)
    (found,) = page.context["choices"]
    assert (found.label, found.mine, found.theirs) == ("Trends to watch", "Mine.", "Theirs.")
    two[0].post(answer.url, {"number": page.context["number"], "choice-trends": choice})
    assert rows.read(type(guide).objects.get()).trends == expected


def test_the_second_can_take_over_everything(two):
    guide = draft_guide()
    answer = both_save(guide, two, {"trends": "Theirs."}, {"challenges": "Mine."})
    number = two[0].get(answer.url).context["number"]
    two[0].post(answer.url, {"number": number, "_mine": "1"})
    document = rows.read(type(guide).objects.get())
    assert (document.trends, document.challenges) == (complete_document().trends, "Mine.")


def test_rows_that_somebody_replaced_do_not_matter(two):
    guide = draft_guide(faq=[{"question": f"{n}?", "answer": "Yes."} for n in "abc"])
    ann, ben = two
    mine = opened(ann, change_url(guide))
    add_row(mine, "question_set", question="new?", answer="Mine.")
    rows.write(complete_document(faq=[{"question": "other?", "answer": "No."}], trends="Theirs."), guide)
    theirs = opened(ben, change_url(guide))
    ben.post(change_url(guide), theirs)
    answer = ann.post(change_url(guide), mine)
    page = ann.get(answer.url)
    assert [choice.name for choice in page.context["choices"]] == ["faq"]
    ann.post(answer.url, {"number": page.context["number"], "choice-faq": "mine"})
    assert [item.question for item in rows.read(type(guide).objects.get()).faq] == ["a?", "b?", "c?", "new?"]


def test_a_third_save_meanwhile_is_shown_before_anything_is_written(two):
    guide = draft_guide()
    answer = both_save(guide, two, {"trends": "Theirs."}, {"trends": "Mine."})
    number = two[0].get(answer.url).context["number"]
    two[1].post(change_url(guide), opened(two[1], change_url(guide)) | {"trends": "Third."})
    page = two[0].post(answer.url, {"number": number, "choice-trends": "mine"})
    assert "once more" in said(page)
    assert rows.read(type(guide).objects.get()).trends == "Third."


def test_a_form_with_faults_is_not_saved_over_somebody_else(two):
    guide = draft_guide()
    answer = both_save(guide, two, {"trends": "Theirs."}, {"title": "", "trends": "Mine."})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Ben saved this guide meanwhile" in page
    assert "Mine." in page
    assert rows.read(type(guide).objects.get()).trends == "Theirs."


def test_the_same_text_from_both_is_no_collision(two):
    guide = draft_guide()
    answer = both_save(guide, two, {}, {"trends": "Mine."})
    assert answer.url == reverse("admin:careers_guide_changelist")
    assert rows.read(type(guide).objects.get()).trends == "Mine."


# --- what was typed and not saved ----------------------------------------------------------------
def test_what_was_typed_is_found_again_and_not_saved_by_looking(two):
    guide, ann = draft_guide(), two[0]
    typed = opened(ann, change_url(guide)) | {"trends": "Typed.", "title": ""}
    name = add_row(typed, "question_set", question="Typed?", answer="")
    assert ann.post(url("unsaved", guide), typed | {"csrfmiddlewaretoken": "x"}).json() == {"others": []}
    assert "csrfmiddlewaretoken" not in UnsavedCopy.objects.get().fields
    form = ann.get(change_url(guide)).content.decode()
    assert "changes here that you did not save" in form
    page = ann.get(change_url(guide) + "?unsaved=1")
    data = opened(ann, change_url(guide) + "?unsaved=1")
    assert (data["trends"], data[f"{name}-question"]) == ("Typed.", "Typed?")
    assert "is not saved yet" in page.content.decode()
    guide.refresh_from_db()
    assert guide.trends != "Typed."
    assert ann.post(change_url(guide), data | {"title": "Kite maker", f"{name}-answer": "Yes."}).status_code == 302
    guide.refresh_from_db()
    assert guide.trends == "Typed."
    assert not UnsavedCopy.objects.exists(), "saving is the end of it"


def test_a_new_guide_is_found_again_too(two):
    ann = two[0]
    add = reverse("admin:careers_guide_add")
    ann.post(reverse("admin:careers_guide_unsaved_new"), opened(ann, add) | {"title": "Kite smith"})
    assert opened(ann, add + "?unsaved=1")["title"] == "Kite smith"
    assert opened(two[1], add + "?unsaved=1").get("title", "") == "", "everybody has their own"
    ann.post(reverse("admin:careers_guide_discard_new"))
    assert not UnsavedCopy.objects.exists()


def test_others_are_named_while_they_write(two):
    guide = draft_guide()
    two[1].post(url("unsaved", guide), opened(two[1], change_url(guide)))
    assert two[0].post(url("unsaved", guide), opened(two[0], change_url(guide))).json() == {"others": ["Ben"]}
    assert "Ben is writing in this guide too" in two[0].get(change_url(guide)).content.decode()
    UnsavedCopy.objects.update(saved_at=timezone.now() - timedelta(minutes=11))
    assert "is writing" not in two[0].get(change_url(guide)).content.decode()


def test_what_was_typed_is_thrown_away_only_by_post(two):
    guide, ann = draft_guide(), two[0]
    ann.post(url("unsaved", guide), {"title": "Typed"})
    assert ann.get(url("discard", guide)).status_code == 405
    assert UnsavedCopy.objects.exists()
    ann.post(url("discard", guide))
    assert not UnsavedCopy.objects.exists()


def test_too_much_text_is_refused_and_old_copies_are_forgotten(two, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
    guide, ann = draft_guide(), two[0]
    assert ann.post(url("unsaved", guide), {"title": "x" * (unsaved.MOST_BYTES + 1)}).status_code == 413
    ann.post(url("unsaved", guide), {"title": "x"})
    UnsavedCopy.objects.update(saved_at=timezone.now() - timedelta(days=31))
    assert unsaved.forget_old() == 1


# --- how it looks --------------------------------------------------------------------------------
def test_what_is_not_saved_is_shown_as_the_page_will_show_it(two):
    guide, ann = draft_guide(), two[0]
    ann.post(url("unsaved", guide), opened(ann, change_url(guide)) | {"trends": "Typed **now**."})
    page = ann.get(url("page", guide))
    assert "Typed <strong>now</strong>." in page.content.decode()
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "Typed" not in two[1].get(url("page", guide)).content.decode()
    assert ann.get(url("look", guide)).status_code == 200
    ann.post(url("unsaved", guide), opened(ann, change_url(guide)) | {"title": ""})
    assert ann.get(url("page", guide)).status_code == 422


def test_markdown_is_shown_cleaned(two):
    markdown = reverse("admin:careers_guide_markdown")
    answer = two[0].post(markdown, {"text": "**Bold** <script>alert(1)</script>"}).content.decode()
    assert "<strong>Bold</strong>" in answer
    assert "<script" not in answer
    assert two[0].post(markdown, {"text": "x" * 20_001}).status_code == 413


def test_looking_changes_nothing(two):
    published_guide()
    guide = GuideListing.objects.get().guide
    before = rows.read(guide)
    two[0].post(url("unsaved", guide), opened(two[0], change_url(guide)) | {"trends": "Typed."})
    two[0].get(url("page", guide))
    assert rows.read(guide) == before
