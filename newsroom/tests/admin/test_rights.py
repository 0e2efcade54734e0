import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from careers.models import Guide, GuideListing, SearchMiss
from careers.tests.factories import draft_guide, published_guide
from newsroom.tests.admin.forms import change_url, opened, said

pytestmark = pytest.mark.django_db


def retire(guide):
    return reverse("admin:careers_guide_step", args=[guide.pk, "retire"])


def addresses(guide):
    pages = ("changelist", "add", "import")
    own = [reverse(f"admin:careers_guide_{name}", args=[guide.pk]) for name in ("change", "delete", "export", "look", "page")]
    own += [reverse("admin:careers_guide_step", args=[guide.pk, "retire"])]
    revision = guide.revisions.get()
    return [
        *(reverse(f"admin:careers_guide_{page}") for page in pages),
        *own,
        reverse("admin:careers_guiderevision_changelist"),
        *(reverse(f"admin:careers_guiderevision_{name}", args=[revision.pk]) for name in ("change", "file", "restore")),
        reverse("admin:careers_casestudy_changelist"),
        change_url(guide.casestudy_set.get()),
        reverse("admin:careers_skill_changelist"),
        reverse("admin:careers_source_changelist"),
        reverse("admin:careers_searchmiss_changelist"),
    ]


def test_visitors_are_sent_to_sign_in_and_members_are_refused():
    guide = published_guide().guide
    member = Client()
    member.force_login(get_user_model().objects.create_user("member@example.org", "long-enough-password"))
    for address in addresses(guide):
        assert Client().get(address).status_code == 302, address
        assert member.get(address, follow=True).status_code == 403, address


def test_staff_without_rights_are_refused_everywhere(staff):
    guide, nobody = published_guide().guide, staff()
    for address in addresses(guide):
        assert nobody.get(address).status_code == 403, address
    for name in ("unsaved", "discard", "meet"):
        assert nobody.post(reverse(f"admin:careers_guide_{name}", args=[guide.pk])).status_code == 403, name
    for name in ("unsaved_new", "discard_new", "markdown"):
        assert nobody.post(reverse(f"admin:careers_guide_{name}")).status_code == 403, name
    assert nobody.post(retire(guide), {"note": "Old"}).status_code == 403
    assert GuideListing.objects.exists()


def test_staff_who_may_only_read_cannot_publish_or_take_off(staff):
    guide, reader = published_guide().guide, staff("view_guide")
    page = reader.get(change_url(guide)).content.decode()
    assert "Kite maker" in page
    assert 'name="_publish"' not in page
    assert reader.post(change_url(guide), {"title": "Changed", "_publish": "1"}).status_code == 403
    assert reader.post(retire(guide), {"note": "Old"}).status_code == 403
    assert reader.post(reverse("admin:careers_guide_import")).status_code == 403
    reader.post(reverse("admin:careers_guide_changelist"), {"action": "publish_selected", "_selected_action": [guide.pk]})
    assert reader.get(reverse("admin:careers_guide_export", args=[guide.pk])).status_code == 200
    assert Guide.objects.get().title == "Kite maker"


def test_a_guide_is_taken_off_the_site_only_by_post_after_a_question(editor):
    guide = published_guide().guide
    assert "Take off the site: “Kite maker”" in editor.get(retire(guide)).content.decode()
    assert GuideListing.objects.exists()
    assert "This field is required" in editor.post(retire(guide)).content.decode(), "nobody retires a guide without a reason"
    assert "You took off the site “Kite maker”." in said(editor.post(retire(guide), {"note": "Outdated"}, follow=True))
    assert "not possible" in said(editor.post(retire(guide), {"note": "Outdated"}, follow=True))
    assert not GuideListing.objects.exists()
    assert Guide.objects.exists()


def test_a_guide_that_was_published_is_not_deleted_and_the_reason_is_said(editor):
    guide = published_guide().guide
    editor.post(retire(guide), {"note": "Outdated"})
    address = reverse("admin:careers_guide_delete", args=[guide.pk])
    for response in (editor.get(address, follow=True), editor.post(address, {"post": "yes"}, follow=True)):
        assert "was published, so it is not deleted" in said(response)
    assert Guide.objects.exists()


def test_a_draft_can_be_deleted_with_its_parts_and_revisions(editor, staff):
    guide = draft_guide()
    editor.post(change_url(guide), opened(editor, change_url(guide)))
    address = reverse("admin:careers_guide_delete", args=[guide.pk])
    assert guide.revisions.exists()
    assert staff("change_guide", "view_guide").post(address, {"post": "yes"}).status_code == 403
    assert editor.get(address).status_code == 200
    assert editor.post(address, {"post": "yes"}).status_code == 302
    assert not Guide.objects.exists()


def test_several_guides_are_never_deleted_at_once(chief):
    guide = draft_guide()
    chief.post(reverse("admin:careers_guide_changelist"), {"action": "delete_selected", "_selected_action": [guide.pk], "post": "yes"})
    assert Guide.objects.exists()


def test_searches_without_result_are_read_and_cleared_but_not_written(chief):
    from django.utils import timezone

    miss = SearchMiss.objects.create(words="lighthouse keeper", last_at=timezone.now())
    assert "lighthouse keeper" in chief.get(reverse("admin:careers_searchmiss_changelist")).content.decode()
    assert chief.get(reverse("admin:careers_searchmiss_add")).status_code == 403
    assert chief.post(change_url(miss), {"words": "other"}).status_code == 403
    assert chief.post(reverse("admin:careers_searchmiss_delete", args=[miss.pk]), {"post": "yes"}).status_code == 302
    assert not SearchMiss.objects.exists()
