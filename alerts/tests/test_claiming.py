"""What a run tells whom, and what it writes down of it."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from accounts.models import TrackedApplication
from accounts.tests.factories import make_user
from alerts import writing
from alerts.choices import DigestState, Frequency, Stop
from alerts.digest.notes import Note
from alerts.models import Alert, Delivery, Digest
from alerts.tests.factories import DAY, MONDAY, claim_at, give_plan, make_alert, make_subscriber, new_job, tell_at
from careers.publishing import publish
from careers.tests.factories import published_guide
from jobs.models import HiddenJob
from jobs.tests.factories import make_employer
from kit.models import AddressState, DeadAddress, MailState, OutgoingMail

pytestmark = pytest.mark.django_db
WEEK = 7 * DAY


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(MONDAY, tick=False):
        yield


def told(subscriber):
    """Titles, in the order of the ledger."""
    return list(subscriber.deliveries.order_by("digest", "place").values_list("job__title", flat=True))


def only_digest(subscriber):
    return subscriber.digests.get()


# --- one mail, one ledger ---------------------------------------------------------------------------
def test_one_digest_holds_all_searches_of_a_person():
    person = make_subscriber()
    kites, sails = make_alert(person, "q=kite"), make_alert(person, "q=sail")
    new_job("k", title="Kite maker"), new_job("s", title="Sail maker")
    claim_at()
    digest = only_digest(person)
    assert [section["alert"] for section in digest.sections] == [kites.pk, sails.pk]
    assert digest.slot == MONDAY.date()
    assert digest.state == DigestState.CLAIMED
    assert told(person) == ["Kite maker", "Sail maker"]


def test_a_job_that_two_searches_find_is_told_once():
    person = make_subscriber()
    first = make_alert(person, "q=kite")
    make_alert(person, "q=maker")
    new_job(title="Kite maker")
    tell_at()
    assert told(person) == ["Kite maker"]
    assert person.deliveries.get().alert == first
    assert len(only_digest(person).sections) == 1


def test_no_job_is_ever_told_again():
    person = make_subscriber()
    make_alert(person, "q=kite")
    job = new_job(title="Kite maker")
    tell_at()
    job.first_seen_at = MONDAY + DAY  # it comes again as if it were new
    job.save()
    tell_at(MONDAY + WEEK)
    assert told(person) == ["Kite maker"]
    assert person.digests.count() == 1


def test_the_ledger_refuses_the_same_job_twice():
    person = make_subscriber()
    make_alert(person, "")
    new_job()
    tell_at()
    row = person.deliveries.get()
    with pytest.raises(IntegrityError, match="job_told_once"):
        Delivery.objects.create(subscriber=person, job=row.job, digest=row.digest, place=2)


def test_a_second_digest_for_one_day_cannot_be_written():
    person = make_subscriber()
    make_alert(person, "")
    new_job()
    tell_at()
    with pytest.raises(IntegrityError, match="digest_once_a_day"):
        Digest.objects.create(subscriber=person, slot=MONDAY.date())


def test_two_people_get_the_same_job():
    people = [make_subscriber(f"{name}@example.org") for name in ("ann", "ben")]
    for person in people:
        make_alert(person, "q=kite")
    new_job(title="Kite maker")
    tell_at()
    assert [told(person) for person in people] == [["Kite maker"]] * 2


def test_the_same_ad_under_another_number_counts_as_told():
    person = make_subscriber()
    make_alert(person, "q=kite")
    new_job("1", title="Kite maker", fingerprint="same")
    tell_at()
    new_job("2", title="Kite maker", fingerprint="same", at=MONDAY + DAY)
    tell_at(MONDAY + WEEK)
    assert len(told(person)) == 1


def test_the_same_ad_twice_in_one_week_stands_in_the_mail_once():
    person = make_subscriber()
    make_alert(person, "q=kite")
    make_alert(person, "q=maker")
    new_job("1", title="Kite maker", fingerprint="same")
    new_job("2", title="Kite maker", fingerprint="same", at=MONDAY - 2 * DAY)
    claim_at()
    assert told(person) == ["Kite maker"]
    assert only_digest(person).sections[0]["total"] == 1


def test_the_same_ad_months_later_is_a_new_job():
    person = make_subscriber()
    make_alert(person, "q=kite")
    new_job("1", title="Kite maker", fingerprint="same")
    tell_at()
    later = MONDAY + 12 * WEEK
    new_job("2", title="Kite maker", fingerprint="same", at=later - DAY)
    tell_at(later)
    assert len(told(person)) == 2


def test_jobs_that_somebody_hid_or_applied_for_are_left_out():
    user = make_user()
    person = make_subscriber(user=user)
    make_alert(person, "")
    hidden, applied, _ = (new_job(name, title=name) for name in ("hidden", "applied", "fresh"))
    HiddenJob.objects.create(user=user, job=hidden)
    TrackedApplication.objects.create(user=user, job=applied, title="applied", employer="Acme", status="applied", status_at=MONDAY)
    tell_at()
    assert told(person) == ["fresh"]
    assert only_digest(person).sections[0]["total"] == 1


def test_jobs_before_the_alert_and_closed_ones_are_not_news():
    person = make_subscriber()
    make_alert(person, "")
    new_job("old", title="Old", at=MONDAY - WEEK - timedelta(hours=3))
    new_job("gone", title="Gone").close()
    tell_at()
    assert not person.digests.exists()


# --- how much ---------------------------------------------------------------------------------------
def test_three_of_one_employer_and_the_number_of_the_others():
    person = make_subscriber()
    make_alert(person, "")
    many, other = make_employer("Many Kites"), make_employer("Other")
    for n in range(5):
        new_job(f"m{n}", title=f"Kite {n}", employer=many, at=MONDAY - timedelta(hours=n + 1))
    new_job("o", title="Sail", employer=other, at=MONDAY - timedelta(hours=9))
    tell_at()
    assert told(person) == ["Kite 0", "Kite 1", "Kite 2", "Sail"]
    section = only_digest(person).sections[0]
    assert section["total"] == 6
    assert section["more"] == [[many.pk, 2]]


def test_ten_of_one_search_and_the_number_of_all():
    person = make_subscriber()
    make_alert(person, "")
    for n in range(14):
        new_job(str(n), title=f"Kite {n}", employer=make_employer(f"Employer {n}"))
    tell_at()
    assert person.deliveries.count() == 10
    assert only_digest(person).sections[0]["total"] == 14


def test_what_was_only_counted_does_not_come_the_next_time():
    person = make_subscriber()
    make_alert(person, "")
    for n in range(14):
        new_job(str(n), employer=make_employer(f"Employer {n}"))
    tell_at()
    tell_at(MONDAY + WEEK)
    assert person.deliveries.count() == 10


def test_pay_that_is_not_stated_is_as_the_person_chose():
    strict, loose = make_subscriber("strict@example.org"), make_subscriber("loose@example.org")
    make_alert(strict, "pay=60k")
    make_alert(loose, "pay=60k&unstated=1")
    new_job("hidden", title="Hidden pay")
    new_job("paid", title="Paid", pay_maximum=90_000, pay_currency="USD", pay_period="YEAR", year_maximum=90_000)
    tell_at()
    assert told(strict) == ["Paid"]
    assert sorted(told(loose)) == ["Hidden pay", "Paid"]


# --- when -------------------------------------------------------------------------------------------
def test_nothing_new_is_no_mail_and_the_week_is_done():
    person = make_subscriber()
    alert = make_alert(person, "q=kite")
    tell_at()
    alert.refresh_from_db(), person.refresh_from_db()
    assert not person.digests.exists()
    assert alert.last_slot == MONDAY.date()
    assert alert.covered_until == MONDAY
    assert person.next_at == MONDAY + WEEK


def test_a_second_run_finds_nobody():
    person = make_subscriber()
    make_alert(person, "")
    new_job()
    assert len(tell_at()) == 1
    assert tell_at(MONDAY + timedelta(minutes=5)) == []


def test_daily_with_the_plan_and_weekly_without():
    paying, free = make_user(), make_user()
    give_plan(paying)
    people = [make_subscriber(user=user) for user in (paying, free)]
    for person in people:
        make_alert(person, "", frequency=Frequency.DAILY, last_slot=(MONDAY - DAY).date())
    for n in range(5):
        new_job(str(n), title=f"Kite {n}", employer=make_employer(f"Employer {n}"), at=MONDAY + n * DAY - timedelta(hours=5))
        tell_at(MONDAY + n * DAY)
    assert people[0].digests.count() == 5
    assert people[1].digests.count() == 0


def test_after_a_downgrade_it_is_weekly_and_says_so_once_and_returns_with_the_plan():
    user = make_user()
    grant = give_plan(user)
    person = make_subscriber(user=user)
    make_alert(person, "", frequency=Frequency.DAILY)
    days = {}
    for n in range(36):
        now = MONDAY + n * DAY
        with time_machine.travel(now, tick=False):
            if n == 3:
                grant.revoked_at = now
                grant.save()
            if n == 30:
                give_plan(user)
            new_job(str(n), title=f"Kite {n}", employer=make_employer(f"Employer {n}"), at=now - timedelta(hours=5))
            tell_at(now)
        days = {digest.slot: digest.notes for digest in person.digests.all()}
    first = MONDAY.date()
    weekly = [first + timedelta(days=n) for n in (7, 14, 21, 28)]
    assert sorted(days) == [first + timedelta(days=n) for n in range(3)] + weekly + [first + timedelta(days=n) for n in range(30, 36)]
    assert [slot for slot, notes in days.items() if Note.WEEKLY_NOW in notes] == [weekly[0]]
    assert Alert.objects.get().frequency == Frequency.DAILY
    assert person.deliveries.count() == 36


def test_a_second_downgrade_is_told_again():
    user = make_user()
    person = make_subscriber(user=user, told_weekly_at=MONDAY - WEEK)
    make_alert(person, "", frequency=Frequency.DAILY)
    grant = give_plan(user)
    tell_at()
    grant.revoked_at = MONDAY
    grant.save()
    tell_at(MONDAY + WEEK)
    assert only_digest(person).notes == [Note.WEEKLY_NOW]


def test_once_a_month_a_weekly_alert_says_that_it_still_watches():
    person = make_subscriber()
    make_alert(person, "q=nothing")
    for n in range(9):
        tell_at(MONDAY + n * WEEK)
    assert [(digest.slot, digest.notes) for digest in person.digests.order_by("slot")] == [
        (date(2026, 12, 21), [Note.STILL_WATCHING]),
        (date(2027, 1, 18), [Note.STILL_WATCHING]),
    ]


def test_a_daily_alert_with_nothing_new_is_silent():
    user = make_user()
    give_plan(user)
    person = make_subscriber(user=user)
    make_alert(person, "q=nothing", frequency=Frequency.DAILY)
    for n in range(60):
        tell_at(MONDAY + n * DAY)
    assert not person.digests.exists()


def test_after_an_outage_of_a_week_one_digest_has_all_of_it():
    user = make_user()
    give_plan(user)
    person = make_subscriber(user=user)
    make_alert(person, "", frequency=Frequency.DAILY)
    for n in range(7):
        new_job(str(n), title=f"Kite {n}", employer=make_employer(f"Employer {n}"), at=MONDAY + n * DAY)
    tell_at(MONDAY + 7 * DAY + timedelta(hours=5))
    assert person.digests.count() == 1
    assert person.deliveries.count() == 7
    person.refresh_from_db()
    assert person.next_at == MONDAY + 8 * DAY


def test_a_job_whose_feed_was_slow_to_write_it_is_not_missed():
    """Seen an hour before the run, and committed after it."""
    person = make_subscriber()
    make_alert(person, "")
    tell_at()
    new_job(title="Late", at=MONDAY - timedelta(hours=1))
    tell_at(MONDAY + WEEK)
    assert told(person) == ["Late"]


# --- who --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("why", ["unconfirmed", "stopped", "locked", "dead"])
def test_nothing_goes_to_somebody_who_cannot_or_will_not_get_it(why):
    user = make_user()
    person = make_subscriber(user=user)
    make_alert(person, "")
    new_job()
    match why:
        case "unconfirmed":
            person.confirmed_at = None
            person.save()
        case "stopped":
            writing.stop(person, Stop.LEFT, MONDAY)
        case "locked":
            user.is_active = False
            user.save()
        case "dead":
            DeadAddress.objects.create(email=user.email, state=AddressState.BOUNCED)
    tell_at()
    assert not Digest.objects.exists()


def test_an_address_that_works_again_gets_what_came_meanwhile():
    person = make_subscriber("ann@example.org")
    make_alert(person, "")
    new_job(title="Meanwhile")
    dead = DeadAddress.objects.create(email="ann@example.org", state=AddressState.BOUNCED)
    tell_at()
    dead.delete()
    tell_at(MONDAY + WEEK)
    assert told(person) == ["Meanwhile"]


@pytest.mark.parametrize("what", ["off", "removed", "paused"])
def test_one_alert_rests_and_the_others_go_on(what):
    person = make_subscriber()
    rests, _ = make_alert(person, "q=kite"), make_alert(person, "q=sail")
    new_job("k", title="Kite maker"), new_job("s", title="Sail maker")
    match what:
        case "off":
            writing.turn_off(rests)
        case "removed":
            writing.remove(rests)
        case "paused":
            writing.pause(rests, (MONDAY + DAY).date())
    person.refresh_from_db()
    tell_at()
    assert told(person) == ["Sail maker"]


def test_a_pause_over_tells_what_came_meanwhile():
    person = make_subscriber()
    make_alert(person, "", paused_until=(MONDAY + DAY).date())
    new_job(title="Meanwhile")
    tell_at()
    assert not person.digests.exists()
    tell_at(MONDAY + WEEK)
    assert told(person) == ["Meanwhile"]


def test_a_member_who_moved_keeps_the_hour_by_the_new_clock():
    user = make_user()
    person = make_subscriber(user=user)
    make_alert(person, "")
    new_job()
    user.time_zone = "America/New_York"
    user.save()
    tell_at()  # eight in London is three in New York
    assert not person.digests.exists()
    tell_at(MONDAY + timedelta(hours=5))
    assert only_digest(person).slot == MONDAY.date()


def test_who_moves_east_and_back_gets_one_digest_for_each_day():
    user = make_user()
    give_plan(user)
    person = make_subscriber(user=user)
    make_alert(person, "", frequency=Frequency.DAILY)
    for n in range(20):
        new_job(str(n), employer=make_employer(f"Employer {n}"), at=MONDAY + n * DAY - timedelta(hours=12))
    now = MONDAY
    while now < MONDAY + 15 * DAY:
        if now.hour == 12:
            user.time_zone = ("Asia/Tokyo", "America/Los_Angeles", "UTC")[now.day % 3]
            user.save()
        tell_at(now)
        now += timedelta(hours=1)
    slots = [digest.slot for digest in person.digests.order_by("slot")]
    assert len(slots) == len(set(slots))
    assert {later - earlier for earlier, later in pairwise(slots)} == {DAY}


def test_while_a_digest_waits_for_the_mail_server_no_other_is_made_and_the_next_tells_all():
    user = make_user()
    give_plan(user)
    person = make_subscriber(user=user)
    make_alert(person, "", frequency=Frequency.DAILY)
    for n in range(5):
        new_job(str(n), title=f"Kite {n}", employer=make_employer(f"Employer {n}"), at=MONDAY + n * DAY - timedelta(hours=1))
        claim_at(MONDAY + n * DAY)
    assert told(person) == ["Kite 0"]
    mail = OutgoingMail.objects.create(stream="alerts", recipient=user.email, message_id="<1@x>", message={"subject": "Kites"})
    Digest.objects.update(state=DigestState.QUEUED, mail=mail)
    claim_at(MONDAY + 5 * DAY)
    assert told(person) == ["Kite 0"]
    OutgoingMail.objects.update(state=MailState.SENT, message=None, done_at=MONDAY)
    claim_at(MONDAY + 6 * DAY)
    assert sorted(told(person)) == [f"Kite {n}" for n in range(5)]
    assert person.digests.count() == 2


# --- guides -----------------------------------------------------------------------------------------
def test_a_guide_that_changed_is_told_once_with_its_sections():
    guide = published_guide().guide
    person = make_subscriber()
    alert = make_alert(person, guide=guide, revision=writing.published(guide))
    tell_at()
    assert not person.digests.exists()
    guide.pay_text = "Repairs pay twice as well."
    guide.save()
    publish(guide)
    tell_at(MONDAY + WEEK)
    assert only_digest(person).sections == [{"alert": alert.pk, "guide": guide.pk, "changed": ["Pay"]}]
    tell_at(MONDAY + 2 * WEEK)
    assert person.digests.count() == 1


def test_a_guide_that_was_published_without_a_change_is_no_news():
    guide = published_guide().guide
    person = make_subscriber()
    make_alert(person, guide=guide, revision=writing.published(guide))
    publish(guide)
    tell_at()
    assert not person.digests.exists()


# --- how --------------------------------------------------------------------------------------------
def statements(people):
    for n in range(people):
        make_alert(make_subscriber(f"person{people}-{n}@example.org"), "q=kite")
    with CaptureQueriesContext(connection) as queries:
        assert len(tell_at()) == people
    return len(queries)


def test_many_people_cost_no_more_statements_than_few():
    for n in range(20):
        new_job(str(n), title="Kite maker", employer=make_employer(f"Employer {n}"))
    few, many = statements(3), statements(30)
    assert many <= few <= 40


def test_the_same_search_is_matched_once():
    for n in range(6):
        make_alert(make_subscriber(f"person{n}@example.org"), ("q=kite", "q=sail")[n % 2])
    from alerts.models import Subscriber
    from alerts.sending.candidates import Candidates
    from alerts.sending.claim import look

    with Candidates(MONDAY) as candidates:
        assert len(look(candidates, None, 2).people) == 2
        assert len(look(candidates, (MONDAY - DAY, 0), 100).people) == 6
        assert candidates.searches == 2
    assert Subscriber.objects.due(MONDAY).count() == 6


def test_a_look_writes_nothing():
    person = make_subscriber()
    make_alert(person, "")
    new_job()
    from alerts.sending.candidates import Candidates
    from alerts.sending.claim import look

    with Candidates(MONDAY) as candidates:
        assert look(candidates, None, 10).people[0].jobs == 1
    assert not Digest.objects.exists()
    assert Alert.objects.get().last_slot is None
