"""Board and table: the same applications, moved by a select, and fast however many there are."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import ApplicationEvent, ApplicationTask, Interview, TrackedApplication
from accounts.models.tracking_words import Status
from accounts.tests.factories import signed_in
from accounts.tests.tracker.factories import key, make_tracked, seen
from accounts.tracker.history import record

pytestmark = pytest.mark.django_db
BOARD = reverse("accounts:applications")


@pytest.fixture
def client(member):
    return signed_in(member)


def move(client, application, status, number=None):
    data = {"status": status, "seen": number or seen(application), "next": BOARD}
    return client.post(reverse("accounts:application_move", args=[application.pk]), data)


def many(user, count):
    now = timezone.now()
    rows = [
        TrackedApplication(user=user, title=f"Kite maker {n}", status=Status.values[n % 9], status_at=now - timedelta(hours=n))
        for n in range(count)
    ]
    TrackedApplication.objects.bulk_create(rows)
    ApplicationEvent.objects.bulk_create(
        ApplicationEvent(application=row, status=row.status, happened_at=row.status_at, source="person") for row in rows
    )
    return rows


def test_nothing_is_tracked_yet(client):
    page = client.get(BOARD)
    assert "You are not tracking any applications yet" in page.text
    assert page["Cache-Control"] == "private, no-store"


def test_each_stands_in_the_column_of_its_status(client, member):
    make_tracked(member, Status.OFFER, title="Sail maker")
    page = client.get(BOARD).text
    column = page[page.index('id="lane-offer"') : page.index('id="lane-accepted"')]
    assert "Sail maker" in column
    assert page.count("Sail maker</a>") == 1


def test_a_card_is_moved_by_its_select(client, member):
    application = make_tracked(member)
    answer = move(client, application, "interviewing")
    assert (answer.status_code, answer["Location"]) == (302, BOARD)
    application.refresh_from_db()
    assert application.status == Status.INTERVIEWING


def test_a_second_click_on_move_changes_nothing(client, member):
    application = make_tracked(member)
    number = seen(application)
    assert [move(client, application, "offer", number).status_code for _ in range(2)] == [302, 302]
    assert application.events.count() == 2


def test_a_card_that_another_tab_moved_is_not_moved_but_offered(client, member):
    application = make_tracked(member, title="Sail maker")
    number = seen(application)
    record(application, Status.INTERVIEWING)
    answer = move(client, application, "rejected", number)
    assert answer.status_code == 409
    assert "is in <b>Interviewing</b>" in answer.text
    assert "move it to Rejected" in answer.text
    again = dict(re.findall(r'name="(status|seen|next)" value="([^"]*)"', answer.text))
    assert client.post(reverse("accounts:application_move", args=[application.pk]), again).status_code == 302
    application.refresh_from_db()
    assert application.status == Status.REJECTED
    assert application.events.count() == 3


@pytest.mark.parametrize("data", [{}, {"status": "gone"}, {"status": "offer", "seen": "x"}, {"status": "offer", "seen": "-1"}])
def test_a_move_that_cannot_be_meant_moves_nothing(client, member, data):
    application = make_tracked(member)
    answer = client.post(reverse("accounts:application_move", args=[application.pk]), data, follow=True)
    assert "Nothing was moved" in answer.text
    assert application.events.count() == 1


def test_a_column_shows_thirty_and_more_when_asked(client, member):
    for _ in range(3):
        many(member, 9 * 13)  # 39 of each status
    page = client.get(BOARD).text
    assert page.count("data-ticket") == 9 * 30
    assert "Show 9 more" in page
    page = client.get(BOARD, {"lane": "offer", "shown": "60"}).text
    assert page.count("data-ticket") == 8 * 30 + 39


def test_queries_do_not_grow_with_applications(client, member):
    def cost(**asked):
        with CaptureQueriesContext(
            connection,
        ) as seen_queries:
            assert client.get(BOARD, asked).status_code == 200
        return len(seen_queries)

    rows = many(member, 9)
    Interview.objects.create(application=rows[0], kind="phone", starts_at=timezone.now() + timedelta(days=1), zone="UTC")
    ApplicationTask.objects.create(application=rows[1], text="Write")
    few = cost(), cost(view="table")
    many(member, 300)
    assert (cost(), cost(view="table")) == few
    assert max(few) <= 12, few


def test_the_table_is_filtered_by_words_and_status_and_sorted(client, member):
    make_tracked(member, Status.OFFER, title="Zelt maker", employer="Böen & Söhne", place="Köln")
    make_tracked(member, Status.OFFER, title="Air maker", employer="Kites")
    make_tracked(member, Status.APPLIED, title="Rope maker", employer="Kites")

    def titles(**asked):
        return re.findall(r'<th scope="row"><a [^>]*>([^<]+)', client.get(BOARD, {"view": "table", **asked}).text)

    assert titles(q="KOLN boen") == ["Zelt maker"]
    assert titles(status="offer", sort="title") == ["Air maker", "Zelt maker"]
    assert titles(sort="oldest") == ["Zelt maker", "Air maker", "Rope maker"]
    assert titles(q="nothing like it") == []
    assert titles(status="bogus", sort="bogus", page="x") == ["Rope maker", "Air maker", "Zelt maker"]


def test_the_table_is_paged(client, member):
    many(member, 120)
    assert client.get(BOARD, {"view": "table", "page": "3"}).text.count('<th scope="row">') == 20


def test_a_card_says_what_comes_next(client, member):
    application = make_tracked(member)
    ApplicationTask.objects.create(application=application, text="Call them", due_on=timezone.localdate() - timedelta(days=1))
    Interview.objects.create(application=application, kind="video", starts_at=timezone.now() + timedelta(days=2), zone="UTC")
    page = client.get(BOARD).text
    assert "Late" in page
    assert "Call them" in page
    assert "Video call" not in page


def test_one_is_added_by_hand_once(client, member):
    data = {"title": " Sail  maker ", "employer": "Sails", "url": "sails.example.org/jobs", "status": "applied"}
    data |= {"day": timezone.localdate().isoformat(), "key": key()}
    first, second = (client.post(reverse("accounts:application_add"), data) for _ in range(2))
    made = member.tracked.get()
    assert first["Location"] == second["Location"] == made.get_absolute_url()
    assert (made.title, made.url, made.status) == ("Sail maker", "https://sails.example.org/jobs", "applied")


def test_a_double_is_asked_about(client, member):
    make_tracked(member, title="Sail maker", employer="Sails")
    data = {"title": "SAIL MAKER", "employer": "sails", "status": "saved", "day": timezone.localdate().isoformat()}
    answer = client.post(reverse("accounts:application_add"), data | {"key": key()})
    assert answer.status_code == 422
    assert "You track one like it" in answer.text
    assert client.post(reverse("accounts:application_add"), data | {"key": key(), "again": "on"}).status_code == 302
    assert member.tracked.count() == 2


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"title": "\u200b "}, "Enter the job title"),
        ({"title": "x" * 201}, "200 characters at most"),
        ({"url": "javascript:alert(1)"}, "Enter a web address"),
        ({"day": "2999-01-01"}, "still to come"),
        ({"day": "tomorrow"}, "Enter a date"),
        ({"status": "hired"}, "Choose how far it is"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(client, member, bad, words):
    data = {"title": "Sail maker", "status": "saved", "day": timezone.localdate().isoformat(), "key": key()} | bad
    answer = client.post(reverse("accounts:application_add"), data)
    assert answer.status_code == 422
    assert words in answer.text
    assert not member.tracked.exists()


def test_one_is_removed_and_brought_back_with_everything(client, member):
    application = make_tracked(member)
    record(application, Status.OFFER)
    answer = client.post(reverse("accounts:application_remove", args=[application.pk]), follow=True)
    assert client.get(application.get_absolute_url()).status_code == 404
    assert "Undo" in answer.text
    assert f"Removed: {application.name}" in client.get(BOARD, {"removed": application.pk}).text
    client.post(reverse("accounts:application_restore", args=[application.pk]))
    assert client.get(application.get_absolute_url()).status_code == 200
    assert application.events.count() == 2


def test_what_is_a_strangers_is_not_there(client, stranger):
    theirs = make_tracked(stranger, title="Secret")
    assert client.get(theirs.get_absolute_url()).status_code == 404
    assert move(client, theirs, "offer").status_code == 404
    assert client.post(reverse("accounts:application_remove", args=[theirs.pk])).status_code == 404
    assert "Secret" not in client.get(BOARD, {"removed": theirs.pk}).text
