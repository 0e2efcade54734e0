"""Reports by readers: sent without an account, once each, not too many; and what staff make of them."""

from types import SimpleNamespace

import pytest
from django.contrib.admin.models import LogEntry
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobs.choices import ReportReason, ReportState, State
from jobs.models import Report
from jobs.reports import file_report
from jobs.tests.factories import make_job
from kit import stamp
from kit.models import ContentStamp

pytestmark = pytest.mark.django_db

SCAM = {"reason": "scam", "words": "They ask for 50 dollars first."}


@pytest.fixture
def people(django_user_model):
    ContentStamp.objects.get_or_create(pk=1)
    member = django_user_model.objects.create_user("member@example.org", "long-enough-password")
    staff = django_user_model.objects.create_superuser("chief@example.org", "long-enough-password")
    return SimpleNamespace(member=member, staff=staff)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def send(job, client=None, **data):
    return (client or Client()).post(job.report_url, SCAM | data)


# --- sending -------------------------------------------------------------------------------------
def test_a_visitor_reports_an_ad_and_nothing_of_the_visitor_is_kept():
    job = make_job()
    client = Client()
    page = client.get(job.report_url)
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert 'type="email"' not in page.content.decode()
    response = client.post(job.report_url, SCAM, follow=True)
    assert "Thank you. Our staff will look at this ad." in response.content.decode()
    report = Report.objects.get()
    assert (report.job, report.reason, report.words, report.state, report.reporter) == (job, "scam", SCAM["words"], "open", None)


def test_a_members_report_has_a_name(people):
    send(make_job(), signed_in(people.member))
    assert Report.objects.get().reporter == people.member


def test_one_browser_and_one_member_report_an_ad_once(people):
    job, other = make_job("1"), make_job("2")
    for client in (Client(), signed_in(people.member)):
        before = Report.objects.count()
        for _ in range(2):
            said = client.post(job.report_url, SCAM, follow=True).content.decode()
        assert "You reported this ad already" in said
        assert Report.objects.count() == before + 1
        send(other, client)
        assert Report.objects.count() == before + 2


def test_a_member_may_report_again_once_the_first_is_decided(people):
    job = make_job()
    send(job, signed_in(people.member))
    Report.objects.update(state=ReportState.DISMISSED, decided_at=timezone.now())
    send(job, signed_in(people.member))
    assert Report.objects.count() == 2


def test_two_at_the_same_moment_are_one(people):
    job = make_job()
    filed = [file_report(job=job, reason=ReportReason.SCAM, words="", reporter=people.member) for _ in range(2)]
    assert [one is None for one in filed] == [False, True]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"reason": ""}, "Choose what is wrong with it"),
        ({"reason": "boring"}, "Choose one of the reasons"),
        ({"reason": "other", "words": " "}, "Say in a sentence what is wrong"),
        ({"words": "x" * 1001}, "Shorten this to 1000 characters; it has 1001"),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_is_written(data, said):
    response = send(make_job(), **data)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Report.objects.exists()


def test_a_thousand_characters_fit():
    assert send(make_job(), words="x" * 1000).status_code == 302


def test_a_flood_from_one_address_is_refused_with_words_and_keeps_what_was_written():
    for number in range(20):
        assert send(make_job(number)).status_code == 302
    response = send(make_job("last"))
    assert response.status_code == 429
    assert "You sent many reports in a short time" in response.content.decode()
    assert SCAM["words"] in response.content.decode()
    assert Report.objects.count() == 20


def test_a_flood_from_one_member_is_refused_wherever_it_comes_from(people):
    client = signed_in(people.member)
    answers = [client.post(make_job(n).report_url, SCAM, REMOTE_ADDR=f"10.0.0.{n}").status_code for n in range(11)]
    assert answers == [302] * 10 + [429]


def test_only_what_has_a_page_can_be_reported():
    expected = {State.OPEN: 302, State.CLOSED: 302, State.HELD: 404, State.REMOVED: 410}
    assert {state: send(make_job(state, state=state)).status_code for state in State} == expected


def test_the_form_wants_its_token():
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(make_job().report_url, SCAM).status_code == 403


def test_another_slug_leads_to_the_form_under_the_right_one():
    job = make_job()
    response = Client().get(f"/jobs/{job.pk}-other/report/")
    assert (response.status_code, response["Location"]) == (301, job.report_url)


def test_the_page_of_the_job_counts_what_waits():
    job = make_job()
    send(job)
    assert "1 waits for our staff" in Client().get(job.get_absolute_url()).content.decode()


# --- what the database refuses -------------------------------------------------------------------
REFUSED = {
    "report_state_known": {"state": "lost", "decided_at": timezone.now},
    "report_reason_known": {"reason": "boring"},
    "report_decided_when": {"state": "upheld"},
}


