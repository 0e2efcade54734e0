"""Our own export imports again without loss; and one that somebody tampered with does no harm."""

import csv
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone

from accounts.importing import batches
from accounts.importing.ads import safe_ad
from accounts.importing.reading import FileRefused
from accounts.models import TrackedApplication
from accounts.owndata.cells import cell
from accounts.owndata.rows.applications import COLUMNS
from accounts.tests.factories import make_user
from accounts.tests.owndata.conftest import export_of, track
from jobs.page.frozen import freeze
from jobs.reading.html import clean
from jobs.tests.factories import make_job

pytestmark = pytest.mark.django_db
CHANGES = {"number", "application", "corrects", "job", "sent_application"}  # keys of rows: others, with the same meaning


@pytest.fixture
def owner(db):
    owner = make_user("owner@example.org", time_zone="Asia/Tokyo")
    first = track(owner)
    words = clean("<p>Sew <strong>and</strong> fly &amp; sail.</p><ul><li>One</li></ul>")
    pay = {"pay_minimum": "1234.50", "pay_currency": "EUR", "pay_period": "MONTH"}
    job = make_job("frozen", title="Frozen", description=words, countries=["AT"], **pay)
    job.refresh_from_db()
    TrackedApplication.objects.filter(pk=first.pk).update(frozen=freeze(job))
    for number, title in enumerate(["=cmd|' /C calc'!A0", "'quoted'", "+49", "@home", "Zoë\u2019s", 'a,b;c\t"d"']):
        other = owner.tracked.create(
            title=title, employer="-", note=f"'=\n\r{number}", status="saved", status_at=timezone.now() - timedelta(days=number)
        )
        other.events.create(status="saved", happened_at=other.status_at, source="person", note="-1")
    return owner


def take_in(user, data):
    batch = batches.keep_upload(user=user, data=data, name="applications.csv", sheet=batches.read_upload(data))
    return batch, batches.preview(batch)[2]


def told(user):
    """All that is known of somebody's applications, but for the keys of rows."""
    parts = export_of(user).parts
    return [without_keys(row) for row in sorted(parts["applications"], key=lambda row: row["title"])]


def without_keys(value):
    if isinstance(value, dict):
        return {name: without_keys(inner) for name, inner in value.items() if name not in CHANGES and name != "documents"}
    return [without_keys(inner) for inner in value] if isinstance(value, list) else value


def test_a_new_account_has_afterwards_what_the_old_one_had(owner):
    data = export_of(owner).zip.read("applications.csv")
    new = make_user(time_zone="America/Lima")
    batch, report = take_in(new, data)
    assert [(row.state, [p.text for p in row.problems]) for row in report.rows if row.state != "ok"] == [
        ("warning", ["The files that you kept with it are not in here, only their names. Add them from the copy"])
    ]
    assert batches.confirm(user=new, batch=batch) == 7
    before, after = told(owner), told(new)
    for one, other in zip(before, after, strict=True):
        one["note"], other["note"] = one["note"].replace("\r", "\n"), other["note"].replace("\r", "\n")
        assert one.pop("ad") == other.pop("ad")
        assert one == other
    again = new.tracked.get(title="Rigger")
    assert again.events.standing().get().status == again.status == "rejected"
    assert again.job == owner.tracked.get(title="Rigger").job


def test_in_the_same_account_everything_is_known_already(owner):
    data = export_of(owner).zip.read("applications.csv")
    _, report = take_in(owner, data)
    assert report.count("double") == 7
    assert report.taken == []


def test_what_was_removed_stays_removed(owner):
    owner.tracked.filter(title="@home").update(removed_at=timezone.now())
    _, report = take_in(make_user(), export_of(owner).zip.read("applications.csv"))
    assert report.count("error") == 1
    (refused,) = [row for row in report.rows if row.state == "error"]
    assert "You had removed this" in refused.problems[0].text


def line(**changes):
    now = "2026-03-01T10:00:00+00:00"
    event = {"number": 1, "status": "applied", "at": now, "note": "", "source": "person", "corrects": None, "written_at": now}
    values = dict.fromkeys(COLUMNS) | {"title": "A", "status": "applied", "status_at": now, "written_at": now, "events": [event]}
    return values | changes


def file_of(*lines):
    out = StringIO()
    sheet = csv.writer(out)
    sheet.writerow(COLUMNS)
    for values in lines:
        sheet.writerow([cell(values[name]) for name in COLUMNS])
    return out.getvalue().encode()


def event(**changes):
    return line()["events"][0] | changes


