"""Merging skills and fields: nothing that refers to the loser is lost, and its names mean the survivor."""

from threading import Thread

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import ForeignKey, ManyToManyField, UniqueConstraint
from django.test import Client

from accounts.models import SkillMark, SkillState
from accounts.tests.factories import make_user
from ads.tests.factories import make_ad
from careers.document import files
from careers.importing import Outcome, import_bytes
from careers.models import Field, FormerSlug, Guide, GuideListing, GuideSkill, ListedSkill, Skill, SkillAlias
from careers.search.vocabulary import forget
from careers.tests.factories import complete_document, make_field, published_guide
from jobs.matching import load
from jobs.models import Job
from jobs.search import catalogue
from jobs.tests.factories import make_job
from kit import stamp
from kit.models import ContentStamp
from newsroom import tasks
from newsroom.merging.merge import MergeRefused, merge_fields, merge_skills, moving
from newsroom.merging.references import references, uniques

pytestmark = pytest.mark.django_db
MERGED = (Skill, Field)


@pytest.fixture(autouse=True)
def fresh(db):
    ContentStamp.objects.get_or_create(pk=1)
    catalogue.forget()
    forget()
    yield
    catalogue.forget()
    forget()


def skill(name):
    return Skill.objects.get_or_create(name=name)[0]


# --- references ----------------------------------------------------------------------------------
@pytest.mark.parametrize("model", MERGED)
def test_every_table_that_refers_is_known(model):
    """Walked from the other side: every column of every table of every room."""
    tables = [one for app in apps.get_app_configs() for one in app.get_models(include_auto_created=True)]
    expected = {
        (table._meta.label, column.name)
        for table in tables
        for column in table._meta.local_fields
        if isinstance(column, ForeignKey) and column.related_model is model
    }
    assert {(one.model._meta.label, one.name) for one in references(model)} == expected
    lists = [column for table in tables for column in table._meta.local_many_to_many if isinstance(column, ManyToManyField)]
    for column in lists:
        if column.related_model is model:
            assert column.remote_field.through in {one.model for one in references(model)}


@pytest.mark.parametrize("model", MERGED)
def test_no_rule_of_uniqueness_is_of_a_kind_that_moving_does_not_know(model):
    for one in references(model):
        for constraint in one.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and constraint.expressions:
                names = {part.name for e in constraint.expressions for part in e.flatten() if isinstance(part, models.F)}
                assert one.name not in names, constraint
    assert list(uniques(GuideSkill, "skill")) == [(["guide", "listing", "group"], models.Q(), False)]


# --- skills --------------------------------------------------------------------------------------
def test_what_refers_to_a_skill_refers_to_the_survivor():
    guide = published_guide().guide
    loser, survivor = skill("Sewing"), skill("Needlework")
    SkillAlias.objects.create(skill=loser, name="Stitching")
    user = make_user("a@example.org")
    SkillMark.objects.create(user=user, skill=loser, state=SkillState.HAVE, guide=guide)
    job = make_job()
    job.skills.add(loser)
    before = {one.label: one.rows for one in moving(loser)}
    assert before == {"guide skills": 2, "listed skills": 1, "jobs": 1, "aliases": 1, "skill marks": 1}
    merge_skills(loser, survivor)
    assert {one.label: one.rows for one in moving(survivor)} == before | {"aliases": 2}
    assert set(survivor.aliases.values_list("name", flat=True)) == {"Sewing", "Stitching"}
    assert not Skill.objects.filter(name="Sewing").exists()
    assert list(job.skills.all()) == [survivor]


def test_where_both_stand_the_survivors_row_stays():
    guide = published_guide().guide
    loser, survivor = skill("Sewing"), skill("Spar bending")  # both are technical skills of the guide
    user = make_user("a@example.org")
    for one, state in ((loser, SkillState.MISSING), (survivor, SkillState.HAVE)):
        SkillMark.objects.create(user=user, skill=one, state=state, guide=guide)
    job = make_job()
    job.skills.set([loser, survivor])
    merge_skills(loser, survivor)
    assert SkillMark.objects.get().state == SkillState.HAVE
    assert list(job.skills.all()) == [survivor]
    assert ListedSkill.objects.filter(skill=survivor).count() == 1
    uses = GuideSkill.objects.filter(skill=survivor)
    assert sorted(uses.values_list("listing", flat=True)) == ["map", "technical"]