@pytest.mark.parametrize(("name", "values"), REFUSED.items(), ids=REFUSED)
def test_the_database_refuses(name, values):
    job = make_job()
    values = {key: value() if callable(value) else value for key, value in values.items()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Report.objects.create(**{"job": job, "reason": "scam"} | values)


def test_the_database_keeps_one_open_report_of_a_member(people):
    job = make_job()
    Report.objects.create(job=job, reason="scam", reporter=people.member)
    with pytest.raises(IntegrityError, match="report_one_open_per_person"), transaction.atomic():
        Report.objects.create(job=job, reason="other", reporter=people.member)


# --- deciding ------------------------------------------------------------------------------------
def act(people, action, reports):
    data = {"action": action, "_selected_action": [report.pk for report in reports]}
    response = signed_in(people.staff).post(reverse("admin:jobs_report_changelist"), data, follow=True)
    return [str(message) for message in response.context["messages"]]


def two_reports(job):
    return [Report.objects.create(job=job, reason=reason) for reason in ("scam", "wrong")]


@pytest.mark.parametrize(
    ("action", "state", "said"),
    [
        ("close_and_uphold", State.CLOSED, "1 jobs closed, and all their open reports upheld."),
        ("remove_and_uphold", State.REMOVED, "1 jobs removed, and all their open reports upheld."),
    ],
)
def test_upholding_moves_the_job_and_decides_all_its_reports(people, action, state, said):
    job, other = make_job("1"), make_job("2")
    first, _ = two_reports(job)
    elsewhere = Report.objects.create(job=other, reason="scam")
    before = stamp.current()
    assert act(people, action, [first]) == [said]
    job.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (job.state, elsewhere.state) == (state, "open")
    decided = Report.objects.filter(job=job)
    assert {(one.state, one.decided_by, one.decided_at is not None) for one in decided} == {("upheld", people.staff, True)}
    assert stamp.current() > before
    assert LogEntry.objects.filter(object_id=str(job.pk), change_message__contains="after a report by a reader").count() == 1
    assert act(people, action, [first]) == ["0 jobs closed, and all their open reports upheld.".replace("closed", state.value)]


def test_dismissing_decides_the_chosen_one_alone(people):
    job = make_job()
    first, second = two_reports(job)
    assert act(people, "dismiss", [first]) == ["1 dismissed. Other reports of the same jobs wait on."]
    first.refresh_from_db()
    second.refresh_from_db()
    job.refresh_from_db()
    assert (first.state, second.state, job.state) == ("dismissed", "open", State.OPEN)
    assert LogEntry.objects.filter(object_id=str(first.pk), change_message="Dismissed.").count() == 1


def test_closing_what_is_closed_decides_its_reports_all_the_same(people):
    job = make_job(state=State.CLOSED)
    first, _ = two_reports(job)
    act(people, "close_and_uphold", [first])
    assert not Report.objects.open().exists()


def test_the_queue_has_what_waits_first_and_the_newest_of_it(people):
    now = timezone.now()
    for number, state in enumerate(["open", "dismissed", "open"]):
        decided = None if state == "open" else now
        Report.objects.create(job=make_job(number), reason="scam", state=state, decided_at=decided, words=f"word-{number}")
    body = signed_in(people.staff).get(reverse("admin:jobs_report_changelist")).content.decode()
    assert sorted(range(3), key=lambda n: body.index(f"word-{n}")) == [2, 0, 1]


def test_the_queue_costs_the_same_at_twice_the_rows_and_shows_no_live_text(people):
    client = signed_in(people.staff)
    evil = "<script>alert(1)</script>"

    def cost(start):
        for number in range(start, start + 4):
            Report.objects.create(job=make_job(number, title=f"Kite {evil}"), reason="other", words=evil, reporter=people.member)
        with CaptureQueriesContext(connection) as captured:
            body = client.get(reverse("admin:jobs_report_changelist")).content.decode()
        assert "<script>alert" not in body
        return len(captured)

    cost(0)
    assert cost(4) == cost(8)
    change = client.get(reverse("admin:jobs_report_change", args=[Report.objects.first().pk])).content.decode()
    assert "<script>alert" not in change


def test_a_report_cannot_be_typed_over(people):
    report = Report.objects.create(job=make_job(), reason="scam")
    signed_in(people.staff).post(reverse("admin:jobs_report_change", args=[report.pk]), {"state": "dismissed", "reason": "other"})
    report.refresh_from_db()
    assert (report.state, report.reason) == ("open", "scam")


def test_when_a_member_is_deleted_the_report_stays_without_a_name(people):
    send(make_job(), signed_in(people.member))
    people.member.delete()
    assert Report.objects.get().reporter is None
