import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from careers.models import Field, FormerSlug, Guide
from careers.tests.factories import published_guide
from newsroom.tests.admin.forms import change_url, said

pytestmark = pytest.mark.django_db


def address_of(row):
    return reverse(f"admin:careers_{row._meta.model_name}_address", args=[row.pk])


@pytest.fixture
def publisher(staff):
    return staff("view_guide", "change_guide", "publish_guide", "view_field", "change_field")


def test_an_editor_reads_what_will_happen_and_changes_the_address(publisher):
    guide = published_guide().guide
    page = publisher.get(address_of(guide)).content.decode()
    assert "Links to the old address lead to the new one" in page
    assert Guide.objects.get().slug == "kite-maker"
    response = publisher.post(address_of(guide), {"slug": "kite-builder"}, follow=True)
    assert "has the address kite-builder now" in said(response)
    assert Guide.objects.get().slug == "kite-builder"
    assert "Address changed from kite-maker to kite-builder." in LogEntry.objects.get().get_change_message()


def test_a_field_as_well_and_its_form_leads_there(publisher):
    published_guide()
    field = Field.objects.get()
    assert address_of(field) in publisher.get(change_url(field)).content.decode()
    assert "1 published guide of this field" in publisher.get(address_of(field)).content.decode()
    assert publisher.post(address_of(field), {"slug": "handwork"}).status_code == 302
    assert Field.objects.get().slug == "handwork"
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("slug", "why"),
    [
        ("", "required"),
        ("kite-maker", "the address that it has"),
        ("Kite", "small letters"),
        ("a b", "valid"),
        ("a-vs-b", "kept for comparisons"),
        ("x" * 81, "at most 80"),
        ("sail-maker", "has this address"),
    ],
)
def test_what_cannot_be_an_address_is_said_beside_the_field(slug, why, publisher):
    guide = published_guide().guide
    published_guide(slug="sail-maker", title="Sail maker")
    response = publisher.post(address_of(guide), {"slug": slug})
    assert response.status_code == 422
    assert why in response.content.decode()
    assert not FormerSlug.objects.exists()
    assert not LogEntry.objects.exists()


def test_writers_may_not(staff):
    guide = published_guide().guide
    writer = staff("view_guide", "change_guide", "change_field")
    for row in (guide, Field.objects.get()):
        assert writer.get(address_of(row)).status_code == 403
        assert writer.post(address_of(row), {"slug": "other"}).status_code == 403
    assert address_of(Field.objects.get()) not in writer.get(change_url(Field.objects.get())).content.decode()
    assert Guide.objects.get().slug == "kite-maker"


def test_what_is_not_there_is_not_found(publisher):
    assert publisher.get(reverse("admin:careers_guide_address", args=[99])).status_code == 404
