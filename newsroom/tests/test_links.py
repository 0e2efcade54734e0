"""Addresses that guides cite are looked at politely, and what became of them is work for staff."""

import itertools
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from careers.models import NameToKnow, Source
from careers.tests.factories import draft_guide
from kit.asking import Limits
from kit.tests.server import in_turn, reply, running
from newsroom.links.look import LOOKS, Look, look_at
from newsroom.links.run import FIRST, MONTH, PAUSE, Run, list_links
from newsroom.links.uses import use_new_address, uses_of
from newsroom.models import LinkCheck
from newsroom.roles import EDITORS, WRITERS

LOOPBACK = Limits(schemes=("http",), is_allowed=lambda address: address == "127.0.0.1", step_seconds=1, total_seconds=2, redirects=2)
State = LinkCheck.State


# --- one look ------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def running_server():
    with running() as server:
        yield server


@pytest.fixture
def server(running_server):
    running_server.answers.clear()
    running_server.asked.clear()
    running_server.methods.clear()
    return running_server


def look(server, path="/a", **answers):
    server.answers.update({f"/{name}": answer for name, answer in answers.items()})
    return look_at(server.address(path), limits=LOOPBACK, resolver=lambda *_: ["127.0.0.1"])


def test_one_that_answers_is_asked_for_its_head_alone_by_somebody_with_a_name(server, settings):
    settings.SITE_URL = "https://waymark.example"
    found = look(server, a=reply(200, b"x" * 100))
    assert (found.state, found.status, server.methods) == (State.FINE, 200, ["HEAD"])
    assert "https://waymark.example" in server.asked[0][1]["User-Agent"]


@pytest.mark.parametrize("status", [403, 404, 405, 501])
def test_a_server_that_does_not_know_head_is_asked_again(server, status):
    found = look(server, a=in_turn(reply(status), reply(200, b"x")))
    assert (found.state, server.methods) == (State.FINE, ["HEAD", "GET"])


@pytest.mark.parametrize(
    ("status", "is_failure", "is_busy"),
    [(404, True, False), (410, True, False), (500, True, False), (403, False, False), (429, False, True)],
)
def test_what_is_no_answer_is_told_apart(server, status, is_failure, is_busy):
    found = look(server, a=reply(status))
    assert (found.state, found.status, found.is_failure, found.is_busy) == (State.DOUBTFUL, status, is_failure, is_busy)
    assert str(status) in found.error


def test_a_server_says_when_to_come_back(server):
    assert look(server, a=reply(429, Retry_After="7200")).wait == 7200
    found = look(server, a=reply(503, Retry_After=format_datetime(timezone.now() + timedelta(hours=3))))
    assert found.is_busy
    assert 10_700 < found.wait <= 10_800
    assert look(server, a=reply(503, Retry_After="soon")).is_failure


def test_only_what_moved_for_good_has_a_new_address(server):
    here = server.address
    found = look(server, a=reply(301, Location="/b"), b=reply(308, Location="/c"), c=reply())
    assert (found.state, found.moved_to) == (State.MOVED, here("/c"))
    found = look(server, a=reply(301, Location="/b"), b=reply(302, Location="/c"), c=reply())
    assert (found.state, found.moved_to) == (State.MOVED, here("/b"))
    found = look(server, a=reply(302, Location="/b"), b=reply(301, Location="/c"), c=reply())
    assert (found.state, found.moved_to) == (State.FINE, "")
    found = look(server, a=reply(301, Location="/b"), b=reply(404))
    assert (found.is_failure, found.moved_to) == (True, "")
    assert "redirects more than 2 times" in look(server, a=reply(301, Location="/a")).error


def test_nothing_private_is_asked_also_not_after_a_redirect():
    for url in ("http://127.0.0.1/", "http://localhost:8000/", "http://169.254.169.254/latest", "file:///etc/passwd", "http://a b/", "x"):
        found = look_at(url, limits=LOOKS)
        assert found.is_failure, url
        assert found.status is None, url


def test_a_redirect_into_our_network_is_not_followed(server):
    names = {"feed.example": ["127.0.0.1"], "inner.example": ["10.0.0.1"]}
    server.answers["/a"] = reply(301, Location="http://inner.example/")
    found = look_at(server.address("/a"), limits=LOOPBACK, resolver=lambda host, port: names[host])
    assert "not on the public Internet" in found.error


