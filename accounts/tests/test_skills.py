"""Marks on skills: have, learning, missing; the same in every guide that names the skill."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.keeping.maps import map_of, maps_in_progress
from accounts.keeping.skills import SkillMap, mark_skills
from accounts.keeping.skills_form import field_name
from accounts.models import SkillMark, SkillState
from accounts.tests.factories import make_user, signed_in
from careers.models import Guide, Skill, SkillAlias
from careers.publishing import withdraw
from careers.tests.factories import published_guide
from jobs.tests.factories import make_job

pytestmark = pytest.mark.django_db
LEVELS = [
    {"title": "Ground", "description": "What comes first", "skills": ["Sewing", "Knots"]},
    {"title": "Air", "skills": ["Wind reading", "Teaching"]},
]


@pytest.fixture
def guide():
    return published_guide(skill_map={"intro": "", "groups": LEVELS})


@pytest.fixture
def client(member) -> Client:
    return signed_in(member)


def url(slug="kite-maker", action="skills"):
    return reverse(f"accounts:{action}", args=[slug])


def said(user):
    return dict(user.skill_marks.values_list("skill__name", "state"))


def form(**states):
    return {field_name(name.replace("_", " ")): state for name, state in states.items()}


def main(client, address):
    return client.get(address).content.decode().partition("<main")[2]


# --- the page of answers
def test_each_skill_has_an_answer_and_it_comes_back(client, member, guide):
    assert client.post(url(), form(Sewing="have", Knots="learning", Teaching="missing"))["Location"] == url()
    assert said(member) == {"Sewing": "have", "Knots": "learning", "Teaching": "missing"}
    text = main(client, url())
    assert "You have 1 of the 4 skills, 1 of the 2 to start with. You are learning 1." in text
    assert text.count("selected") == 4
    client.post(url(), form(Sewing="", Knots="have"))
    assert said(member) == {"Knots": "have", "Teaching": "missing"}


def test_before_anything_is_said_nothing_is_claimed(client, guide):
    assert "You have not said yet which of the 4 skills you have" in main(client, url())


def test_an_answer_that_is_none_comes_back_with_the_message_and_nothing_is_written(client, member, guide):
    response = client.post(url(), form(Sewing="expert", Knots="have"))
    assert response.status_code == 422
    assert "Choose one of the answers for Sewing" in response.content.decode()
    assert said(member) == {}


def test_a_visitor_signs_in_first_and_a_guide_that_is_not_public_has_none(client, guide):
    assert Client().get(url())["Location"].endswith(f"?next={url()}")
    assert client.get(url("nothing")).status_code == 404
    withdraw(Guide.objects.get())
    assert client.get(url()).status_code == client.post(url(), {}).status_code == 404


def test_a_mark_counts_in_every_guide_and_under_the_name_a_page_still_shows(client, member, guide):
    groups = [{"title": "All", "skills": ["Sewing", "Knots"]}]
    published_guide(slug="sail-maker", title="Sail maker", skill_map={"intro": "", "groups": groups})
    client.post(url(), form(Sewing="have", Knots="have"))
    assert map_of(member, "sail-maker").have == 2
    sewing = Skill.objects.get(name="Sewing")
    Skill.objects.filter(pk=sewing.pk).update(name="Needlework")
    assert map_of(member, "sail-maker").have == 1
    SkillAlias.objects.create(skill=sewing, name="sewing")
    assert map_of(member, "sail-maker").have == 2
    client.post(url("sail-maker"), form(Sewing="learning"))
    assert said(member) == {"Needlework": "learning", "Knots": "have"}


# --- ticks on the guide
def test_ticks_are_what_one_has_and_leave_what_is_learned(client, member, guide):
    client.post(url(), form(Sewing="have", Knots="learning"))
    answer = client.post(url(action="skill_ticks"), {"have": ["Teaching", "Nonsense"]})
    assert answer["Location"] == f"{reverse('careers:guide', args=['kite-maker'])}#skill-map"
    assert said(member) == {"Knots": "learning", "Teaching": "have"}
    client.post(url(action="skill_ticks"), {"have": ["Knots"]})
    assert said(member) == {"Knots": "have"}


def test_htmx_gets_the_words_alone(client, guide):
    text = client.post(url(action="skill_ticks"), {"have": ["Sewing"]}, headers={"HX-Request": "true"}).content.decode()
    assert text.startswith("<b>You have 1 of the 4 skills, 1 of the 2 to start with.</b>")
    assert f"{reverse('jobs:list')}?guide=kite-maker" in text


def test_a_get_changes_nothing(client, guide):
    assert client.get(url(action="skill_ticks")).status_code == 405


def test_the_guide_shows_a_members_ticks_and_nobody_elses(client, member, stranger, guide):
    address = reverse("careers:guide", args=["kite-maker"])
    mark_skills(user=member, guide_id=guide.pk, said={"Sewing": SkillState.HAVE, "Knots": SkillState.LEARNING})
    mine, theirs, visitors = main(client, address), main(signed_in(stranger), address), main(Client(), address)
    assert 'value="Sewing" checked' in mine
    assert 'Knots <span class="hint">learning</span>' in mine
    assert "You have 1 of the 4 skills" in mine
    assert "checked" not in theirs.partition('class="skillmap"')[2].partition("</form>")[0]
    map_of_visitors = visitors.partition('class="skillmap"')[2].partition("</form>")[0]
    assert "checked" not in map_of_visitors
    assert "csrf" not in map_of_visitors
    assert f'href="{url()}" rel="nofollow">Sign in to keep them' in visitors


def test_a_visitors_map_costs_no_query(guide, django_assert_num_queries):
    groups = []
    with django_assert_num_queries(0):
        assert SkillMap.of(1, "a", "A", groups, {}).skills == []


@pytest.mark.django_db(transaction=True)
def test_ten_tabs_at_once_lose_nothing_and_write_once():
    published_guide(skill_map={"intro": "", "groups": LEVELS})
    user = make_user()

    def post(number):
        try:
            return signed_in(user).post(url(), form(Sewing="have", Knots=("learning", "have")[number % 2])).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(post, range(10))) == {302}
    assert SkillMark.objects.count() == 2


# --- on jobs
def test_a_job_sets_its_skills_against_ones_own(client, member, guide):
    job = make_job(guide_id=guide.pk)
    job.skills.set(Skill.objects.filter(name__in=["Sewing", "Knots", "Teaching"]))
    address = job.get_absolute_url()
    assert "You have marked none of the 3 skills" in main(client, address)
    mark_skills(
        user=member, guide_id=guide.pk, said={"Sewing": SkillState.HAVE, "Knots": SkillState.LEARNING, "Teaching": SkillState.MISSING}
    )
    text = main(client, address)
    assert "You have 1 of the 3 skills this ad names." in text
    assert "Have: Sewing" in text
    assert "Learning: Knots" in text
    assert "Not among yours: Teaching" in text
    assert f'href="{url()}"' in text
    assert "You have" not in main(Client(), address)


# --- in progress
def test_guides_in_progress_are_those_kept_or_ticked_in(client, member, guide):
    other = published_guide(slug="sail-maker", title="Sail maker", skill_map={"intro": "", "groups": LEVELS})
    published_guide(slug="rope-maker", title="Rope maker", skill_map={"intro": "", "groups": LEVELS})
    client.post(reverse("accounts:bookmark_save", args=["kite-maker"]))
    mark_skills(user=member, guide_id=other.pk, said={"Sewing": SkillState.HAVE})
    assert [(one.slug, one.have) for one in maps_in_progress(member)] == [("sail-maker", 1), ("kite-maker", 1)]


def test_marks_go_with_their_person(member, guide):
    mark_skills(user=member, guide_id=guide.pk, said={"Sewing": SkillState.HAVE})
    member.delete()
    assert not SkillMark.objects.exists()
    assert Skill.objects.filter(name="Sewing").exists()
