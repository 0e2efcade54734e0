import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from careers.models import Field, Skill, SkillAlias
from careers.tests.factories import make_field, published_guide
from newsroom.merging.alike import pairs
from newsroom.tests.admin.forms import add_row, change_url, opened, said

pytestmark = pytest.mark.django_db
RIGHTS = ("view_guide", "change_guide", "publish_guide", "view_field", "change_field", "view_skill", "change_skill")


def merge_of(row):
    return reverse(f"admin:careers_{row._meta.model_name}_merge", args=[row.pk])


@pytest.fixture
def publisher(staff):
    return staff(*RIGHTS)


@pytest.fixture
def two(db):
    published_guide()
    return Skill.objects.get(name="Sewing"), Skill.objects.create(name="Needlework")


def waiting():
    return list(ProcrastinateJob.objects.filter(task_name="newsroom.tasks.link_jobs").values_list("args", flat=True))


def test_it_shows_what_moves_and_merges_only_by_post(publisher, two):
    loser, survivor = two
    assert merge_of(loser) in publisher.get(change_url(loser)).content.decode()
    assert "Choose the one that stays" in publisher.get(merge_of(loser)).content.decode()
    page = publisher.get(merge_of(loser), {"into": survivor.pk}).content.decode()
    assert "2 × guide skills" in page
    assert "“Sewing” becomes “Needlework”" in page
    assert Skill.objects.filter(name="Sewing").exists()
    response = publisher.post(merge_of(loser), {"into": survivor.pk}, follow=True)
    assert "“Sewing” is “Needlework” now" in said(response)
    assert not Skill.objects.filter(name="Sewing").exists()
    assert {entry.object_id for entry in LogEntry.objects.all()} == {str(loser.pk), str(survivor.pk)}
    assert waiting() == [{"skill_id": survivor.pk}]
    assert publisher.post(merge_of(loser), {"into": survivor.pk}).status_code == 404


def test_a_field_is_merged_likewise(publisher, two):
    loser, survivor = Field.objects.get(slug="crafts"), make_field("handwork")
    page = publisher.get(merge_of(loser), {"into": survivor.pk}).content.decode()
    assert "1 × guides" in page
    assert publisher.post(merge_of(loser), {"into": survivor.pk})["Location"] == change_url(survivor)
    assert not waiting()


@pytest.mark.parametrize("into", ["", "x", "999999", "9" * 18, "9" * 30, "²", "itself"])
def test_what_cannot_be_merged_into_is_said_beside_the_field(into, publisher, two):
    loser = two[0]
    response = publisher.post(merge_of(loser), {"into": loser.pk if into == "itself" else into})
    assert response.status_code == 422
    assert response.context["form"].errors["into"]
    assert Skill.objects.filter(pk=loser.pk).exists()


def test_writers_may_not(staff, two):
    writer = staff("view_guide", "change_guide", "view_skill", "change_skill", "change_field")
    for address in (merge_of(two[0]), merge_of(Field.objects.get()), reverse("admin:careers_skill_alike")):
        assert writer.get(address).status_code == 403
    assert writer.post(merge_of(two[0]), {"into": two[1].pk}).status_code == 403


def test_skills_that_look_alike_can_be_merged_from_their_list(publisher, two, django_assert_max_num_queries):
    for name in ("Needle work", "Sewing machines", "Sewing machine", "Kite design"):
        Skill.objects.create(name=name)
    page = publisher.get(reverse("admin:careers_skill_alike"))
    found = {(row["pair"].one[1], row["pair"].other[1]) for row in page.context["rows"]}
    assert found == {("Needlework", "Needle work"), ("Sewing machines", "Sewing machine")}
    assert f"{merge_of(two[1])}?into=" in page.content.decode()
    with django_assert_max_num_queries(8):
        publisher.get(reverse("admin:careers_skill_alike"))


def test_looking_for_pairs_is_bounded():
    names = [(number, f"Common word {number:05}") for number in range(20_000)]
    assert len(pairs(names)) <= 200


def test_a_new_alias_or_name_has_the_jobs_looked_through_and_an_untouched_form_does_not(publisher, two, staff):
    client = staff(*RIGHTS, "add_skill", "add_skillalias", "change_skillalias", "view_skillalias")
    client.post(change_url(two[1]), opened(client, change_url(two[1])))
    assert not waiting()
    data = opened(client, change_url(two[1]))
    add_row(data, "aliases", name="Stitching")
    assert client.post(change_url(two[1]), data).status_code == 302
    assert SkillAlias.objects.get().name == "Stitching"
    assert waiting() == [{"skill_id": two[1].pk}]
