"""Moments in every notation of the feeds; what cannot be true is unknown."""

from datetime import UTC, datetime

import pytest
import time_machine

from jobs.reading.dates import read_posted, read_until

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    "value",
    [
        1790000000, 1790000000000, "1790000000", "1790000000000", 1790000000.4, "2026-09-21T14:13:20Z", "2026-09-21T14:13:20+00:00",
        "2026-09-21T16:13:20+02:00", "2026-09-21T14:13:20", "2026-09-21 14:13:20", "2026-09-21T14:13:20.0000", "2026-09-21T14:13:20.123Z",
        "Mon, 21 Sep 2026 14:13:20 +0000", "Mon, 21 Sep 2026 14:13:20 GMT", "21 Sep 2026 10:13:20 -0400", " 2026-09-21T14:13:20Z ",
    ],
)  # fmt: skip
def test_one_moment_in_every_notation(value):
    found = read_posted(value)
    assert found.replace(microsecond=0) == datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC)
    assert found.tzinfo is UTC


def test_a_day_begins_at_midnight_and_lasts_to_its_end():
    assert read_posted("2026-11-20") == datetime(2026, 11, 20, tzinfo=UTC)
    assert read_until("2026-11-30") == datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        None, "", " ", "soon",
        "Posted 8 Days Ago", True, False, [], {}, 0, -1, 1, 10**30, 10**400, float("nan"), float("inf"), -float("inf"), "0",
        "9" * 5000, "²" * 10, "0001-01-01", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-13-45", "2026-02-30",
        "1999-12-31",
        "Mon, 99 Foo 2026 99:99:99 +9999", "Mon, 21 Sep 99999 10:00:00 GMT", "2026-09-21T14:13:20+99:99", "2026\ud800", "2026-09-21\0",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_unknown(value):
    assert read_posted(value) is None
    assert read_until(value) is None


def test_nothing_was_posted_in_the_future():
    assert read_posted("2026-11-26T11:00:00Z") is not None  # zones
    assert read_posted("2026-11-27T12:00:00Z") is None


def test_no_job_is_open_for_decades():
    assert read_until("2030-01-01") is not None
    assert read_until("2099-01-01") is None


def test_a_last_day_may_be_past():
    assert read_until("2025-11-30") == datetime(2025, 11, 30, 23, 59, 59, tzinfo=UTC)
