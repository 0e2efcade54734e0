"""What readers say of a guide: taken in without an account, counted, limited, and settled by staff."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.owndata.leaving import delete_account
from careers.choices import Section
from careers.publishing import publish, withdraw
from careers.tests.factories import draft_guide, published_guide
from kit.models import ContentStamp
from newsroom.models import GuideVote, ReaderReport
from newsroom.readers import votes, waiting
from newsroom.readers.settling import ADDRESS_DAYS, forget_old_addresses
from newsroom.roles import WRITERS

pytestmark = pytest.mark.django_db

SAID = {"kind": "wrong", "section": "pay", "text": "The median is higher now."}


@pytest.fixture
def listing():
    ContentStamp.objects.get_or_create(pk=1)
    return published_guide()


def form_of(listing):
    return reverse("newsroom:report", args=[listing.slug])


def send(listing, client=None, **data):
    return (client or Client()).post(form_of(listing), SAID | data)


# --- the page of the guide -----------------------------------------------------------------------
def test_the_shared_page_asks_without_a_cookie_or_token_and_every_section_leads_to_the_form(listing):
    response = Client().get(listing.get_absolute_url())
    page = response.content.decode()
    assert "Was this guide useful?" in page
    assert "csrfmiddlewaretoken" not in page
    assert not response.cookies
    sections = [section for section in Section if f'<h3 id="{section}">' in page]
    assert len(sections) > 20
    for section in sections:
        assert f'href="report/?seen={listing.revision_id}&amp;section={section}"' in page, section


def test_a_preview_asks_nothing(listing):
    from careers.preview import preview_path

    page = Client().get(preview_path(listing.guide)).content.decode()
    assert "report/" not in page
    assert "Was this guide useful?" not in page


# --- reports -------------------------------------------------------------------------------------
def test_the_form_is_filled_with_what_the_link_says(listing):
    form = Client().get(form_of(listing), {"section": "tiers", "seen": listing.revision_id}).context["form"]
    assert (form["section"].value(), form["seen"].value()) == ("tiers", listing.revision_id)
    for odd in ({"section": "nowhere", "seen": "x"}, {"seen": "9" * 30}, {"seen": "²"}, {}):
        form = Client().get(form_of(listing), odd).context["form"]
        assert (form["section"].value(), form["seen"].value()) == ("", listing.revision_id)


def test_a_visitor_reports_and_nothing_of_the_visitor_is_kept(listing):
    response = send(listing, seen=listing.revision_id)
    assert response.status_code == 302
    report = ReaderReport.objects.get()
    assert (report.guide, report.section, report.kind, report.text) == (listing.guide, "pay", "wrong", SAID["text"])
    assert (report.email, report.state, report.revision_number) == ("", "open", 1)
    assert list(waiting(listing.guide)) == [report]


def test_the_version_that_the_reader_saw_is_kept_and_a_made_up_one_is_not(listing):
    old = listing.revision_id
    listing.guide.intro = "Another beginning."
    listing.guide.save()
    listing = publish(listing.guide)
    other = published_guide(slug="sail-maker", title="Sail maker")
    draft = draft_guide(slug="tent-maker")
    for seen, number in ((old, 1), (listing.revision_id, 2), (other.revision_id, 2), ("", 2), (2**62, 2)):
        send(listing, seen=seen)
        assert ReaderReport.objects.order_by("-pk")[0].revision_number == number, seen
    assert Client().get(reverse("newsroom:report", args=[draft.slug])).status_code == 404


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"kind": ""}, "Choose what it is"),
        ({"kind": "spam"}, "Choose one of the three"),
        ({"section": "nowhere"}, "Choose one of the sections"),
        ({"text": "  "}, "Say in a sentence what it is"),
        ({"text": "x" * 2001}, "Shorten this to 2000 characters; it has 2001"),
        ({"email": "nobody"}, "Write the address as name@example.com"),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_is_written(listing, data, said):
    response = send(listing, **data)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not ReaderReport.objects.exists()


def test_a_flood_from_one_address_is_refused_and_keeps_what_was_written(listing):
    answers = [send(listing).status_code for _ in range(20)]
    response = send(listing)
    assert answers == [302] * 20
    assert response.status_code == 429
    assert SAID["text"] in response.content.decode()
    assert send(listing, REMOTE_ADDR="203.0.113.7").status_code == 429  # a form field is no address
    assert Client(REMOTE_ADDR="203.0.113.7").post(form_of(listing), SAID).status_code == 302


def test_a_guide_that_is_off_the_site_takes_no_word(listing):
    withdraw(listing.guide)
    vote_url = reverse("newsroom:vote", args=[listing.slug])
    assert send(listing).status_code == 410
    assert vote(vote_url).status_code == 410
    assert not ReaderReport.objects.exists()


def test_the_form_wants_its_token(listing):
    assert send(listing, Client(enforce_csrf_checks=True)).status_code == 403


# --- votes ---------------------------------------------------------------------------------------
def vote(url, useful="yes", address="203.0.113.1", **headers):
    headers = {"Sec-Fetch-Site": "same-origin"} | headers
    return Client(enforce_csrf_checks=True, REMOTE_ADDR=address).post(url, {"useful": useful}, headers=headers)


def test_votes_are_counted_per_day_without_token_cookie_or_person(listing):
    url = reverse("newsroom:vote", args=[listing.slug])
    yes, no = vote(url), vote(url, "no")
    assert (yes.status_code, yes["Location"]) == (302, f"{form_of(listing)}?said=yes")
    assert not yes.cookies
    assert "Thank you for your answer" in Client().get(no["Location"]).content.decode()
    assert [(row.useful, row.not_useful, row.day) for row in GuideVote.objects.all()] == [(1, 1, timezone.localdate())]
    GuideVote.objects.create(guide=listing.guide, day=timezone.localdate() - timedelta(days=90), useful=7)
    assert votes(listing.guide) == (1, 1)


def test_another_site_cannot_vote_and_odd_votes_are_refused(listing):
    url = reverse("newsroom:vote", args=[listing.slug])
    assert vote(url, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert vote(url, Origin="https://evil.example").status_code == 403
    assert vote(url, "perhaps").status_code == 400
    assert Client().get(url).status_code == 405
    assert vote(reverse("newsroom:vote", args=["no-such"])).status_code == 404
    assert not GuideVote.objects.exists()


def test_one_address_counts_three_times_for_a_guide_and_is_thanked_all_the_same(listing):
    url = reverse("newsroom:vote", args=[listing.slug])
    assert [vote(url).status_code for _ in range(5)] == [302] * 5
    vote(url, address="203.0.113.2")
    assert GuideVote.objects.get().useful == 4


# --- staff ---------------------------------------------------------------------------------------
@pytest.fixture
def writer():
    from django.contrib.auth.models import Group

    user = User.objects.create_user("writer@example.org", "long-enough-password", is_staff=True)
    user.groups.add(Group.objects.get(name=WRITERS))
    return user


@pytest.fixture
def staff(writer):
    client = Client()
    client.force_login(writer)
    return client


LIST = "admin:newsroom_readerreport_changelist"


def make_report(listing, **values):
    return ReaderReport.objects.create(guide_id=listing.pk, **{"kind": "wrong", "section": "pay", "text": "Too low."} | values)


def save(staff, report, **data):
    url = reverse("admin:newsroom_readerreport_change", args=[report.pk])
    return staff.post(url, {"state": "open", "assigned_to": "", "note": "", "answer": ""} | data)


def test_the_list_shows_what_waits_unless_asked(listing, staff):
    for state in ("open", "doing", "done"):
        make_report(listing, state=state, text=f"It is {state}")
    shown = {
        query: [state for state in ("open", "doing", "done") if f"It is {state}" in staff.get(reverse(LIST) + query).content.decode()]
        for query in ("", "?state=open", "?state=doing", "?state=all", "?state=odd")
    }
    waiting = ["open", "doing"]
    assert shown == {
        "": waiting,
        "?state=open": ["open"],
        "?state=doing": ["doing"],
        "?state=all": [*waiting, "done"],
        "?state=odd": waiting,
    }


def test_the_list_asks_as_often_however_long_it_is(listing, staff, writer):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            assert staff.get(reverse(LIST)).status_code == 200
        return len(seen)

    make_report(listing, assigned_to=writer)
    cost()  # what is read once for a process
    before = cost()
    other = published_guide(slug="sail-maker", title="Sail maker")
    for _ in range(20):
        make_report(other, assigned_to=writer)
    assert cost() == before


def test_the_form_leads_to_the_place_in_the_guide(listing, staff):
    page = staff.get(reverse("admin:newsroom_readerreport_change", args=[make_report(listing).pk])).content.decode()
    assert f"{reverse('admin:careers_guide_change', args=[listing.pk])}#payband_set-group" in page
    assert f"{listing.get_absolute_url()}#pay" in page


def test_staff_take_reports_in_hand(listing, staff, writer):
    open_one, done = make_report(listing), make_report(listing, state="done")
    staff.post(reverse(LIST) + "?state=all", {"action": "assign_to_me", "_selected_action": [open_one.pk, done.pk]})
    open_one.refresh_from_db()
    done.refresh_from_db()
    assert (open_one.state, open_one.assigned_to) == ("doing", writer)
    assert (done.state, done.assigned_to) == ("done", None)
    assert LogEntry.objects.filter(object_id=str(open_one.pk), user=writer).count() == 1


def test_a_report_is_settled_with_a_note_and_the_reader_is_answered_once(listing, staff, writer):
    report = make_report(listing, email="reader@example.org")
    assert "Say what was done" in save(staff, report, state="done").content.decode()
    assert "An answer settles the report" in save(staff, report, answer="Soon.").content.decode()
    assert save(staff, report, state="done", note="Mended.", answer="Thank you, it is mended & published.").status_code == 302
    report.refresh_from_db()
    assert (report.state, report.email, report.settled_by) == ("done", "", writer)
    (sent,) = mail.outbox
    assert sent.to == ["reader@example.org"]
    assert "it is mended & published" in sent.body
    assert "mended &amp; published" in sent.alternatives[0][0]
    assert "left no address" in save(staff, report, state="done", note="Mended.", answer="Again").content.decode()
    assert len(mail.outbox) == 1
    assert LogEntry.objects.filter(object_id=str(report.pk)).exists()


def test_a_report_settled_without_an_answer_keeps_no_address(listing, staff):
    report = make_report(listing, email="reader@example.org")
    save(staff, report, state="declined", note="It is right.")
    report.refresh_from_db()
    assert (report.email, mail.outbox) == ("", [])
    settled_at = report.settled_at
    save(staff, report, state="open")
    report.refresh_from_db()
    assert settled_at
    assert report.settled_at is None


def test_addresses_go_after_their_days_and_with_an_account(listing):
    member = User.objects.create_user("member@example.org", "long-enough-password")
    old, new, own = (make_report(listing, email=email) for email in ("a@example.org", "b@example.org", "Member@example.org"))
    ReaderReport.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=ADDRESS_DAYS, minutes=1))
    assert forget_old_addresses(timezone.now()) == 1
    delete_account(member)
    assert set(ReaderReport.objects.exclude(email="").values_list("pk", flat=True)) == {new.pk}
    assert own.pk


def test_staff_without_the_right_see_no_report(listing):
    user = User.objects.create_user("other@example.org", "long-enough-password", is_staff=True)
    client = Client()
    client.force_login(user)
    assert client.get(reverse(LIST)).status_code == 403
    assert save(client, make_report(listing)).status_code == 403
