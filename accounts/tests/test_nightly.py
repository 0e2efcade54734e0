from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from accounts import tasks
from accounts.bookmarks import remove, save_guide, seen_revision
from accounts.models import Bookmark
from accounts.tests.factories import PASSWORD
from careers.tests.factories import published_guide

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_a_removed_bookmark_can_be_brought_back_for_30_days(member, days, left):
    published_guide()
    remove(bookmark=save_guide(user=member, revision=seen_revision("kite-maker")))
    Bookmark.objects.update(removed_at=timezone.now() - timedelta(days=days))
    tasks.delete_removed_bookmarks(timestamp=0)
    assert Bookmark.objects.count() == left


def test_kept_bookmarks_stay_however_old(member):
    published_guide()
    save_guide(user=member, revision=seen_revision("kite-maker"))
    Bookmark.objects.update(created_at=timezone.now() - timedelta(days=4000))
    tasks.delete_removed_bookmarks(timestamp=0)
    assert Bookmark.objects.kept().count() == 1


def test_expired_sessions_and_what_was_known_of_their_browsers_go(member, client):
    client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    tasks.delete_expired_sessions(timestamp=0)
    assert (Session.objects.count(), UserSession.objects.count()) == (1, 1)
    Session.objects.update(expire_date=timezone.now() - timedelta(minutes=1))
    tasks.delete_expired_sessions(timestamp=0)
    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)


def test_both_run_every_night():
    scheduled = {task.task.name for task in app.periodic_registry.periodic_tasks.values()}
    assert {"accounts.tasks.delete_removed_bookmarks", "accounts.tasks.delete_expired_sessions"} <= scheduled
