import io

import pytest
from django.core.management import CommandError, call_command

from careers.document import files, rows
from careers.importing import ImportRefused, Outcome, import_bytes
from careers.models import Guide, GuideListing, GuideRevision, Skill
from careers.publishing import publish
from careers.tests.factories import complete_document, make_field

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _field():
    make_field()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "kite-maker.yaml"
    path.write_bytes(files.dump(complete_document()))
    return path


def run(command, *args, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command(command, *args, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_a_file_becomes_a_draft_that_visitors_do_not_see(file):
    imported = import_bytes(file.read_bytes())
    assert imported.outcome is Outcome.CREATED
    assert rows.read(imported.guide) == complete_document()
    assert [revision.kind for revision in imported.guide.revisions.all()] == [GuideRevision.Kind.DRAFT]
    assert not GuideListing.objects.exists()


def test_the_same_file_again_changes_nothing(file):
    import_bytes(file.read_bytes())
    assert import_bytes(file.read_bytes()).outcome is Outcome.UNCHANGED
    assert GuideRevision.objects.count() == 1
    assert Guide.objects.count() == 1


def test_a_changed_file_is_a_new_draft_of_the_same_guide(file):
    import_bytes(file.read_bytes())
    imported = import_bytes(files.dump(complete_document(title="Sail maker")))
    assert imported.outcome is Outcome.UPDATED
    assert Guide.objects.get().title == "Sail maker"
    assert GuideRevision.objects.count() == 2


def test_a_published_guide_is_not_overwritten(file):
    publish(import_bytes(file.read_bytes()).guide)
    imported = import_bytes(files.dump(complete_document(title="Sail maker")))
    assert imported.is_public
    assert GuideListing.objects.get().content.title == "Kite maker"


def test_a_fault_anywhere_writes_nothing(file):
    data = file.read_bytes().replace(b"median: 45000", b"median: 1")
    with pytest.raises(ImportRefused) as caught:
        import_bytes(data)
    assert caught.value.problems[0][0] is not None
    assert not Guide.objects.exists()
    assert not Skill.objects.exists()


def test_an_unknown_field_of_work_is_refused():
    with pytest.raises(ImportRefused, match="no field of work 'nowhere'"):
        import_bytes(files.dump(complete_document(field="nowhere")))


def test_the_command_reports_each_file_and_goes_on_after_a_bad_one(file, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_bytes(b"format: waymark-guide/1\nslug: A\n")
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="1 of 2 files not imported"):
        call_command("import_guide", bad, file, stdout=out, stderr=err)
    assert "kite-maker created, draft" in out.getvalue()
    assert f"{bad}:2:" in err.getvalue()


def test_the_command_publishes_on_request_and_says_what_is_missing(file, tmp_path):
    assert "kite-maker published" in run("import_guide", file, publish=True)[0]
    incomplete = tmp_path / "half.yaml"
    incomplete.write_bytes(files.dump(complete_document(slug="half", pay=[])))
    err = io.StringIO()
    with pytest.raises(CommandError, match="not complete"):
        call_command("import_guide", incomplete, publish=True, stderr=err, stdout=io.StringIO())
    assert "Add a pay band." in err.getvalue()
    assert GuideListing.objects.count() == 1


def test_a_file_that_is_not_there_is_one_clear_line(tmp_path):
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_guide", tmp_path / "none.yaml", stderr=err)
    assert "No such file" in err.getvalue()


def test_export_import_and_export_again_gives_the_same_bytes(file, tmp_path):
    run("import_guide", file)
    first, _ = run("export_guide", "kite-maker")
    again = tmp_path / "again.yaml"
    again.write_text(first, encoding="utf-8")
    assert "unchanged" in run("import_guide", again)[0]
    assert run("export_guide", "kite-maker")[0] == first


def test_export_to_a_file_replaces_it_whole(file):
    run("import_guide", file)
    before = file.read_bytes()
    out, _ = run("export_guide", "kite-maker", output=file)
    assert file.read_bytes() == before
    assert f"{len(before):,} bytes" in out
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_an_unknown_guide_cannot_be_exported():
    with pytest.raises(CommandError, match="no guide 'nothing'"):
        call_command("export_guide", "nothing")


COPIED = """Kite Maker Career Path Guide

Kites are built by people who understand wind and cloth alike.

10%

growth rate

Core Functions of the Kite Maker Role

Sails are cut and frames are bent before anything flies.

Key Responsibilities

  • Cutting sails.
  • Bending frames.
"""


def test_a_copied_page_is_read_into_a_draft_and_the_rest_is_reported_by_line(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(COPIED, encoding="utf-8")
    out, _ = run("import_guide", page)
    assert "Key responsibilities, line 13: 2 items" in out
    assert "kite-maker created, draft" in out
    assert "growth of which country is not said" in out


def test_a_copied_page_keeps_what_only_editors_write(file, tmp_path):
    import_bytes(file.read_bytes())
    import_bytes(COPIED.encode())
    document = rows.read(Guide.objects.get())
    assert document.responsibilities[0].items == ["Cutting sails", "Bending frames"]
    assert document.field == "crafts"
    assert document.standfirst
