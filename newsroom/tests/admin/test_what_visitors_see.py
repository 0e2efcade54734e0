"""A step of an editor, and every stored page that shows the guide."""

import pytest
from django.test import Client
from django.urls import reverse

from careers.models import Guide
from careers.tests.factories import published_guide
from kit import stamp
from newsroom.tests.admin.conftest import signed_in
from newsroom.tests.admin.forms import change_url, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    """Every kind of page that names a guide."""
    guide = published_guide().guide
    published_guide(slug="sail-maker", title="Sail maker")
    return [
        guide.listing.get_absolute_url(),
        reverse("careers:guide_list"),
        reverse("careers:field", args=[guide.field.slug]),
        reverse("careers:compare_guides", args=["kite-maker-vs-sail-maker"]),
        reverse("careers:guide_feed"),
        reverse("careers:case_study", args=["kite-maker", guide.casestudy_set.get().slug]),
    ]


def test_what_is_published_stands_on_every_page_and_what_is_a_draft_on_none(pages, ben):
    guide, editor, visitor = Guide.objects.get(slug="kite-maker"), signed_in(ben), Client()
    for page in pages:
        assert "Kite maker" in visitor.get(page).content.decode(), page
    editor.post(change_url(guide), opened(editor, change_url(guide)) | {"title": "Glider maker"})
    stamp.recent.forget()
    for page in pages:
        assert "Glider maker" not in visitor.get(page).content.decode(), page
    editor.post(change_url(guide), opened(editor, change_url(guide)) | {"_publish": "1"})
    for page in pages:
        assert "Glider maker" in editor.get(page).content.decode(), f"the editor sees it at once: {page}"
    stamp.recent.forget()  # what a second of waiting does in every process
    for page in pages:
        assert "Glider maker" in visitor.get(page).content.decode(), page


def test_a_retired_guide_is_on_no_page_and_leaves_the_sitemap(pages, ben):
    guide, visitor = Guide.objects.get(slug="kite-maker"), Client()
    sitemap = reverse("sitemap_section", args=["guides"])
    assert "/guides/kite-maker/" in visitor.get(sitemap).content.decode()
    signed_in(ben).post(reverse("admin:careers_guide_step", args=[guide.pk, "retire"]), {"note": "Outdated"})
    stamp.recent.forget()
    assert "/guides/kite-maker/" not in visitor.get(sitemap).content.decode()
    assert visitor.get(pages[0]).status_code == 410
    for page in pages[1:3]:
        assert "Kite maker" not in visitor.get(page).content.decode(), page


def test_an_owner_who_left_the_staff_stands_in_the_form_until_somebody_takes_over(ann, ben):
    guide, editor = published_guide().guide, signed_in(ben)
    Guide.objects.filter(pk=guide.pk).update(owner=ann)
    ann.is_staff = False
    ann.save()
    assert editor.post(change_url(guide), opened(editor, change_url(guide)) | {"trends": "New."}).status_code == 302
    assert Guide.objects.get(pk=guide.pk).owner == ann


def test_what_a_browser_sends_back_unchanged_is_no_change_to_anybody(ben):
    texts = {"what_you_do": "One paragraph.\n\nAnother one.", "standfirst": "You cut and sew kites,\nand fly what you sewed."}
    guide, editor = published_guide(**texts).guide, signed_in(ben)
    editor.post(change_url(guide), opened(editor, change_url(guide)))
    guide.refresh_from_db()
    assert guide.state == "published"
    editor.post(change_url(guide), opened(editor, change_url(guide)) | {"trends": "New.", "_publish": "1"})
    page = editor.get(reverse("admin:careers_guide_compare", args=[guide.pk]), {"from": "1", "to": str(guide.revisions.first().number)})
    assert [section.title for section in page.context["sections"]] == ["Trends to watch"]
