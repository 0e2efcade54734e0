import re

import pytest
import time_machine
from django.urls import reverse

from careers.models import PayBand
from careers.preview import preview_path
from careers.tests.factories import draft_guide, published_guide
from newsroom.tests.admin.forms import change_url

pytestmark = pytest.mark.django_db


def test_the_link_on_the_form_shows_the_draft_to_people_without_an_account(editor, client):
    guide = draft_guide(title="Unpublished maker")
    form = editor.get(change_url(guide)).content.decode()
    link = re.search(r'href="(/guides/kite-maker/preview/[^"]+)"', form)[1]
    response = client.get(link)
    assert response.status_code == 200
    assert "Unpublished maker" in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"


def test_the_preview_shows_the_draft_of_a_published_guide_and_not_the_published_text(client):
    guide = published_guide().guide
    guide.trends = "A change nobody has published."
    guide.save()
    assert "A change nobody has published." in client.get(preview_path(guide)).content.decode()


def test_an_incomplete_draft_has_a_preview(client, db):
    from careers.models import Guide

    guide = Guide.objects.create(slug="empty-guide", title="Empty guide")
    assert "Empty guide" in client.get(preview_path(guide)).content.decode()


def test_wrong_old_and_foreign_links_are_not_found(client):
    guide, other = draft_guide(), draft_guide(slug="sail-maker")
    good = preview_path(guide)
    token = good.rstrip("/").rpartition("/")[2]
    wrong = [
        good[:-2] + "/",
        reverse("careers:guide_preview", args=[guide.slug, "nonsense"]),
        reverse("careers:guide_preview", args=[guide.slug, str(guide.pk)]),
        reverse("careers:guide_preview", args=[other.slug, token]),
        reverse("careers:guide_preview", args=[guide.slug, token.replace(str(guide.pk), str(other.pk), 1)]),
    ]
    assert [client.get(path).status_code for path in wrong] == [404] * len(wrong)
    with time_machine.travel("2031-01-01"):
        assert client.get(good).status_code == 404


def test_the_link_ends_with_the_guide(client):
    guide = draft_guide()
    path = preview_path(guide)
    guide.delete()
    assert client.get(path).status_code == 404


def test_the_preview_is_only_read(client):
    assert client.post(preview_path(draft_guide())).status_code == 405


def test_a_draft_that_contradicts_itself_says_so_instead_of_failing(client, editor):
    guide = draft_guide()
    PayBand.objects.update(country="usa"[:2])
    response = client.get(preview_path(guide))
    assert response.status_code == 422
    assert "contradicts itself" in response.content.decode()
    page = editor.get(change_url(guide)).content.decode()
    assert "The draft contradicts itself" in page
    assert "pay.0.country" in page
    assert editor.get(reverse("admin:careers_guide_export", args=[guide.pk])).status_code == 302
    response = editor.post(
        reverse("admin:careers_guide_changelist"), {"action": "publish_selected", "_selected_action": [guide.pk]}, follow=True
    )
    assert "not published" in response.content.decode()
