"""Guides are looked through by their day: reminders once, a queue, and a button that says that one is right."""

from datetime import date, timedelta
from unittest.mock import patch

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from careers.models import Guide
from careers.tests.factories import draft_guide, published_guide
from kit.models import ContentStamp
from newsroom.models import ReaderReport, Reminder, Transition
from newsroom.review import Outdated, in_a_year, mark_reviewed
from newsroom.review.reminders import LISTED, send_due
from newsroom.roles import EDITORS, WRITERS

pytestmark = pytest.mark.django_db

TODAY = date(2026, 10, 1)


def staff(name, group=WRITERS, **values):
    user = User.objects.create_user(f"{name}@example.org", "long-enough-password", is_staff=True, **values)
    user.groups.add(Group.objects.get(name=group))
    return user


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def owner():
    return staff("owner")


@pytest.fixture
def deputy():
    return staff("deputy")


@pytest.fixture(autouse=True)
def _stamp(db):
    ContentStamp.objects.get_or_create(pk=1)


def due(days, title="Kite maker", **values):
    """A guide that is due so many days after TODAY."""
    guide = draft_guide(slug=title.lower().replace(" ", "-"), title=title)
    Guide.objects.filter(pk=guide.pk).update(review_by=TODAY + timedelta(days=days), **values)
    guide.refresh_from_db()
    return guide


def told():
    """Whom the mails since the last call went to."""
    people = sorted(message.to[0] for message in mail.outbox)
    mail.outbox.clear()
    return people


# --- reminders -----------------------------------------------------------------------------------
def test_the_owner_is_told_before_and_on_the_day_and_the_deputy_a_week_after(owner, deputy):
    due(0, owner=owner, deputy=deputy)
    seen = {}
    for day in range(-20, 20):
        send_due(TODAY + timedelta(days=day))
        if people := told():
            seen[day] = people
    assert seen == {-14: ["owner@example.org"], 0: ["owner@example.org"], 7: ["deputy@example.org", "owner@example.org"]}


def test_a_day_without_a_worker_is_made_up_for(owner):
    due(13, owner=owner)
    assert send_due(TODAY) == 1
    assert Reminder.objects.get().stage == "soon"


def test_one_mail_lists_all_guides_of_a_person_and_whatever_runs_twice_sends_once(owner):
    for days, title in ((14, "Kite maker"), (0, "Sail maker"), (-30, "Rope maker"), (15, "Tent maker")):
        due(days, title, owner=owner)
    assert send_due(TODAY) == 1
    assert send_due(TODAY) == 0
    (sent,) = mail.outbox
    assert sent.subject == "3 guides to look through"
    body = sent.body
    assert body.index("Rope maker") < body.index("Sail maker") < body.index("Kite maker")
    assert "Tent maker" not in body
    assert reverse("admin:careers_guide_review") in body
    assert "Rope maker" in sent.alternatives[0][0]


def test_the_ledger_and_the_mail_are_one(owner):
    due(0, owner=owner)
    with patch("newsroom.review.reminders.send_letter", side_effect=RuntimeError), pytest.raises(RuntimeError):
        send_due(TODAY)
    assert not Reminder.objects.exists()
    assert send_due(TODAY) == 1


def test_a_new_day_is_reminded_of_anew(owner):
    guide = due(0, owner=owner)
    send_due(TODAY)
    Guide.objects.filter(pk=guide.pk).update(review_by=TODAY + timedelta(days=1))
    assert send_due(TODAY) == 1
    assert Reminder.objects.count() == 2


def test_without_an_owner_who_is_here_the_editors_are_told(owner):
    staff("chief", EDITORS)
    staff("gone", EDITORS, is_active=False)
    left = staff("left", is_active=False)
    due(0)
    due(0, "Sail maker", owner=left)
    send_due(TODAY)
    assert "has no owner" in mail.outbox[0].body
    assert told() == ["chief@example.org"]


def test_retired_guides_are_left_alone(owner):
    due(0, owner=owner, state="retired")
    assert send_due(TODAY) == 0


def test_a_long_list_is_cut(owner):
    guide = due(0, owner=owner)
    fields = {field.attname: getattr(guide, field.attname) for field in Guide._meta.concrete_fields if not field.primary_key}
    Guide.objects.bulk_create(Guide(**fields | {"slug": f"guide-{n}", "title": f"Guide {n:03}"}) for n in range(LISTED + 9))
    with CaptureQueriesContext(connection) as seen:
        send_due(TODAY)
    assert "And 10 more" in mail.outbox[0].body
    assert len(seen) < 10


# --- looked through ------------------------------------------------------------------------------
def test_it_is_written_down_with_the_next_day(owner):
    guide = due(0, owner=owner)
    step = mark_reviewed(guide, by=owner)
    guide.refresh_from_db()
    assert guide.review_by == in_a_year(timezone.localdate())
    assert timezone.now() - guide.reviewed_at < timedelta(minutes=1)
    assert (step.verb, step.before, step.after, step.by) == ("review", "draft", "draft", owner)
    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.user) == (str(guide.pk), owner)
    assert in_a_year(date(2028, 2, 29)) == date(2029, 2, 28)


