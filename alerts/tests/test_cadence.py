"""When digests are due, by the reader's clock: a year in five time zones, over summer time both ways."""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from alerts.cadence import Clock, due_slot, next_look, next_slot
from alerts.choices import Frequency
from alerts.models import Alert

ZONES = ("America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia")
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
TICK = timedelta(minutes=30)


def alert(frequency=Frequency.DAILY, *, after=date(2025, 12, 31), last=None, **values):
    return Alert(frequency=frequency, after_slot=after, last_slot=last, **values)


def moments(one, clock, *, may_daily=True, start=START, end=END, awake=lambda now: True):
    """Every moment at which a runner that looks each half hour finds the alert due, and the slot."""
    now, found = start, []
    while now < end:
        if awake(now) and (slot := due_slot(one, clock, now, may_daily=may_daily)):
            found.append((now, slot))
            one.last_slot = slot
        now += TICK
    return found


def days_of_the_year(zone):
    first, last = START.astimezone(ZoneInfo(zone)).date(), END.astimezone(ZoneInfo(zone)).date()
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


@pytest.mark.parametrize("hour", [0, 2, 3, 8, 23])
@pytest.mark.parametrize("zone", ZONES)
def test_a_daily_alert_comes_once_on_every_day_of_the_year(zone, hour):
    clock = Clock(zone, 0, hour)
    slots = [slot for _, slot in moments(alert(after=date(2025, 12, 1)), clock)]
    assert slots[1:] == [day for day in days_of_the_year(zone) if START < clock.moment_of(day) < END]  # the first made up for December


@pytest.mark.parametrize("weekday", range(7))
@pytest.mark.parametrize("zone", ZONES)
def test_a_weekly_alert_comes_once_in_every_week_on_its_day(zone, weekday):
    clock = Clock(zone, weekday, 8)
    slots = [slot for _, slot in moments(alert(Frequency.WEEKLY), clock)]
    assert {slot.weekday() for slot in slots} == {weekday}
    assert {later - earlier for earlier, later in pairwise(slots)} == {timedelta(days=7)}
    assert len(slots) in {52, 53}


@pytest.mark.parametrize("hour", [0, 2, 8, 23])
@pytest.mark.parametrize("zone", ZONES)
def test_it_comes_in_the_hour_that_the_clock_of_the_reader_shows(zone, hour):
    for now, slot in moments(alert(), Clock(zone, 0, hour))[1:]:
        shown = now.astimezone(ZoneInfo(zone))
        midnight = datetime.combine(slot, datetime.min.time(), tzinfo=ZoneInfo(zone))
        assert shown.date() == slot
        # The hour that summer time leaves out comes when the clock jumps over it; Lord Howe's clock moves by half an hour.
        assert shown.hour == hour or (shown.hour == hour + 1 and shown.utcoffset() != midnight.utcoffset()), shown


@pytest.mark.parametrize(
    ("zone", "day", "hour", "at"),
    [
        ("America/New_York", date(2026, 3, 8), 2, datetime(2026, 3, 8, 7, tzinfo=UTC)),  # 2:00 does not exist: 3:00 by the clock
        ("America/New_York", date(2026, 11, 1), 1, datetime(2026, 11, 1, 5, tzinfo=UTC)),  # 1:00 comes twice: the first
        ("Europe/Berlin", date(2026, 3, 29), 2, datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 10, 25), 2, datetime(2026, 10, 25, 0, tzinfo=UTC)),
        ("America/Havana", date(2026, 3, 8), 0, datetime(2026, 3, 8, 5, tzinfo=UTC)),  # midnight does not exist
    ],
)
def test_hours_that_do_not_exist_or_come_twice(zone, day, hour, at):
    assert Clock(zone, 0, hour).moment_of(day) == at


def test_a_day_that_does_not_exist_has_no_digest_of_its_own():
    """Samoa left out December 30, 2011."""
    clock = Clock("Pacific/Apia", 0, 8)
    start, end = datetime(2011, 12, 27, tzinfo=UTC), datetime(2012, 1, 3, tzinfo=UTC)
    slots = [slot for _, slot in moments(alert(after=date(2011, 12, 26)), clock, start=start, end=end)]
    assert slots == [date(2011, 12, day) for day in (27, 28, 29, 31)] + [date(2012, 1, day) for day in (1, 2, 3)]


def test_after_an_outage_one_comes_and_then_each_at_its_time():
    outage = (datetime(2026, 5, 4, 7, tzinfo=UTC), datetime(2026, 5, 11, 12, tzinfo=UTC))
    found = moments(alert(), Clock("UTC", 0, 8), awake=lambda now: not outage[0] <= now < outage[1])
    around = [(now, slot) for now, slot in found if date(2026, 5, 2) <= slot <= date(2026, 5, 13)]
    assert [now for now, _ in around] == [
        datetime(2026, 5, 2, 8, tzinfo=UTC), datetime(2026, 5, 3, 8, tzinfo=UTC), outage[1],
        datetime(2026, 5, 12, 8, tzinfo=UTC), datetime(2026, 5, 13, 8, tzinfo=UTC),
    ]  # fmt: skip


