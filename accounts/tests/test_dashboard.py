"""Where one arrives after signing in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.bookmarks import save_guide, save_job, seen_job, seen_revision
from accounts.keeping.next_steps import next_steps
from accounts.keeping.skills import mark_skills
from accounts.models import ApplicationTask, Interview, SkillState, TrackedApplication
from accounts.models.tracking_words import Status
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


# --- next steps
def track(user, title="Rope maker"):
    return TrackedApplication.objects.create(user=user, title=title, employer="Knot Ltd", status=Status.APPLIED, status_at=timezone.now())


def test_tasks_and_interviews_stand_in_order_with_their_day(member, stranger):
    application, today = track(member), timezone.localdate()
    for text, due_on in (("Call them", today), ("Send papers", today - timedelta(days=3)), ("Some day", None)):
        ApplicationTask.objects.create(application=application, text=text, due_on=due_on)
    ApplicationTask.objects.create(application=application, text="Done long ago", done_at=timezone.now())
    ApplicationTask.objects.create(application=track(stranger), text="Of somebody else")
    start = timezone.now().replace(hour=15, minute=0) + timedelta(days=1)
    Interview.objects.create(application=application, kind="video", starts_at=start, zone="UTC")
    Interview.objects.create(application=application, kind="phone", starts_at=start - timedelta(days=3), zone="UTC")
    steps = [(step.what, step.when.partition(" ")[0], step.is_late) for step in next_steps(member)]
    assert steps == [
        ("Send papers", "Was", True),
        ("Call them", "Today", False),
        ("Interview: video call", "Tomorrow", False),
        ("Some day", "No", False),
    ]
    text = page(member)
    assert "Tomorrow at 3:00 PM" in text
    assert f'<a href="{application.get_absolute_url()}">Rope maker, Knot Ltd</a>' in text
    assert not [word for word in ("Of somebody else", "Done long ago") if word in text]


def test_days_are_those_of_the_person(member):
    member.time_zone = "Asia/Tokyo"
    member.save()
    with timezone.override("Asia/Tokyo"):
        tomorrow = timezone.localdate() + timedelta(days=1)
    ApplicationTask.objects.create(application=track(member), text="Call them", due_on=tomorrow)
    assert ">Tomorrow<" in page(member)


def test_without_steps_it_leads_to_the_applications(member):
    assert "not tracking any applications yet" in page(member)
    track(member)
    assert "Nothing is planned" in page(member)
    assert f'href="{reverse("accounts:applications")}"' in page(member)


def test_a_saved_job_that_the_tracker_knows_as_applied_for_does_not_close_soon(member):
    job = make_job(valid_through=timezone.now() + timedelta(days=1))
    save_job(user=member, job=seen_job(job.pk))
    assert "Closes" in page(member)
    TrackedApplication.objects.create(user=member, job=job, title="Kite maker", status=Status.APPLIED, status_at=timezone.now())
    assert "Closes" not in page(member).partition('id="guides-h"')[0]