def test_the_second_of_two_who_look_changes_nothing(owner):
    guide = due(0, owner=owner)
    day = guide.review_by
    mark_reviewed(guide, by=owner, next=date(2030, 1, 1), seen=day)
    with pytest.raises(Outdated):
        mark_reviewed(guide, by=owner, next=date(2031, 1, 1), seen=day)
    guide.refresh_from_db()
    assert guide.review_by == date(2030, 1, 1)
    assert Transition.objects.count() == 1


def test_readers_see_when_it_was_reviewed_at_once(owner):
    listing = published_guide()
    visitor = Client()
    assert "Reviewed <time" not in visitor.get(listing.get_absolute_url()).content.decode()
    mark_reviewed(listing.guide, by=owner)
    assert "Reviewed <time" in signed_in(owner).get(listing.get_absolute_url()).content.decode()


# --- the queue -----------------------------------------------------------------------------------
QUEUE = "admin:careers_guide_review"


def days_from_now(days):
    return timezone.localdate() + timedelta(days=days)


def shown(client, query=""):
    page = client.get(reverse(QUEUE) + query)
    assert page.status_code == 200
    return [row.guide.title for row in page.context["rows"]]


def test_the_queue_is_sorted_by_day_and_filtered(owner, deputy):
    for title, days, who in (
        ("Later", 60, owner),
        ("Soon", 20, owner),
        ("Overdue", -3, owner),
        ("Undated", None, owner),
        ("Unowned", 90, None),
        ("Gone", -9, owner),
    ):
        guide = draft_guide(slug=title.lower(), title=title)
        day = None if days is None else days_from_now(days)
        Guide.objects.filter(pk=guide.pk).update(review_by=day, owner=who, state="retired" if title == "Gone" else "draft")
    Guide.objects.filter(slug="soon").update(owner=None, deputy=deputy)
    client = signed_in(deputy)
    assert shown(client) == ["Overdue", "Soon", "Unowned", "Undated"]
    assert shown(client, "?show=overdue") == ["Overdue"]
    assert shown(client, "?show=soon") == ["Soon"]
    assert shown(client, "?show=undated") == ["Undated"]
    assert shown(client, "?show=unowned") == ["Soon", "Unowned"]
    assert shown(client, "?whose=mine") == ["Soon"]
    assert shown(client, "?show=odd&page=²&whose=all") == ["Overdue", "Soon", "Unowned", "Undated"]


def test_the_queue_asks_as_often_for_many(owner):
    client = signed_in(owner)

    def cost():
        with CaptureQueriesContext(connection) as seen:
            shown(client)
        return len(seen)

    guide = published_guide().guide
    cost()
    before = cost()
    for n in range(15):
        other = published_guide(slug=f"maker-{n}", title=f"Maker {n}")
        Guide.objects.filter(pk=other.pk).update(owner=owner, review_by=days_from_now(-n))
    ReaderReport.objects.create(guide=guide, kind="wrong", text="No.")
    ReaderReport.objects.create(guide=guide, kind="wrong", text="No.", state="done")
    assert cost() == before
    page = client.get(reverse(QUEUE)).content.decode()
    assert "1 waiting" in page
    assert client.get(f"{reverse('admin:newsroom_readerreport_changelist')}?guide__id__exact={guide.pk}").status_code == 200


def press(client, guide, query="", **data):
    url = reverse("admin:careers_guide_reviewed", args=[guide.pk])
    seen = guide.review_by.isoformat() if guide.review_by else ""
    values = {"seen": seen, "next": days_from_now(100).isoformat()} | data
    return client.post(url + query, {f"{guide.pk}-{name}": value for name, value in values.items()})


def test_the_button_settles_a_guide_and_comes_back_to_the_same_list(owner):
    guide = due(0, owner=owner)
    client = signed_in(owner)
    response = press(client, guide, "?show=overdue&whose=mine&next=//evil.example")
    assert (response.status_code, response["Location"]) == (302, f"{reverse(QUEUE)}?show=overdue&whose=mine")
    press(client, guide, next=days_from_now(200).isoformat())  # once more, from the page as it was
    guide.refresh_from_db()
    assert guide.review_by == days_from_now(100)
    assert Transition.objects.count() == 1


def test_one_without_a_date_can_be_settled(owner):
    guide = draft_guide()
    assert press(signed_in(owner), guide).status_code == 302
    guide.refresh_from_db()
    assert guide.review_by == days_from_now(100)


@pytest.mark.parametrize("day", ["", "soon", "2020-01-01", "2199-01-01"])
def test_a_day_that_is_none_is_said_beside_its_field(owner, day):
    guide = due(0, owner=owner)
    Guide.objects.update(review_by=days_from_now(-1))
    guide.refresh_from_db()
    response = press(signed_in(owner), guide, next=day)
    assert response.status_code == 422
    assert 'class="errorlist"' in response.content.decode()
    assert not Transition.objects.exists()


def test_who_may_not_change_guides_may_not_settle_them():
    guide = draft_guide()
    nobody = User.objects.create_user("nobody@example.org", "long-enough-password", is_staff=True)
    assert signed_in(nobody).get(reverse(QUEUE)).status_code == 403
    assert press(signed_in(nobody), guide).status_code == 403
    assert signed_in(staff("writer")).get(reverse("admin:careers_guide_reviewed", args=[guide.pk])).status_code == 405
    assert not Transition.objects.exists()
