import pytest

from careers.document import files, rows
from careers.models import Guide, GuideSkill, Skill, SkillAlias, Source
from careers.tests.factories import complete_document, draft_guide

pytestmark = pytest.mark.django_db


def test_rows_give_back_the_document_they_were_written_from():
    document = complete_document()
    assert rows.read(draft_guide()) == document


def test_export_import_and_export_again_gives_the_same_bytes():
    first = files.dump(rows.read(draft_guide()))
    guide = Guide.objects.get()
    rows.write(files.load(first), guide)
    assert files.dump(rows.read(guide)) == first


def test_writing_again_replaces_and_never_duplicates():
    guide = draft_guide()
    rows.write(complete_document(faq=[{"question": "One?", "answer": "Yes."}]), guide)
    assert [q.question for q in guide.question_set.all()] == ["One?"]
    assert Source.objects.count() == 1


def test_an_alias_names_the_skill_itself():
    sewing = Skill.objects.create(name="Sewing")
    SkillAlias.objects.create(skill=sewing, name="Stitching")
    guide = draft_guide(technical_skills={"items": ["stitching", "Spar bending"]})
    assert rows.read(guide).technical_skills.items == ["Sewing", "Spar bending"]
    assert Skill.objects.filter(name__iexact="stitching").count() == 0


def test_skills_differ_by_neither_case_nor_accent():
    Skill.objects.create(name="Sèwing")
    guide = draft_guide()
    assert GuideSkill.objects.filter(guide=guide, skill__name="Sèwing").exists()


def test_an_empty_draft_is_a_document_too():
    guide = Guide.objects.create(slug="empty", title="Empty")
    assert rows.read(guide).model_dump(exclude_defaults=True) == {"slug": "empty", "title": "Empty"}


def test_a_note_without_its_level_waits_in_the_row():
    guide = Guide.objects.create(slug="half", title="Half", remote_note="two days at home", demand_text="Much asked for.")
    assert rows.read(guide).remote is None
    assert rows.read(guide).demand is None


def test_headings_inside_line_lists_open_groups():
    lines = ["# Front", "a", "b", "# Empty", "# Back", "c"]
    assert list(rows.split_groups(lines)) == [{"group": "Front", "items": ["a", "b"]}, {"group": "Back", "items": ["c"]}]
