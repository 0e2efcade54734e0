"""Where one arrives after signing in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.bookmarks import save_guide, save_job, seen_job, seen_revision
from accounts.keeping.skills import mark_skills
from accounts.models import SkillState
from accounts.tests.factories import PASSWORD, signed_in
from careers.tests.factories import published_guide
from jobs.tests.factories import make_job

pytestmark = pytest.mark.django_db


def page(user):
    return signed_in(user).get(reverse("accounts:dashboard")).content.decode().partition("<main")[2]


def test_signing_in_leads_here_unless_one_came_for_something_else(member):
    for target, place in (("", reverse("accounts:dashboard")), (reverse("accounts:saved"), reverse("accounts:saved"))):
        client = Client()
        response = client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD, "next": target})
        assert response["Location"] == place


def test_the_first_visit_leads_on(member):
    text = page(member)
    assert f'href="{reverse("jobs:list")}"' in text
    assert f'href="{reverse("careers:guide_list")}"' in text
    assert "You are on Free" in text


def test_it_shows_what_closes_and_which_guides_one_looks_at(member, stranger):
    guide = published_guide(skill_map={"intro": "", "groups": [{"title": "Ground", "skills": ["Sewing", "Knots"]}]})
    save_guide(user=member, revision=seen_revision("kite-maker"))
    mark_skills(user=member, guide_id=guide.pk, said={"Sewing": SkillState.HAVE})
    job = make_job(title="Sail maker", valid_through=timezone.now() + timedelta(days=1, minutes=1))
    save_job(user=member, job=seen_job(job.pk))
    text = page(member)
    assert "Sail maker, Kite Works" in text
    assert "Closes tomorrow" in text
    assert "You have 1 of the 2 skills." in text
    assert "Sail maker" not in page(stranger)


def test_saved_jobs_that_do_not_close_soon_are_counted(member):
    save_job(user=member, job=seen_job(make_job().pk))
    assert "Your 1 saved job<" in page(member)