def test_documents_keep_their_words_and_files_that_say_the_old_name_mean_the_survivor():
    listing = published_guide()
    file = files.dump(complete_document())
    merge_skills(skill("Sewing"), skill("Needlework"))
    assert "Sewing" in GuideListing.objects.get().content.technical_skills.items
    assert import_bytes(file).outcome == Outcome.UNCHANGED
    assert Guide.objects.get(pk=listing.pk).guideskill_set.filter(skill__name="Needlework").count() == 2
    assert not Skill.objects.filter(name="Sewing").exists()


def test_a_name_that_is_an_alias_already_is_not_written_twice():
    loser, survivor = skill("Sewing"), skill("Needlework")
    SkillAlias.objects.create(skill=survivor, name="sewing")
    merge_skills(loser, survivor)
    assert [alias.name for alias in survivor.aliases.all()] == ["sewing"]


def test_jobs_are_found_by_the_surviving_name_and_by_the_old_one():
    loser, survivor = skill("Sewing"), skill("Needlework")
    make_job(title="Maker").skills.add(loser)
    make_job("2", title="Helper", description="<p>Sewing all day.</p>")
    merge_skills(loser, survivor)
    tasks.link_jobs(survivor.pk)
    for words in ("needlework", "sewing"):
        stamp.recent.forget()
        forget()
        found = Client().get("/jobs/", {"q": words, "exact": "1"}).context["page"].results.jobs
        assert {job.title for job in found} == {"Maker", "Helper"}, words
    assert load().skills_of("We sew: sewing") == {survivor.pk}


def test_a_new_alias_links_the_jobs_that_say_it_and_running_it_twice_changes_nothing(monkeypatch):
    monkeypatch.setattr("jobs.matching.BATCH", 2)
    one = skill("Needlework")
    for number in range(5):
        make_job(str(number), description="<p>Fine STITCHING wanted</p>")
    make_job("other", description="<p>Backstitching is not it</p>")
    SkillAlias.objects.create(skill=one, name="Fine stitching")
    for _ in range(2):
        tasks.link_jobs(one.pk)
        assert Job.objects.filter(skills=one).count() == 5
    tasks.link_jobs(10**6)  # gone in the meantime


def test_nothing_is_merged_into_itself_or_into_what_is_gone():
    loser, survivor = skill("Sewing"), skill("Needlework")
    with pytest.raises(MergeRefused, match="another one"):
        merge_skills(loser, Skill.objects.get(pk=loser.pk))
    merge_skills(loser, survivor)
    loser.pk = 10**6
    with pytest.raises(MergeRefused, match="gone"):
        merge_skills(loser, survivor)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("merge", "make"), [(merge_skills, skill), (merge_fields, make_field)])
def test_two_merges_towards_each_other_leave_one(merge, make):
    ContentStamp.objects.get_or_create(pk=1)
    one, other = make("one"), make("other")
    refused = []

    def run(loser, survivor):
        try:
            merge(loser, survivor)
        except MergeRefused as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in ((one, other), (other, one))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert type(one).objects.count() == 1


# --- fields --------------------------------------------------------------------------------------
def test_guides_listings_ads_and_the_address_of_a_field_go_to_the_survivor():
    guide = published_guide().guide
    loser, survivor = Field.objects.get(slug="crafts"), make_field("handwork")
    FormerSlug.objects.create(slug="older", field=loser)
    creative = make_ad(name="Shop")
    creative.fields.set([loser, survivor])
    make_job(guide=guide)
    file = files.dump(complete_document(title="From a file"))
    merge_fields(loser, survivor)
    listing = GuideListing.objects.get()
    assert (listing.field, listing.content.field, Guide.objects.get().field) == (survivor, "handwork", survivor)
    assert listing.words_c.endswith("\nHandwork")
    assert list(creative.fields.all()) == [survivor]
    stamp.recent.forget()
    catalogue.forget()
    for slug in ("crafts", "older"):
        assert Client().get(f"/guides/field/{slug}/?x=1")["Location"] == "/guides/field/handwork/?x=1"
        assert len(Client().get(f"/jobs/?field={slug}").context["page"].results.jobs) == 1
    assert import_bytes(file).guide.field == survivor
    assert not Field.objects.filter(slug="crafts").exists()
