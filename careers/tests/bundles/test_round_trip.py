import io
import zipfile

import pytest
from django.core.management import CommandError, call_command

from careers.bundles.archive import Archive, Entry
from careers.bundles.looking import Look, Looker
from careers.bundles.packing import pack
from careers.choices import Section
from careers.importing import import_bytes
from careers.models import CaseShare, CaseStudy, Guide, GuideRevision, RelatedPin, Skill, SkillAlias, Source, Tier
from careers.tests.bundles.zips import guide_file, zipped
from careers.tests.factories import draft_guide, make_field, published_guide, published_guides

pytestmark = pytest.mark.django_db


def packed(guides=None):
    out = io.BytesIO()
    left_out = pack(Guide.objects.values_list("pk", flat=True) if guides is None else guides, out)
    return out.getvalue(), left_out


def looks(data):
    looker = Looker()
    return {found.slug: found.look for found in map(looker.look, Archive(data).entries())}


def test_what_is_exported_says_the_same_when_it_comes_back():
    published_guides(3)
    draft_guide(slug="draft", title="Draft", pay=[], field=None)
    data, left_out = packed()
    assert not left_out
    assert set(looks(data).values()) == {Look.SAME}
    assert len(looks(data)) == 4
    assert packed()[0] == data


def test_also_after_sources_skills_and_shared_cases_were_changed_elsewhere():
    """What guides share changes without a revision of them."""
    one, other = (listing.guide for listing in published_guides(2))
    CaseShare.objects.create(guide=other, case=CaseStudy.objects.get(guide=one, slug="camera-kite"), position=9)
    CaseStudy.objects.filter(guide=other).delete()
    Source.objects.update(title="Another title")
    skill = Skill.objects.get(name="Sewing")
    skill.name = "Needlework"
    skill.save()
    SkillAlias.objects.create(skill=skill, name="Sewing")
    data, _ = packed()
    assert set(looks(data).values()) == {Look.SAME}
    assert "Needlework" in zipfile.ZipFile(io.BytesIO(data)).read("guides/maker-1.yaml").decode()


def test_looking_agrees_with_importing():
    published_guide()
    SkillAlias.objects.create(skill=Skill.objects.get(name="Sewing"), name="Stitching")
    changes = [
        {},
        {"title": "Other"},
        {"technical_skills": {"items": ["Stitching", "Spar bending", "sewing"]}},
        {"technical_skills": {"items": ["Spar bending", "Sewing"]}},
        {"pros": ["Sun"]},
    ]
    for change in changes:
        data = guide_file(**change)
        look = Looker().look(Entry("x", data)).look
        before = Guide.objects.get().revisions.count()
        assert {"updated": Look.CHANGED, "unchanged": Look.SAME}[import_bytes(data).outcome.value] is look, change
        assert (Guide.objects.get().revisions.count() > before) == (look is Look.CHANGED)
        import_bytes(guide_file())


def test_looking_writes_nothing_and_names_the_sections():
    published_guide()
    before = GuideRevision.objects.count(), Skill.objects.count()
    found = Looker().look(Entry("x", guide_file(pros=["Sun"], technical_skills={"items": ["Brand new skill"]})))
    assert found.look is Look.CHANGED
    assert found.lines == (Section.TECHNICAL.label, Section.PROS_CONS.label)
    assert (GuideRevision.objects.count(), Skill.objects.count()) == before


def test_new_refused_and_contradicting():
    make_field()
    looker = Looker()
    assert looker.look(Entry("x", guide_file())).look is Look.NEW
    broken = looker.look(Entry("x", b"format: waymark-guide/1\nslug: a\ntitle: [\n"))
    assert broken.look is Look.REFUSED
    assert "Line" in broken.lines[0]
    assert "no field of work" in looker.look(Entry("x", guide_file(field="nowhere"))).lines[0]
    guide = draft_guide()
    Tier.objects.filter(guide=guide).update(title="")
    assert "contradicts itself" in looker.look(Entry("x", guide_file())).lines[0]
    data, left_out = packed()
    assert left_out == ["kite-maker"]
    assert "kite-maker" in zipfile.ZipFile(io.BytesIO(data)).read("report.txt").decode()
    assert zipfile.ZipFile(io.BytesIO(data)).namelist() == ["report.txt"]


def test_a_guide_costs_the_same_however_many_there_are(django_assert_max_num_queries):
    published_guides(12)
    with django_assert_max_num_queries(12 * 22 + 3):
        packed()


# --- commands ------------------------------------------------------------------------------------
def run(name, *args, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command(name, *args, stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def test_the_commands_take_zips_both_ways(tmp_path):
    published_guides(2)
    file = tmp_path / "all.zip"
    assert "bytes" in run("export_guide", archive=file)[0]
    out, _ = run("import_guide", file, dry_run=True)
    assert out.splitlines() == ["guides/maker-1.yaml: maker-1 same", "guides/maker-2.yaml: maker-2 same"]
    assert "guides/maker-1.yaml: maker-1 unchanged, draft" in run("import_guide", file)[0]


def test_a_dry_run_says_what_would_happen_and_writes_nothing(tmp_path):
    make_field()
    file = tmp_path / "some.zip"
    file.write_bytes(zipped({"new.yaml": guide_file(), "bad.yaml": "format: waymark-guide/1\nslug: [\n"}))
    out, err = io.StringIO(), io.StringIO()
    with pytest.raises(CommandError, match="1 of 2 files would be refused"):
        call_command("import_guide", file, dry_run=True, stdout=out, stderr=err)
    assert out.getvalue() == "new.yaml: kite-maker new\n"
    assert "bad.yaml: refused" in err.getvalue()
    assert not Guide.objects.exists()
    assert not RelatedPin.objects.exists()
    with pytest.raises(CommandError, match="1 of 2 files not imported"):
        call_command("import_guide", file, stdout=out, stderr=err)
    assert Guide.objects.get().slug == "kite-maker"


def test_what_is_no_zip_is_said(tmp_path):
    file = tmp_path / "some.zip"
    file.write_bytes(b"no")
    err = io.StringIO()
    with pytest.raises(CommandError):
        call_command("import_guide", file, stderr=err)
    assert "not a zip" in err.getvalue()