def test_a_name_that_resolves_otherwise_a_moment_later_is_asked_for_once(server):
    asked = []

    def rebinding(host, port):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    server.answers["/a"] = reply()
    assert look_at(server.address("/a"), limits=LOOPBACK, resolver=rebinding).state == State.FINE
    assert len(asked) == 1


def test_letters_that_are_not_ascii_go_over_the_wire_as_they_must(server):
    server.answers["/%C3%A4?q=%C3%B6"] = reply()
    assert look(server, "/ä?q=ö#part").state == State.FINE
    assert look_at("http://ü" + "x" * 70 + ".example/", limits=LOOPBACK).error == "This is not a web address."


def test_a_server_that_drips_is_left(server):
    import time

    found = look(server, a=lambda handler: time.sleep(3))
    assert found.is_failure
    assert found.state == State.DOUBTFUL


# --- a run ---------------------------------------------------------------------------------------
pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """Seconds that only sleep moves, and a wall clock with them."""

    class Clock:
        now = 0.0
        slept: list[float] = []

        def sleep(self, seconds):
            self.slept.append(seconds)
            self.now += seconds

        def __call__(self):
            return self.now

    clock = Clock()
    clock.slept = []
    return clock


def make_link(url, **values):
    return LinkCheck.objects.create(url=url, **{"next_at": timezone.now() - timedelta(minutes=1)} | values)


def run(clock, look, **kwargs):
    return Run(look, clock=clock, sleep=clock.sleep).run(**kwargs)


def answers(state=State.FINE, **values):
    return lambda url: Look(state, **values)


def test_addresses_of_guides_are_listed_once_and_others_go():
    guide = draft_guide()
    other = draft_guide(slug="sail-maker", title="Sail maker")
    Source.objects.create(key="unused", publisher="P", title="T", url="https://unused.example/")
    make_link("https://gone.example/")
    for _ in range(2):
        list_links()
    assert set(LinkCheck.objects.values_list("url", flat=True)) == {"https://example.org/survey", "https://example.org/"}
    assert [use.guide_id for use in uses_of(["https://example.org/"])["https://example.org/"]] == [guide.pk, other.pk]


def test_a_host_is_asked_one_after_the_other_with_a_pause_and_hosts_take_turns(clock):
    order = []

    def asks(url):
        order.append((url, clock.now))
        return Look(State.FINE, 200)

    for url in ("http://a.example/1", "http://a.example/2", "http://a.example/3", "http://b.example/1"):
        make_link(url)
    assert run(clock, asks) == 4
    assert [url for url, _ in order] == ["http://a.example/1", "http://b.example/1", "http://a.example/2", "http://a.example/3"]
    times = [when for url, when in order if "a.example" in url]
    assert all(later - earlier >= PAUSE for earlier, later in itertools.pairwise(times))


def test_one_that_answers_is_left_for_a_month_and_a_run_is_bounded(clock):
    for n in range(5):
        make_link(f"http://{n}.example/")
    assert run(clock, answers(status=200), most=3) == 3
    link = LinkCheck.objects.get(url="http://0.example/")
    assert (link.state, link.status, link.failures) == ("fine", 200, 0)
    assert MONTH * 0.85 < link.next_at - timezone.now() < MONTH * 1.15
    assert run(clock, answers(), stop=lambda: True) == 0


def days_later(clock, look, days):
    LinkCheck.objects.update(next_at=timezone.now() - timedelta(seconds=1), checked_at=timezone.now() - timedelta(days=days))
    run(clock, look)
    return LinkCheck.objects.get()


def test_three_failures_on_three_days_are_dead_and_one_answer_revives(clock):
    make_link("http://a.example/")
    fails = answers(State.DOUBTFUL, status=404, error="The server answered 404.", is_failure=True)
    run(clock, fails)
    link = LinkCheck.objects.get()
    assert (link.state, link.failures) == ("doubtful", 1)
    assert link.next_at - timezone.now() < timedelta(days=2)
    assert days_later(clock, fails, 0).failures == 1  # the same day again says nothing new
    assert days_later(clock, fails, 1).state == "doubtful"
    assert days_later(clock, fails, 1).state == "dead"
    link = days_later(clock, answers(status=200), 30)
    assert (link.state, link.failures, link.error) == ("fine", 0, "")


def test_one_that_lets_no_program_in_never_dies(clock):
    make_link("http://a.example/")
    for _ in range(5):
        link = days_later(clock, answers(State.DOUBTFUL, status=403, error="It lets no program in."), 1)
    assert (link.state, link.failures) == ("doubtful", 0)


