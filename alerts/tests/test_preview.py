"""What an alert would have sent last week."""

import pytest
import time_machine

from accounts.tests.factories import make_user
from alerts.choices import Frequency
from alerts.preview import preview
from alerts.tests.factories import DAY, MONDAY, claim_at, make_alert, make_subscriber, new_job
from jobs.models import HiddenJob
from jobs.tests.factories import make_employer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(MONDAY, tick=False):
        yield


def jobs(count, **values):
    return [new_job(f"{count}-{n}", title=f"Kite {n}", employer=make_employer(f"Employer {n}"), **values) for n in range(count)]


def test_it_shows_what_the_mail_will_show():
    jobs(12)
    new_job("old", title="Kite of old", at=MONDAY - 8 * DAY)
    found = preview("Kites", "q=kite", frequency=Frequency.WEEKLY)
    make_alert(query="q=kite")
    claimed = claim_at()[0]
    assert [item.card.job.pk for item in found.section.items] == list(next(iter(claimed.picked.values())).ids)
    assert (found.total, found.section.rest, found.section.name) == (12, 2, "Kites")
    assert {item.reason for item in found.section.items} == {"“kite” in the title"}
    assert {item.useful_url for item in found.section.items} == {""}


@pytest.mark.parametrize(
    ("count", "frequency", "words"),
    [
        (0, Frequency.WEEKLY, "Nothing like this came in the last 7 days. A mail comes when there is something new."),
        (1, Frequency.WEEKLY, "About 1 job a mail, once a week."),
        (12, Frequency.WEEKLY, "About 12 jobs a mail, once a week."),
        (3, Frequency.DAILY, "About 3 jobs a week: on many days there will be no mail."),
        (7, Frequency.DAILY, "About 1 job a mail, every day."),
        (21, Frequency.DAILY, "About 3 jobs a mail, every day."),
    ],
)
def test_how_many_a_mail_will_have(count, frequency, words):
    jobs(count)
    assert preview("Kites", "q=kite", frequency=frequency).expected == words


def test_what_was_told_before_shows_and_what_was_hidden_does_not():
    user = make_user()
    person = make_subscriber(user=user)
    make_alert(person, "q=kite")
    told, hidden = jobs(2)
    HiddenJob.objects.create(user=user, job=hidden)
    claim_at()
    found = preview("Kites", "q=kite", frequency=Frequency.WEEKLY, reader=person)
    assert [item.title for item in found.section.items] == [told.title]
    assert found.total == 1


def test_it_asks_as_much_for_many_jobs_as_for_few(django_assert_max_num_queries):
    jobs(30)
    preview("Kites", "q=kite", frequency=Frequency.WEEKLY)
    with django_assert_max_num_queries(12):
        preview("Kites", "q=kite&employer=employer-1&employer=employer-2", frequency=Frequency.WEEKLY, reader=make_subscriber())
