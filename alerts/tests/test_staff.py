"""Staff look at runs, people and what they were told. Nothing can be sent from there."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.tests.factories import make_user, signed_in
from alerts.choices import Reason, Stop, Verdict
from alerts.models import Alert, Delivery, Digest, Run, Subscriber
from alerts.page.judged import judged
from alerts.sending.run import send_alerts
from alerts.tests.factories import MONDAY, make_alert, make_subscriber, new_job, tell_at
from jobs.tests.factories import make_employer

pytestmark = pytest.mark.django_db
MODELS = (Run, Subscriber, Alert, Digest, Delivery)


@pytest.fixture(autouse=True)
def _clock(settings):
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def desk(db):
    return signed_in(make_user("admin@example.org", is_staff=True, is_superuser=True))


def lists(model, **query):
    return reverse(f"admin:alerts_{model._meta.model_name}_changelist"), query


def page(desk, model, **query):
    response = desk.get(*lists(model, **query))
    assert response.status_code == 200, response
    return response.content.decode()


def told(people=2, jobs=3):
    for n in range(people):
        make_alert(make_subscriber(f"person{n}@example.org"), "", name=f"Alert {n}")
    for n in range(jobs):
        new_job(str(n), title=f"Kite {n}", employer=make_employer(f"Employer {n}"))
    return send_alerts()


def test_runs_show_people_digests_jobs_seconds_and_failures(desk):
    run = told()
    Run.objects.filter(pk=run.pk).update(failures=1, seconds=1.25)
    shown = page(desk, Run)
    for field, value in (("people", "2"), ("jobs", "6"), ("failures", "1"), ("took", "1.2"), ("searches", "1")):
        assert f'class="field-{field}">{value}</td>' in shown
    assert f"?run__id__exact={run.pk}" in shown
    assert page(desk, Digest, run__id__exact=run.pk).count("person") >= 2


def test_the_ledger_of_one_person(desk):
    told()
    person = Subscriber.objects.get(email="person0@example.org")
    shown = page(desk, Delivery, subscriber__id__exact=person.pk)
    assert shown.count("person0@example.org") == 3
    assert "person1@example.org" not in shown
    assert "Kite 2" in shown
    assert "person0@example.org" in page(desk, Delivery, q="PERSON0@example.org")


def test_what_opens_the_page_of_a_visitor_is_not_shown(desk):
    told(1)
    person = Subscriber.objects.get()
    shown = desk.get(reverse("admin:alerts_subscriber_change", args=[person.pk])).content.decode()
    assert person.key not in shown
    assert "person0@example.org" in shown


@pytest.mark.parametrize("model", MODELS)
def test_nothing_can_be_added_changed_deleted_or_sent_again(desk, model):
    told(1)
    row = model.objects.first()
    name = f"admin:alerts_{model._meta.model_name}"
    before = len(mail.outbox), model.objects.count()
    assert desk.post(reverse(f"{name}_add"), {}).status_code == 403
    assert desk.post(reverse(f"{name}_change", args=[row.pk]), {"state": "claimed"}).status_code == 403
    assert desk.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    desk.post(reverse(f"{name}_changelist"), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    send_alerts()
    assert (len(mail.outbox), model.objects.count()) == before


def test_only_people_can_be_turned_off_and_that_is_logged(desk):
    told(1)
    person = Subscriber.objects.get()
    desk.post(lists(Subscriber)[0], {"action": "turn_off", "_selected_action": [person.pk]})
    person.refresh_from_db()
    assert person.stopped_because == Stop.LEFT
    assert LogEntry.objects.get(object_id=str(person.pk)).change_message == "Turned off all alerts."
    for model in MODELS:
        actions = page(desk, model).count('<option value="turn_off">')
        assert actions == (1 if model is Subscriber else 0)


def test_who_may_only_look_turns_nobody_off():
    told(1)
    clerk = make_user(is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(content_type__app_label="alerts", codename__startswith="view_"))
    client = signed_in(clerk)
    person = Subscriber.objects.get()
    client.post(lists(Subscriber)[0], {"action": "turn_off", "_selected_action": [person.pk]})
    person.refresh_from_db()
    assert person.stopped_at is None
    assert client.get(reverse("admin:alerts_verdicts")).status_code == 200
    assert signed_in(make_user(is_staff=True)).get(reverse("admin:alerts_verdicts")).status_code == 403


@pytest.mark.parametrize("who", ["member", "visitor", "unconfirmed", "stopped"])
def test_people_can_be_narrowed_down(desk, who):
    make_subscriber(user=make_user("member@example.org"))
    make_subscriber("visitor@example.org")
    make_subscriber("unconfirmed@example.org", confirmed_at=None)
    make_subscriber("stopped@example.org", stopped_at=MONDAY, stopped_because=Stop.SILENT)
    shown = page(desk, Subscriber, who=who)
    assert f"{who}@example.org" in shown
    assert ("member@example.org" in shown) == (who == "member")


def judge(name, verdict, reason="", *, at=MONDAY):
    Delivery.objects.filter(job__title=name).update(verdict=verdict, reason=reason, judged_at=at)


def test_what_readers_say_by_employer_and_alert(desk):
    told(2)
    judge("Kite 0", Verdict.NOT_FOR_ME, Reason.PAY)
    judge("Kite 1", Verdict.USEFUL)
    judge("Kite 2", Verdict.NOT_FOR_ME, Reason.EMPLOYER, at=MONDAY - timedelta(days=40))
    found = judged("")
    assert (found.days, found.useful, found.not_for_me) == (30, 2, 2)
    assert [(row.name, row.useful, row.not_for_me) for row in found.employers] == [("Employer 0", 0, 2), ("Employer 1", 2, 0)]
    assert found.employers[0].reasons[list(Reason).index(Reason.PAY)] == 2
    assert {row.name for row in found.alerts} == {"Alert 0", "Alert 1"}
    assert judged("90").not_for_me == 4
    assert judged("nonsense").days == 30
    shown = desk.get(reverse("admin:alerts_verdicts"), {"days": "90"}).content.decode()
    assert "Employer 2" in shown
    useful = page(desk, Alert)
    assert "?alert__id__exact=" in useful


@pytest.mark.parametrize("model", MODELS)
def test_long_lists_cost_as_much_as_short_ones(desk, model):
    def queries(people):
        for n in range(people):
            make_alert(make_subscriber(f"{people}-{n}@example.org"), "")
        tell_at()
        if model is Run:
            Run.objects.bulk_create(Run(moment=MONDAY, people=1, digests=1) for _ in range(people))
        page(desk, model)
        with CaptureQueriesContext(connection) as found:
            page(desk, model)
        return len(found)

    new_job()
    few = queries(2)
    assert queries(25) <= few <= 12