def test_a_weekly_one_that_comes_late_does_not_move_the_next():
    outage = (datetime(2026, 5, 4, 7, tzinfo=UTC), datetime(2026, 5, 8, 12, tzinfo=UTC))  # Monday to Friday
    found = moments(alert(Frequency.WEEKLY), Clock("UTC", 0, 8), awake=lambda now: not outage[0] <= now < outage[1])
    assert [now for now, _ in found if now.month == 5] == [outage[1], *(datetime(2026, 5, day, 8, tzinfo=UTC) for day in (11, 18, 25))]


def test_daily_is_weekly_while_the_plan_has_no_daily_alerts():
    clock, one = Clock("UTC", 0, 8), alert()
    with_plan = moments(one, clock, end=datetime(2026, 2, 1, 9, tzinfo=UTC))
    without = moments(one, clock, may_daily=False, start=datetime(2026, 2, 1, 9, tzinfo=UTC), end=datetime(2026, 3, 3, 9, tzinfo=UTC))
    again = moments(one, clock, start=datetime(2026, 3, 3, 9, tzinfo=UTC), end=datetime(2026, 3, 6, 9, tzinfo=UTC))
    assert len(with_plan) == 32
    assert [slot for _, slot in without] == [date(2026, 2, day) for day in (9, 16, 23)] + [date(2026, 3, 2)]
    assert [slot for _, slot in again] == [date(2026, 3, 3), date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 6)]


def test_moving_the_weekday_about_makes_no_daily_alert():
    """Somebody without daily alerts chooses tomorrow, every day."""
    one, found, now = alert(Frequency.WEEKLY), [], START
    while now < START + timedelta(days=28):
        found += moments(one, Clock("UTC", now.weekday(), 8), start=now, end=now + timedelta(days=1))
        now += timedelta(days=1)
    assert len(found) <= 7


def test_a_pause_ends_with_its_day_and_a_weekly_one_waits_for_its_weekday():
    until = date(2026, 1, 7)  # a Wednesday
    assert moments(alert(paused_until=until), Clock("UTC", 0, 8))[0][1] == until
    assert moments(alert(Frequency.WEEKLY, paused_until=until), Clock("UTC", 0, 8))[0][1] == date(2026, 1, 12)


@pytest.mark.parametrize("frequency", list(Frequency))
@pytest.mark.parametrize("zone", ZONES)
def test_the_next_look_never_comes_after_what_is_due(zone, frequency):
    """A runner that looks only at the moments it was told finds every slot."""
    clock, one, now, found = Clock(zone, 2, 8), alert(frequency), START, []
    while now and now < END:
        if slot := due_slot(one, clock, now, may_daily=True):
            one.last_slot = slot
            found.append(slot)
        now = next_look([one], clock, now)
    again = [slot for _, slot in moments(alert(frequency), clock)]
    assert found[-len(again) + 1 :] == again[1:]


def test_daily_ones_are_looked_at_every_day_on_every_plan():
    """So that they come back the day after the plan does."""
    now = datetime(2026, 1, 7, 9, tzinfo=UTC)
    assert next_look([alert(), alert(Frequency.WEEKLY)], Clock("UTC", 0, 8), now) == datetime(2026, 1, 8, 8, tzinfo=UTC)
    assert next_look([alert(Frequency.WEEKLY)], Clock("UTC", 0, 8), now) == datetime(2026, 1, 12, 8, tzinfo=UTC)


@pytest.mark.parametrize("may_daily", [True, False])
@pytest.mark.parametrize("frequency", list(Frequency))
def test_what_readers_are_told_of_the_next_mail_is_what_happens(frequency, may_daily):
    dice = random.Random(3)
    for _ in range(60):
        clock = Clock(dice.choice(ZONES), dice.randrange(7), dice.randrange(24))
        now = START + timedelta(days=60 + dice.randrange(200), minutes=30 * dice.randrange(48))
        today = clock.latest_slot(now)
        one = alert(
            frequency,
            after=today - timedelta(days=dice.randrange(3)),
            last=dice.choice([None, today - timedelta(days=dice.randrange(9))]),
            paused_until=dice.choice([None, today + timedelta(days=dice.randrange(1, 20))]),
        )
        if due_slot(one, clock, now, may_daily=may_daily):
            one.last_slot = today
        promised = next_slot(one, clock, now, may_daily=may_daily)
        [(moment, slot), *_] = moments(one, clock, may_daily=may_daily, start=now, end=now + timedelta(days=45))
        assert slot == promised
        assert moment - clock.moment_of(promised) < TICK


@pytest.mark.parametrize("gone", [{"off_at": START}, {"removed_at": START}])
def test_what_is_off_or_removed_is_not_looked_at(gone):
    assert next_look([alert(**gone)], Clock("UTC", 0, 8), START) is None
