"""What becomes of a line: taken as it is, taken with a remark, or refused with the reason. Nothing that was written is lost."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.importing.columns import Columns, Field, guess
from accounts.importing.reading import read_sheet
from accounts.importing.rows import report
from accounts.importing.words import read_day, read_status, says_day_first
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db
HEAD = "Job Title,Company,Location,Link,Status,Date Applied,Salary,Notes,Recruiter,Email"


@pytest.fixture
def ada(db):
    return make_user(time_zone="America/New_York")


def rows(user, *lines, head=HEAD, columns=None):
    sheet = read_sheet("\n".join([head, *lines]).encode())
    return report(user, sheet, columns or guess(sheet)).rows


def said(row):
    return " | ".join(problem.text for problem in row.problems)


def test_columns_are_guessed_by_their_names():
    sheet = read_sheet(f"{HEAD}\nA\n".encode())
    assert guess(sheet).of == {field: number for number, field in enumerate(Field)}
    other = guess(read_sheet(b"Company;Role;Stage;Applied on;E-Mail;Applied\nA;B\n"))
    assert other.of == {Field.EMPLOYER: 0, Field.TITLE: 1, Field.STATUS: 2, Field.DAY: 3, Field.CONTACT_EMAIL: 4}


def test_a_whole_line(ada):
    (row,) = rows(
        ada, "Sail maker,Kite Works,Graz,https://kites.example.org/1,Interview,2026-03-04,USD 50k-60k per year,Ring,Bo,bo@x.example"
    )
    assert (row.state, said(row)) == ("ok", "")
    made = row.draft.application
    assert (made.title, made.employer, made.place, made.url) == ("Sail maker", "Kite Works", "Graz", "https://kites.example.org/1")
    assert (made.salary_minimum, made.salary_maximum, made.salary_currency, made.salary_period) == (50000, 60000, "USD", "YEAR")
    assert made.note == "Ring"
    assert row.status == "Interviewing"
    assert row.moment.isoformat() == "2026-03-04T12:00:00-05:00", "noon where the person lives"
    (contact,) = row.draft.parts
    assert (contact.name, contact.email) == ("Bo", "bo@x.example")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (",Kite Works", "no job title"),
        ("\u200b,Kite Works", "no job title"),
        ("A,B,,,,31.04.2026", "no date that we can read"),
        ("A,B,,,,soon", "no date that we can read"),
        ("A,B,,,,2999-01-01", "in the future"),
        ("A,B,,,,1789-07-14", "before 1990"),
        ("x" * 201, "Job title has 201 characters"),
        ("A," + "x" * 201, "Employer has 201 characters"),
        ("A,B,,,,,," + "x" * 5001, "note has 5,001 characters"),
        ("A,B,,,,,,n,r,e,too,many", "12 cells and the first line 10"),
    ],
)
def test_what_is_wrong_is_said_and_the_line_is_left_out(ada, line, words):
    (row,) = rows(ada, line)
    assert row.state == "error"
    assert words in said(row)


@pytest.mark.parametrize(
    ("line", "words", "note"),
    [
        ("A,B,,,Quantum,2026-01-01", "do not know the status", "Status: Quantum"),
        ("A,B,,javascript:alert(1),Sent,2026-01-01", "no web address", "Link: javascript:alert(1)"),
        ("A,B,,https://x@evil.example,Sent,2026-01-01", "no web address", "Link: https://x@evil.example"),
        ("A,B,,,Sent,2026-01-01,negotiable", "does not say amount", "Salary: negotiable"),
        ("A,B,,,Sent,2026-01-01,,,Bo,bo at x", "no email address", "Contact email: bo at x"),
    ],
)
def test_what_is_not_understood_is_kept_in_the_note(ada, line, words, note):
    (row,) = rows(ada, line)
    assert row.state == "warning"
    assert words in said(row)
    assert row.draft.application.note == note
    assert row.draft.application.url == ""


def test_a_line_with_a_title_alone_is_taken_and_counts_from_today(ada):
    (row,) = rows(ada, "A")
    assert (row.state, row.status) == ("warning", "Applied")
    assert "counts from today" in said(row)
    assert timezone.now() - row.moment < timedelta(minutes=1)


def test_a_day_of_today_is_not_in_the_future(ada):
    today = timezone.localdate(timezone=timezone.get_fixed_timezone(-300))
    (row,) = rows(ada, f"A,B,,,Sent,{today - timedelta(days=0)}")
    assert row.state == "ok"
    assert row.moment <= timezone.now()


@pytest.mark.parametrize(
    ("text", "day_first", "expected"),
    [
        ("2026-03-04", False, date(2026, 3, 4)),
        ("2026-03-04T10:00:00Z", False, date(2026, 3, 4)),
        ("2026/3/4 10:00", False, date(2026, 3, 4)),
        ("03/04/2026", False, date(2026, 3, 4)),
        ("03/04/2026", True, date(2026, 4, 3)),
        ("25/11/2026", False, date(2026, 11, 25)),
        ("11/25/2026", True, date(2026, 11, 25)),
        ("3.4.26", True, date(2026, 4, 3)),
        ("3/4/2026 14:05", False, date(2026, 3, 4)),
        ("4 March 2026", False, date(2026, 3, 4)),
        ("Wed, 4 Mar 2026", False, date(2026, 3, 4)),
        ("March 4th, 2026", False, date(2026, 3, 4)),
        ("mar 4 2026", False, date(2026, 3, 4)),
        ("0000-00-00", False, None),
        ("13/13/2026", False, None),
        ("4 Brumaire 2026", False, None),
        ("45000", False, None),
        ("", False, None),
    ],
)
def test_dates_as_people_write_them(text, day_first, expected):
    assert read_day(text, day_first=day_first) == expected


def test_a_column_tells_whether_the_day_comes_first():
    assert says_day_first(["03/04/2026", "25/11/2026"]) is True
    assert says_day_first(["03/04/2026", "11/25/2026"]) is False
    assert says_day_first(["03/04/2026", "2026-11-25"]) is None
    assert says_day_first(["25/11/2026", "11/25/2026"]) is None


def test_a_date_that_can_be_read_both_ways_is_said_and_can_be_turned(ada):
    (row,) = rows(ada, "A,B,,,Sent,03/04/2026")
    assert "“03/04/2026” is read as March 4, 2026" in said(row)
    sheet = read_sheet(f"{HEAD}\nA,B,,,Sent,03/04/2026\n".encode())
    (row,) = report(ada, sheet, Columns(guess(sheet).of, day_first=True)).rows
    assert "April 3, 2026" in said(row)
    (row,) = report(ada, sheet, Columns(guess(sheet).of, day_first=True, are_days_sure=True)).rows
    assert (row.state, row.moment.day) == ("ok", 3), "chosen by the person"


def test_where_one_date_tells_how_all_are_meant_nothing_is_said(ada):
    first, second = rows(ada, "A,B,,,Sent,03.04.2026", "C,D,,,Sent,25.03.2026")
    assert (first.state, first.moment.month, second.state) == ("ok", 4, "ok")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Applied", "applied"),
        ("phone screen", "interviewing"),
        ("Phone-Screen ", "interviewing"),
        ("GHOSTED", "no_answer"),
        ("No response", "no_answer"),
        ("Wishlist", "saved"),
        ("Hired", "accepted"),
        ("Offer declined", "withdrawn"),
        ("²", None),
        ("", None),
    ],
)
def test_statuses_of_other_trackers(text, expected):
    assert read_status(text) == expected


def test_a_line_is_a_double_of_what_is_there_and_of_one_before(ada):
    moment = timezone.now() - timedelta(days=9)
    mine = ada.tracked.create(title="Sail Maker", employer="Kite Works", status="applied", status_at=moment)
    mine.events.create(status="applied", happened_at=moment, source="person")
    day = moment.astimezone(ZoneInfo(ada.time_zone)).date()
    found = rows(
        ada,
        f"sail maker,KITE WORKS,,,Sent,{day}",
        f"Sail maker,Kite Works,,,Sent,{day - timedelta(days=40)}",
        f"Sail maker,Kite Works,,,Rejected,{day - timedelta(days=40)}",
        f"Sail maker,Other Works,,,Sent,{day}",
        "Sail maker,Kite Works",
    )
    doubles = ["You have this application already", "", "The same as line 3", "", "You have this application already"]
    assert [row.double for row in found] == doubles


def test_what_somebody_else_has_is_no_double(ada):
    other = make_user()
    mine = other.tracked.create(title="A", employer="B", status="applied", status_at=timezone.now())
    mine.events.create(status="applied", happened_at=timezone.now(), source="person")
    removed = ada.tracked.create(title="A", employer="B", status="applied", status_at=timezone.now(), removed_at=timezone.now())
    removed.events.create(status="applied", happened_at=timezone.now(), source="person")
    (row,) = rows(ada, "A,B")
    assert not row.double