HOSTILE = [
    {"title": ""},
    {"title": "x" * 201},
    {"url": "javascript:alert(1)"},
    {"salary_minimum": "1e400"},
    {"salary_minimum": "12345678901234567890", "salary_currency": "EUR", "salary_period": "year"},
    {"salary_minimum": "-5", "salary_currency": "EUR", "salary_period": "year"},
    {"salary_minimum": "5", "salary_currency": "", "salary_period": "year"},
    {"salary_minimum": "9", "salary_maximum": "5", "salary_currency": "EUR", "salary_period": "year"},
    {"salary_minimum": "9", "salary_currency": "EUR", "salary_period": "aeon"},
    {"written_at": "yesterday"},
    {"written_at": "2026-03-01T10:00:00"},
    {"written_at": "2026-99-01T10:00:00Z"},
    {"note": "x" * 5001},
    {"events": []},
    {"events": "no list"},
    {"events": [1, 2]},
    {"events": [event(status="flying")]},
    {"events": [event(status=["applied"])]},
    {"events": [event(source="god")]},
    {"events": [event(at=None)]},
    {"events": [event(number="1")]},
    {"events": [event(), event()]},
    {"events": [event(corrects=7)]},
    {"events": [event(corrects=1)]},
    {"events": [event(), event(number=2, corrects=1), event(number=3, corrects=1)]},
    {"events": [event(), event(number=2, corrects=1, status=None)]},
    {"events": [event(status=None)]},
    {"events": [event(note="x" * 1001)]},
    {"contacts": [{"name": "x" * 201, "written_at": "2026-03-01T10:00:00Z"}]},
    {"contacts": [{"name": {}, "written_at": "2026-03-01T10:00:00Z"}]},
    {"contacts": [{"name": "A", "email": "no", "written_at": "2026-03-01T10:00:00Z"}]},
    {"contacts": [{}] * 501},
    {"interviews": [{"kind": "video", "starts_at": "2026-03-01T10:00:00Z", "zone": "Mars/Base", "minutes": 5}]},
    {"interviews": [{"kind": "video", "starts_at": "2026-03-01T10:00:00Z", "zone": "UTC", "minutes": 99999999}]},
    {"tasks": [{"text": "A", "due_on": "never", "written_at": "2026-03-01T10:00:00Z"}]},
]


@pytest.mark.parametrize("changes", HOSTILE, ids=lambda changes: str(changes)[:50])
def test_a_line_that_we_did_not_write_so_is_refused(changes):
    new = make_user()
    batch, report = take_in(new, file_of(line(**changes), line(title="Good")))
    assert [row.state for row in report.rows] == ["error", "ok"], report.rows[0]
    assert report.rows[0].problems[0].text
    assert batches.confirm(user=new, batch=batch) == 1


@pytest.mark.parametrize("text", ["[" * 100_000, "9" * 5000, "[NaN]", '["\\ud800"]', "{", "null"])
def test_broken_json_in_a_cell_is_refused(text):
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerow([text if name == "contacts" else cell(line()[name]) for name in COLUMNS])
    _, report = take_in(make_user(), out.getvalue().encode())
    assert report.rows[0].state == "error"


def test_a_lone_surrogate_in_a_text_is_dropped():
    new = make_user()
    raw = file_of(
        line(contacts=[{"name": "Ada", "role": "XX", "email": "", "phone": "", "note": "", "written_at": "2026-03-01T10:00:00Z"}])
    )
    batch, report = take_in(new, raw.replace(b"XX", b"a\\ud800\\u0000b"))
    assert report.rows[0].state == "ok"
    batches.confirm(user=new, batch=batch)
    assert new.tracked.get().contacts.get().role == "ab"


def test_markup_and_links_of_an_ad_are_cleaned_again(db):
    ad = freeze(make_job(title="A")) | {
        "description": '<p onclick="x()">Hi<script>alert(1)</script><a href="javascript:x">y</a></p>',
        "apply_url": "javascript:alert(1)",
        "employer_website": "data:text/html,x",
        "address": "//evil.example/",
        "skills": ["<b>"] * 500,
        "planted": "x",
    }
    safe = safe_ad(json.loads(json.dumps(ad)))
    assert safe
    text = json.dumps(safe)
    assert "<script" not in text
    assert "javascript" not in text
    assert "onclick" not in text
    assert "evil" not in text
    assert "planted" not in text
    assert len(safe["skills"]) == 100


@pytest.mark.parametrize(
    "changes",
    [
        {"shape": 99},
        {"title": ""},
        {"title": None},
        {"title": "x" * 201},
        {"pay_minimum": "NaN"},
        {"pay_minimum": "sNaN"},
        {"pay_minimum": "x"},
        {"pay_minimum": {}},
        {"posted_at": "2026-99-99T00:00:00Z"},
        {"posted_at": []},
        {"countries": "AT"},
        {"countries": [[1]]},
        {"kind": "slavery"},
        {"anywhere": "perhaps"},
        {"year_minimum": "many"},
    ],
)
def test_an_ad_that_no_page_could_show_is_left_out(db, changes):
    assert safe_ad(freeze(make_job(title="A")) | changes) is None
    assert safe_ad([]) is None


def test_our_own_file_may_be_larger_than_others(owner):
    long = make_user()
    ad = freeze(make_job("long", description="<p>" + "word " * 3000 + "</p>"))
    lines = [line(title=f"Job {number}", ad=ad) for number in range(40)]
    data = file_of(*lines)
    assert len(data) > 1024**2
    batch, report = take_in(long, data)
    assert len(report.taken) == 40
    assert batches.confirm(user=long, batch=batch) == 40
    with pytest.raises(FileRefused, match="at most 1 MB"):
        batches.read_upload(data.replace(b"written_at", b"written", 1))