def test_a_busy_host_is_left_alone_with_all_its_addresses(clock):
    make_link("http://a.example/1", state="fine")
    make_link("http://a.example/2", state="fine")
    asked = []

    def busy(url):
        asked.append(url)
        return Look(State.DOUBTFUL, 429, error="busy", is_busy=True, wait=3 * 86_400)

    run(clock, busy)
    assert asked == ["http://a.example/1"]
    for link in LinkCheck.objects.all():
        assert link.state == "fine"
        assert timedelta(days=2.9) < link.next_at - timezone.now() < timedelta(days=3.1)


def test_a_run_that_is_killed_keeps_what_it_saw_and_the_rest_comes_again(clock):
    make_link("http://a.example/")
    make_link("http://b.example/")

    def killed(url):
        if "b.example" in url:
            raise KeyboardInterrupt
        return Look(State.FINE, 200)

    with pytest.raises(KeyboardInterrupt):
        run(clock, killed)
    assert LinkCheck.objects.get(url="http://a.example/").state == "fine"
    left = LinkCheck.objects.get(url="http://b.example/")
    assert left.state == "new"
    assert left.next_at - timezone.now() < timedelta(hours=1, minutes=1)


def test_what_another_run_took_is_not_asked_again(clock):
    make_link("http://a.example/")
    make_link("http://b.example/")

    def takes_the_other(url):
        LinkCheck.objects.exclude(url=url).update(next_at=datetime(2030, 1, 1, tzinfo=UTC))
        return Look(State.FINE, 200)

    assert run(clock, takes_the_other) == 1


# --- staff ---------------------------------------------------------------------------------------
LIST = "admin:newsroom_linkcheck_changelist"


def member_of(group):
    user = User.objects.create_user(f"{group.lower()}@example.org", "long-enough-password", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def test_the_list_says_where_an_address_is_used_at_the_same_cost_for_many():
    staff = member_of(WRITERS)

    def cost():
        with CaptureQueriesContext(connection) as seen:
            page = staff.get(reverse(LIST)).content.decode()
        return len(seen), page

    draft_guide()
    list_links()
    cost()
    before, page = cost()
    assert "Kite maker</a>" in page
    for n in range(10):
        names = [{"kind": "organization", "name": f"N{n}", "url": f"https://n{n}.example/"}]
        draft_guide(slug=f"maker-{n}", title=f"Maker {n}", names=names)
    list_links()
    after, page = cost()
    assert "and 8 more" in page
    assert after == before


def test_editors_have_one_looked_at_now_and_writers_do_not():
    link = make_link("http://a.example/", next_at=timezone.now() + MONTH)
    for group, is_asked in ((WRITERS, False), (EDITORS, True)):
        client = member_of(group)
        for _ in range(2):
            client.post(reverse(LIST), {"action": "look_again", "_selected_action": [link.pk]})
        link.refresh_from_db()
        assert (link.next_at == FIRST) is is_asked
        assert ProcrastinateJob.objects.filter(task_name="newsroom.tasks.check_links", status="todo").count() == int(is_asked)


def test_the_new_address_takes_the_place_of_the_old_everywhere_and_is_logged():
    guide = draft_guide()
    source = Source.objects.get(key="wind-survey")
    Source.objects.filter(pk=source.pk).update(url="https://example.org/")  # as the name to know
    link = make_link("https://example.org/", state="moved", moved_to="https://new.example/")
    fine = make_link("https://example.org/survey", state="fine")
    chosen = {"action": "use_new_addresses", "_selected_action": [link.pk, fine.pk]}
    member_of(WRITERS).post(reverse(LIST), chosen)
    assert NameToKnow.objects.get().url == "https://example.org/"
    member_of(EDITORS).post(reverse(LIST), chosen)
    source.refresh_from_db()
    assert (source.url, NameToKnow.objects.get().url) == ("https://new.example/", "https://new.example/")
    assert guide.revisions.first().document["names"][0]["url"] == "https://new.example/"
    assert {entry.content_type.model for entry in LogEntry.objects.all()} == {"source", "guide"}
    list_links()
    assert set(LinkCheck.objects.values_list("url", "state")) == {("https://new.example/", "new")}


def test_a_link_that_did_not_move_changes_nothing():
    draft_guide()
    changed = use_new_address(make_link("https://example.org/", state="fine"))
    assert (changed.sources, changed.guides) == ([], [])
    assert NameToKnow.objects.get().url == "https://example.org/"
