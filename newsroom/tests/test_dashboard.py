"""The first page of the admin: what waits, bounded, and the way to all of it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careers.models import Guide, SearchMiss
from careers.tests.factories import draft_guide
from careers.working import stored
from newsroom.dashboard import HEIGHT, WIDTH, columns, dashboard
from newsroom.models import LinkCheck, ReaderReport
from newsroom.states import Verb, carry_out
from newsroom.states.steps import When
from newsroom.tests.admin.conftest import signed_in

pytestmark = pytest.mark.django_db


def queues():
    return {queue.key: queue for queue in dashboard().queues}


def test_nothing_waits_in_an_empty_house():
    found = dashboard()
    assert {queue.count for queue in found.queues} == {0}
    assert all(queue.empty and not queue.items for queue in found.queues)
    assert found.guides == 0


def test_everything_that_waits_is_counted_and_named(ann, ben):
    now = timezone.now()
    asked, planned = draft_guide(slug="a", title="Asked"), draft_guide(slug="b", title="Planned")
    carry_out(asked, Verb.SUBMIT, by=ann)
    carry_out(planned, Verb.SCHEDULE, by=ben, when=When(now + timedelta(days=1), "UTC"))
    late = draft_guide(slug="c", title="Late", pros=[])
    stored(late)
    Guide.objects.filter(slug="c").update(review_by=date(2020, 1, 1), owner=ann)
    ReaderReport.objects.create(guide=late, kind="wrong", text="The pay is old.")
    ReaderReport.objects.create(guide=late, kind="wrong", text="Settled.", state="done")
    LinkCheck.objects.create(url="https://gone.example", state="dead", next_at=now)
    LinkCheck.objects.create(url="https://fine.example", state="fine", next_at=now)
    SearchMiss.objects.create(words="lighthouse keeper", count=7, last_at=now)
    SearchMiss.objects.create(words="declined", state="declined", last_at=now)
    found = queues()
    shown = {key: (queue.count, [item.title for item in queue.items]) for key, queue in found.items()}
    assert shown == {
        "review": (1, ["Asked"]),
        "overdue": (1, ["Late"]),
        "scheduled": (1, ["Planned"]),
        "reported": (1, ["Late: something is wrong"]),
        "unfinished": (1, ["Late"]),
        "links": (1, ["https://gone.example"]),
        "misses": (1, ["lighthouse keeper"]),
    }
    assert found["review"].items[0].detail.startswith("Ann, ")
    assert found["overdue"].items[0].detail == "since 1 Jan 2020, Ann"
    assert {label: count for label, count, _ in dashboard().states} == {
        "Draft": 1,
        "In review": 1,
        "Scheduled": 1,
        "Published": 0,
        "Retired": 0,
    }


def test_lists_are_bounded_and_cost_the_same_for_more(ann):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            found = queues()
        return len(queries), found["review"]

    for number in range(6):
        carry_out(draft_guide(slug=f"g{number}"), Verb.SUBMIT, by=ann)
    few, queue = cost()
    assert (queue.count, len(queue.items)) == (6, 5)
    for number in range(6, 12):
        carry_out(draft_guide(slug=f"g{number}"), Verb.SUBMIT, by=ann)
    more, queue = cost()
    assert (queue.count, len(queue.items)) == (12, 5)
    assert more == few <= 20


def test_every_list_and_line_leads_to_a_page(ann, ben):
    carry_out(draft_guide(), Verb.SUBMIT, by=ann)
    SearchMiss.objects.create(words="lighthouse keeper", last_at=timezone.now())
    editor = signed_in(ben)
    page = editor.get(reverse("admin:index")).content.decode()
    assert "Kite maker" in page
    for queue in dashboard().queues:
        assert editor.get(queue.url).status_code == 200, queue.url
        for item in queue.items:
            assert editor.get(item.url).status_code == 200, item.url
    for _, _, url in dashboard().states:
        assert editor.get(url).status_code == 200, url


def test_staff_without_guides_see_none_of_it(django_user_model):
    other = django_user_model.objects.create_user("other@example.org", is_staff=True)
    draft_guide(title="Secret maker")
    page = signed_in(other).get(reverse("admin:index")).content.decode()
    assert "Newsroom" not in page


def test_the_drawing_fills_its_height_and_no_more():
    drawn = columns([("a", 0), ("b", 5), ("c", 10)])
    assert [column.height for column in drawn] == [0, HEIGHT / 2, HEIGHT]
    assert all(column.y + column.height == HEIGHT for column in drawn)
    assert drawn[-1].x + drawn[-1].width <= WIDTH
    assert [column.height for column in columns([("a", 0)])] == [0]
