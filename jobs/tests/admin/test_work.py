"""What staff do with sources, jobs and employers."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from jobs.choices import SourceKind, State
from jobs.models import Employer, Job, Report, Run, Source
from jobs.tasks import look_at_source
from jobs.tests.factories import ADDRESS, ad, look, make_employer, make_job, make_source, states
from kit import stamp
from kit.models import ContentStamp

pytestmark = pytest.mark.django_db


def act(client, model, action, rows, *, follow=True):
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(reverse(f"admin:jobs_{model}_changelist"), data, follow=follow)


def says(response):
    return [str(message) for message in response.context["messages"]]


FORM = {"name": "Wind jobs", "kind": SourceKind.FILE, "address": ADDRESS, "every_hours": "6", "is_active": "on"}


# --- sources -------------------------------------------------------------------------------------
def test_staff_add_a_source_with_kind_address_and_interval(staff):
    staff.post(reverse("admin:jobs_source_add"), FORM)
    source = Source.objects.get()
    assert (source.kind, source.address, source.every_hours, source.is_trusted) == ("file", ADDRESS, 6, False)
    assert list(Source.objects.due()) == [source]


@pytest.mark.parametrize("wrong", [{"every_hours": "0"}, {"kind": "monster"}, {"address": "http://feeds.example.org/"}, {"name": ""}])
def test_a_source_that_could_never_work_is_an_error_in_the_form(staff, wrong):
    response = staff.post(reverse("admin:jobs_source_add"), FORM | wrong)
    assert response.status_code == 200
    assert response.context["errors"]
    assert not Source.objects.exists()


def test_another_address_forgets_the_marks_of_the_old_one(staff):
    source = make_source(etag='"a"', last_modified="x", next_run_at=timezone.now())
    address = reverse("admin:jobs_source_change", args=[source.pk])
    staff.post(address, FORM)
    source.refresh_from_db()
    assert source.etag == '"a"'
    staff.post(address, FORM | {"address": "https://other.example.org/"})
    source.refresh_from_db()
    assert (source.etag, source.last_modified, source.next_run_at) == ("", "", None)


def test_look_now_puts_active_sources_with_an_address_into_the_queue(staff):
    source = make_source()
    others = [make_source("Off", is_active=False), make_source("By file", address="")]
    assert says(act(staff, "source", "look_now", [source, *others])) == [
        "The worker looks at 1 now. What it finds is listed under Runs.",
    ]
    assert [job.args for job in ProcrastinateJob.objects.filter(task_name=look_at_source.name)] == [{"source_id": source.pk}]


def test_a_source_with_jobs_cannot_be_deleted(staff):
    source = make_source()
    address = reverse("admin:jobs_source_delete", args=[source.pk])
    assert staff.get(address).status_code == 200
    make_job(source=source)
    assert staff.post(address, {"post": "yes"}).status_code == 403


def test_deleting_many_sources_at_once_is_not_offered(staff):
    make_source()
    assert "delete_selected" not in staff.get(reverse("admin:jobs_source_changelist")).content.decode()


# --- jobs ----------------------------------------------------------------------------------------
ACTIONS = {
    "approve": ({"held": "open"}, "1 approved."),
    "close": ({"held": "closed", "open": "closed"}, "2 closed."),
    "reopen": ({"closed": "open"}, "1 opened again."),
    "remove": ({"held": "removed", "open": "removed", "closed": "removed"}, "3 removed."),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_each_action_moves_what_it_may_and_leaves_the_rest_also_at_the_second_click(staff, action):
    moved, message = ACTIONS[action]
    jobs = [make_job(state, state=state) for state in State]
    assert says(act(staff, "job", action, jobs)) == [message]
    assert states() == {state: moved.get(state, state) for state in State}
    assert LogEntry.objects.count() == len(moved)
    act(staff, "job", action, jobs) if action != "close" else None
    assert states() == {state: moved.get(state, state) for state in State}


def test_duplicates_are_merged_and_one_alone_is_refused(staff):
    first, second = make_job("1"), make_job("2")
    assert says(act(staff, "job", "merge", [first])) == ["Choose two or more jobs that are not marked as duplicates yet."]
    assert says(act(staff, "job", "merge", [first, second])) == ["1 now point to “Kite maker”."]
    second.refresh_from_db()
    assert second.duplicate_of == first


def test_open_jobs_are_featured_for_a_month(staff):
    jobs = [make_job("1"), make_job("2", state=State.HELD)]
    assert says(act(staff, "job", "feature", jobs)) == ["1 featured."]
    assert (Job.objects.get(external_id="1").featured_until - timezone.now()).days in {29, 30}
    assert Job.objects.get(external_id="2").featured_until is None


def test_featuring_can_be_taken_back(staff):
    jobs = [make_job("1", featured_until=timezone.now()), make_job("2")]
    assert says(act(staff, "job", "unfeature", jobs)) == ["1 no longer featured."]
    assert not Job.objects.exclude(featured_until=None).exists()


def test_many_are_approved_in_a_few_statements_and_each_has_its_entry(staff):
    def cost(rows):
        with CaptureQueriesContext(connection) as captured:
            act(staff, "job", "approve", rows, follow=False)
        return len(captured)

    act(staff, "job", "approve", [make_job("first", state=State.HELD)])
    few = cost([make_job(number, state=State.HELD) for number in range(2)])
    assert cost([make_job(number, state=State.HELD) for number in range(2, 22)]) == few
    assert LogEntry.objects.filter(change_message="Approved.").count() == 23
    assert set(states().values()) == {State.OPEN}


@pytest.mark.parametrize(("queue", "found"), [("held", "held"), ("reported", "reported"), ("featured", "featured")])
def test_the_queues_of_jobs(staff, queue, found):
    make_job("held", title="Kite held", state=State.HELD)
    make_job("featured", title="Kite featured", featured_until=timezone.now() + timedelta(days=1))
    make_job("open", title="Kite open", featured_until=timezone.now() - timedelta(days=1))
    Report.objects.create(job=make_job("reported", title="Kite reported"), reason="scam")
    body = staff.get(reverse("admin:jobs_job_changelist"), {"queue": queue}).content.decode()
    assert set(re.findall(r">Kite (\w+)</a>", body)) == {found}


def test_a_job_in_the_list_leads_to_its_page_and_its_reports(staff):
    job = make_job()
    gone = make_job("2", state=State.REMOVED)
    Report.objects.create(job=job, reason="scam")
    body = staff.get(reverse("admin:jobs_job_changelist")).content.decode()
    assert f'href="{job.get_absolute_url()}"' in body
    assert gone.get_absolute_url() not in body
    assert f"?job__id__exact={job.pk}&amp;state__exact=open" in body
    assert staff.get(reverse("admin:jobs_report_changelist"), {"job__id__exact": job.pk, "state__exact": "open"}).status_code == 200


def test_employers_whose_jobs_wait_are_found(staff):
    make_job("1", employer=make_employer("Waiting works"), state=State.HELD)
    make_job("2", employer=make_employer("Open works"))
    body = staff.get(reverse("admin:jobs_employer_changelist"), {"review": "waiting"}).content.decode()
    assert "Waiting works" in body
    assert "Open works" not in body


@pytest.mark.parametrize("action", ["approve", "close", "reopen", "remove", "feature", "unfeature"])
def test_what_staff_decide_shows_at_once(staff, action):
    ContentStamp.objects.get_or_create(pk=1)
    before = stamp.current()
    act(staff, "job", action, [make_job()])
    assert stamp.current() > before


def test_what_a_source_states_cannot_be_typed_over(staff):
    job = make_job()
    staff.post(reverse("admin:jobs_job_change", args=[job.pk]), {"employer": job.employer_id, "title": "Other", "state": "removed"})
    job.refresh_from_db()
    assert (job.title, job.state) == ("Kite maker", State.OPEN)


def test_jobs_are_neither_added_nor_deleted_by_hand(staff):
    job = make_job()
    assert staff.get(reverse("admin:jobs_job_add")).status_code == 403
    assert staff.post(reverse("admin:jobs_job_delete", args=[job.pk]), {"post": "yes"}).status_code == 403


# --- employers -----------------------------------------------------------------------------------
def test_employers_are_merged_and_one_alone_is_refused(staff):
    one, two = make_employer("One"), make_employer("Two")
    make_job("1", employer=two)
    assert says(act(staff, "employer", "merge", [one])) == ["Choose two or more employers that were not merged before."]
    assert says(act(staff, "employer", "merge", [one, two])) == [
        "Merged into Two: 0 jobs moved. New jobs under the other names come here too.",
    ]
    one.refresh_from_db()
    assert one.merged_into == two


def test_an_employer_with_jobs_cannot_be_deleted(staff):
    job = make_job()
    assert staff.post(reverse("admin:jobs_employer_delete", args=[job.employer_id]), {"post": "yes"}).status_code == 403
    assert Employer.objects.exists()


# --- runs, and what everything costs ---------------------------------------------------------------
def test_a_run_shows_its_counts_and_reasons_and_cannot_be_changed(staff):
    run = look(make_source(), [ad(1), ad(2, title="")])
    body = staff.get(reverse("admin:jobs_run_change", args=[run.pk])).content.decode()
    assert "Left out because it has no title." in body
    assert staff.post(reverse("admin:jobs_run_change", args=[run.pk]), {"status": "failed"}).status_code == 403
    assert staff.get(reverse("admin:jobs_run_add")).status_code == 403


@pytest.mark.parametrize("model", ["employer", "job", "source", "run"])
def test_lists_cost_the_same_at_twice_the_rows(staff, model):
    def cost(start):
        for number in range(start, start + 4):
            source = make_source(f"Source {number}")
            make_job(number, source=source, employer=make_employer(f"Works {number}", merged_into=Employer.objects.first()))
            Run.objects.create(source=source)
        with CaptureQueriesContext(connection) as captured:
            assert staff.get(reverse(f"admin:jobs_{model}_changelist")).status_code == 200
        return len(captured)

    make_employer("First")
    staff.get(reverse(f"admin:jobs_{model}_changelist"))
    assert cost(0) == cost(4)


# --- hostile feeds ---------------------------------------------------------------------------------
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>"


@pytest.mark.parametrize("model", ["employer", "job", "source", "run"])
def test_text_of_a_feed_is_never_live_for_staff(staff, model):
    source = make_source(EVIL[:100])
    hostile = ad(EVIL, title=f"Kite {EVIL}", employer=f"Works {EVIL}", description=f"<p>Sew</p>{EVIL}&lt;script&gt;", place=EVIL)
    look(source, [hostile, ad(2, title="") | {"id": EVIL, "name": EVIL}, ad(3), ad(4, apply_url="https://a.example/?'\"><script>")])
    row = {"employer": Employer, "job": Job, "source": Source, "run": Run}[model].objects.first()
    pages = [reverse(f"admin:jobs_{model}_changelist"), reverse(f"admin:jobs_{model}_change", args=[row.pk])]
    for page in [*pages, reverse(f"admin:jobs_{model}_history", args=[row.pk])]:
        body = staff.get(page).content.decode()
        for live in ("<script>alert", "<img src=x", "<svg/onload", "'\"><script>"):
            assert live not in body, (page, live)
