import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from careers.demo import Loaded, load_fields, load_guides
from careers.document import files, rows
from careers.models import Field, Guide, GuideListing, GuideRevision, Skill, Source
from careers.publishing import publish, withdraw
from careers.tests.factories import complete_document, draft_guide, make_field, published_guide
from newsroom.tests.admin.forms import change_url, opened, said

pytestmark = pytest.mark.django_db
IMPORT = "admin:careers_guide_import"


def upload(client, data, name="guide.yaml"):
    return client.post(reverse(IMPORT), {"file": SimpleUploadedFile(name, data)}, follow=True)


def test_a_guide_file_becomes_a_draft(editor):
    make_field()
    response = upload(editor, files.dump(complete_document()))
    assert "is created, as a draft" in said(response)
    assert rows.read(Guide.objects.get()) == complete_document()
    assert not GuideListing.objects.exists()


def test_an_import_over_a_published_guide_says_that_visitors_do_not_see_it_yet(editor):
    published_guide()
    response = upload(editor, files.dump(complete_document(title="Kite smith")))
    assert "Visitors see the published guide until you publish this draft." in said(response)
    assert GuideListing.objects.get().title == "Kite maker"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"format: waymark-guide/1\nslug: kite\ntitle: Kite\npay: 7\n", "Line 4: pay"),
        (b"format: waymark-guide/1\nslug: [\n", "Line 3"),
        (b"format: waymark-guide/1\nslug: kite\ntitle: Kite\nfield: nowhere\n", "there is no field of work"),
        (b"format: waymark-guide/1\nslug: k\xff\n", "Line 2: is not UTF-8"),
        (b"x" * 1_000_001, "1,000,001 bytes; at most 1,000,000 are read"),
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", ""),
        (b"hello", ""),
        (b"<script>alert(1)</script>", ""),
    ],
)
def test_a_bad_file_is_refused_with_line_and_reason_beside_the_field(editor, data, reason):
    response = upload(editor, data)
    assert response.status_code == 200
    assert reason in " ".join(response.context["form"].errors["file"])
    assert b"<script>alert" not in response.content
    assert not Guide.objects.exists()


def test_a_file_that_only_the_database_refuses_is_an_error_and_not_a_crash(editor):
    make_field()
    pins = [{"slug": "sail-maker", "reason": "Needles"}, {"slug": "sail-maker", "reason": "Thread"}]
    response = upload(editor, files.dump(complete_document()).replace(b"day:", b"related:\n" + yaml_of(pins) + b"day:", 1))
    assert response.context["form"].errors["file"]
    assert not Guide.objects.exists()


def yaml_of(pins):
    return "".join(f"  - slug: {pin['slug']}\n    reason: {pin['reason']}\n" for pin in pins).encode()


def test_an_upload_without_a_file_is_refused(editor):
    assert "required" in editor.post(reverse(IMPORT)).content.decode()


def test_the_export_is_the_file_of_the_draft(editor):
    guide = draft_guide()
    response = editor.get(reverse("admin:careers_guide_export", args=[guide.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="kite-maker.yaml"'
    assert files.load(response.content) == complete_document()


def test_each_save_that_changes_something_is_kept_as_a_revision(editor):
    guide = draft_guide()
    editor.post(change_url(guide), opened(editor, change_url(guide)))
    editor.post(change_url(guide), opened(editor, change_url(guide)))
    assert guide.revisions.count() == 1
    editor.post(change_url(guide), opened(editor, change_url(guide)) | {"title": "Kite smith"})
    assert [revision.document["title"] for revision in guide.revisions.all()] == ["Kite smith", "Kite maker"]


def test_a_revision_can_be_read_downloaded_and_gone_back_to(editor):
    guide = published_guide().guide
    rows.write(complete_document(title="Kite smith"), guide)
    publish(guide)
    first = guide.revisions.get(number=1)
    page = editor.get(reverse("admin:careers_guiderevision_changelist"), {"guide__id__exact": guide.pk})
    assert len(page.context["cl"].result_list) == 2
    assert "title: Kite maker" in editor.get(change_url(first)).content.decode()
    assert files.load(editor.get(reverse("admin:careers_guiderevision_file", args=[first.pk])).content) == complete_document()

    address = reverse("admin:careers_guiderevision_restore", args=[first.pk])
    assert editor.get(address).status_code == 200
    assert rows.read(guide).title == "Kite smith"
    assert "says again what" in said(editor.post(address, follow=True))
    assert rows.read(Guide.objects.get()) == complete_document()
    assert GuideListing.objects.get().title == "Kite smith"


def test_revisions_are_not_written_by_hand(chief):
    revision = published_guide().revision
    assert chief.get(reverse("admin:careers_guiderevision_add")).status_code == 403
    assert chief.post(change_url(revision), {"note": "changed"}).status_code == 403
    assert chief.post(reverse("admin:careers_guiderevision_delete", args=[revision.pk]), {"post": "yes"}).status_code == 403


def test_new_names_of_skills_and_sources_do_not_change_what_is_published(chief):
    listing = published_guide()
    skill, source = Skill.objects.get(name="Patience"), Source.objects.get()
    chief.post(change_url(skill), opened(chief, change_url(skill)) | {"name": "Calm"})
    chief.post(change_url(source), opened(chief, change_url(source)) | {"publisher": "Another"})
    listing = GuideListing.objects.get()
    assert "Patience" in listing.content.soft_skills.items
    assert listing.content.sources[0].publisher == "Wind Office"
    assert "keep the words they were published with" in chief.get(change_url(skill)).content.decode()
    assert "Kite maker" in chief.get(change_url(skill)).content.decode()


def test_a_source_in_use_is_not_deleted(chief):
    source = Source.objects.get(pk=draft_guide().guidesource_set.get().source_id)
    page = chief.post(reverse("admin:careers_source_delete", args=[source.pk]), {"post": "yes"})
    assert "protected" in page.content.decode()
    assert Source.objects.exists()


def test_sample_content_is_loaded_once_and_leaves_later_work_alone(tmp_path):
    fields, guide_file = tmp_path / "fields.yaml", tmp_path / "kite.yaml"
    fields.write_text("- slug: crafts\n  name: Crafts\n  intro: By hand.\n")
    guide_file.write_bytes(files.dump(complete_document()))
    assert load_fields(fields) == load_fields(fields) == Field.objects.count() == 1
    assert load_guides([guide_file]) == Loaded(created=1)
    assert load_guides([guide_file]) == Loaded(unchanged=1)

    guide = Guide.objects.get()
    guide.trends = "Staff wrote this."
    guide.save()
    withdraw(guide)
    assert load_guides([guide_file]) == Loaded(unchanged=1)
    assert not GuideListing.objects.exists()
    guide_file.write_bytes(files.dump(complete_document(title="Kite smith")))
    assert str(load_guides([guide_file])) == "0 guides created, 1 updated, 0 unchanged"
    assert GuideListing.objects.get().title == "Kite smith"
    assert GuideRevision.objects.filter(note__startswith="Sample content").count() == 2
