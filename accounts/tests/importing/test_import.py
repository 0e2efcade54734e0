"""From the file to the tracker and back: nothing before the confirmation, everything once, undone as a whole."""

import threading
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.importing import batches
from accounts.importing.reading import read_sheet
from accounts.models import ApplicationEvent, ApplicationImport, TrackedApplication
from accounts.tasks import tidy_files
from accounts.tests.factories import make_user, signed_in
from careers.tests.factories import published_guide

START = "accounts:import_start"
rolled_back = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)
HEAD = "Title,Company,Status,Date\n"


def csv(count=3):
    return HEAD + "".join(f"Sail maker {number},Kite Works,Applied,2026-03-{number % 28 + 1:02}\n" for number in range(count))


def upload(client, text, name="my list.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return client.post(reverse(START), {"file": SimpleUploadedFile(name, data, "text/csv")})


def do(client, what, batch, data=None):
    return client.post(reverse(f"accounts:import_{what}", args=[batch.pk]), data or {})


@pytest.fixture
def client(member):
    return signed_in(member)


@rolled_back
def test_a_file_is_looked_at_confirmed_and_in_the_tracker(client, member):
    published_guide(title="Sail maker", slug="sail-maker")
    response = upload(client, csv())
    batch = member.imports.get()
    assert response["Location"] == batch.get_absolute_url()
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "3 of 3 rows become applications" in page
    assert "Line 2" in page
    assert not TrackedApplication.objects.exists()
    assert do(client, "confirm", batch)["Location"] == batch.get_absolute_url()
    assert "3 applications imported" in client.get(batch.get_absolute_url()).content.decode()
    made = member.tracked.order_by("pk")
    assert [one.title for one in made] == ["Sail maker 0", "Sail maker 1", "Sail maker 2"]
    assert {(one.status, one.events.get().source, one.status_at == one.events.get().happened_at) for one in made} == {
        ("applied", "import", True)
    }
    assert made[0].guide.slug == "sail-maker"
    batch.refresh_from_db()
    assert bytes(batch.data) == b"", "the file is gone"


@rolled_back
@pytest.mark.parametrize("count", [3, 200])
def test_it_asks_as_often_for_two_hundred_rows_as_for_three(client, member, count):
    upload(client, csv(count))
    batch = member.imports.get()
    client.get(batch.get_absolute_url())
    with CaptureQueriesContext(connection) as looking:
        client.get(batch.get_absolute_url())
    with CaptureQueriesContext(connection) as writing:
        do(client, "confirm", batch)
    assert len(looking) <= 8, "\n".join(query["sql"][:100] for query in looking)
    assert len(writing) <= 30, "\n".join(query["sql"][:100] for query in writing)
    assert member.tracked.count() == count


@rolled_back
def test_confirming_twice_imports_once(client, member):
    upload(client, csv())
    batch = member.imports.get()
    for _ in range(3):
        assert do(client, "confirm", batch).status_code == 302
    assert member.tracked.count() == 3


@committed
def test_confirming_in_many_tabs_at_once_imports_once(member):
    upload(signed_in(member), csv())
    batch = member.imports.get()
    statuses = []

    def go():
        statuses.append(do(signed_in(member), "confirm", batch).status_code)
        connection.close()

    threads = [threading.Thread(target=go) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [302] * 6
    assert member.tracked.count() == 3


@rolled_back
def test_doubles_are_left_out_or_taken_by_choice(client, member):
    for expected in (3, 3):
        upload(client, csv())
        do(client, "confirm", member.imports.waiting().get())
        assert member.tracked.count() == expected
    upload(client, csv())
    batch = member.imports.waiting().get()
    assert "3</a>" not in client.get(batch.get_absolute_url()).content.decode()
    assert "3 that you have already" in client.get(batch.get_absolute_url()).content.decode()
    do(client, "columns", batch, {"title": "0", "employer": "1", "status": "2", "day": "3", "dates": "month", "takes_doubles": "on"})
    do(client, "confirm", batch)
    assert member.tracked.count() == 6


@rolled_back
def test_columns_can_be_corrected(client, member):
    upload(client, "What,Where I work\nSail maker,Kite Works\n")
    batch = member.imports.get()
    assert "0 of 1 rows" in client.get(batch.get_absolute_url()).content.decode()
    response = do(client, "columns", batch, {"title": "", "dates": "month"})
    assert response.status_code == 422
    assert "Choose the column with the job title" in response.content.decode()
    response = do(client, "columns", batch, {"title": "0", "employer": "0", "dates": "month"})
    assert "This column is the job title already" in response.content.decode()
    for bad in ("7", "-1", "x", "0\x00", "²"):
        assert do(client, "columns", batch, {"title": bad, "dates": "month"}).status_code == 422
    do(client, "columns", batch, {"title": "0", "employer": "1", "dates": "month"})
    do(client, "confirm", batch)
    made = member.tracked.get()
    assert (made.title, made.employer) == ("Sail maker", "Kite Works")


@rolled_back
def test_rows_with_errors_are_left_out_and_listed(client, member):
    upload(client, csv(2) + ",No title,Applied,2026-03-01\n")
    batch = member.imports.get()
    page = client.get(batch.get_absolute_url(), {"show": "error"}).content.decode()
    assert "2 of 3 rows" in page
    assert "Line 4" in page
    assert "Line 2" not in page
    assert "There is no job title" in page
    do(client, "confirm", batch)
    assert member.tracked.count() == 2


@rolled_back
def test_an_import_is_undone_as_a_whole_and_alone(client, member):
    mine = member.tracked.create(title="By hand", status="applied", status_at=timezone.now())
    upload(client, csv())
    batch = member.imports.get()
    do(client, "confirm", batch)
    page = client.post(reverse("accounts:import_undo", args=[batch.pk]), follow=True).content.decode()
    assert "3 applications removed" in page
    assert "The import is undone" in page
    assert list(member.tracked.kept()) == [mine]
    assert ApplicationEvent.objects.count() == 3, "removed as by hand: each can be brought back"
    assert "nothing to undo" in client.post(reverse("accounts:import_undo", args=[batch.pk]), follow=True).content.decode()
    upload(client, csv())
    do(client, "confirm", member.imports.waiting().get())
    assert member.tracked.kept().count() == 4, "what was removed is no double"


@rolled_back
def test_after_thirty_days_it_stays(client, member):
    upload(client, csv())
    batch = member.imports.get()
    do(client, "confirm", batch)
    ApplicationImport.objects.update(done_at=timezone.now() - timedelta(days=30, seconds=1))
    do(client, "undo", batch)
    assert member.tracked.kept().count() == 3
    tidy_files(0)
    assert not ApplicationImport.objects.exists()
    assert member.tracked.kept().count() == 3


@rolled_back
def test_a_file_that_nobody_confirms_is_forgotten(client, member):
    upload(client, csv())
    tidy_files(0)
    assert member.imports.count() == 1
    ApplicationImport.objects.update(created_at=timezone.now() - timedelta(hours=25))
    tidy_files(0)
    assert not ApplicationImport.objects.exists()


@rolled_back
def test_another_file_takes_the_place_of_one_that_waits(client, member):
    upload(client, csv(), "first.csv")
    upload(client, csv(), "second.csv")
    assert member.imports.get().file_name == "second.csv"


@rolled_back
def test_the_file_can_be_thrown_away_but_not_what_is_done(client, member):
    upload(client, csv())
    do(client, "discard", member.imports.get())
    assert not member.imports.exists()
    upload(client, csv())
    batch = member.imports.get()
    do(client, "confirm", batch)
    do(client, "discard", batch)
    assert member.imports.exists()


@rolled_back
def test_a_strangers_file_is_not_there(client, member, stranger):
    upload(client, csv())
    batch = member.imports.get()
    other = signed_in(stranger)
    assert other.get(batch.get_absolute_url()).status_code == 404
    for what in ("columns", "confirm", "undo", "discard"):
        assert do(other, what, batch).status_code == 404
        assert other.get(reverse(f"accounts:import_{what}", args=[batch.pk])).status_code == 405
    assert member.imports.waiting().exists()
    assert not TrackedApplication.objects.exists()
    assert Client().get(batch.get_absolute_url())["Location"].startswith(reverse("account_login"))


@rolled_back
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + bytes(100), "no CSV file"),
        (b"Title,Employer\n" + b"A,B\n" * 300_000, "more than 2,000 rows"),
        (b"Title,Note\n" + b"A," + b"x" * 190_000 + b"\n" + (b"B," + b"y" * 190_000 + b"\n") * 6, "1.3 MB; at most 1 MB"),
        (b"x" * (5 * 1024 * 1024 + 1), "5.0 MB; at most"),
        (b"x" * (7 * 1024 * 1024), "7.0 MB; at most"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(client, member, data, words):
    response = upload(client, data)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not member.imports.exists()


@rolled_back
def test_no_file_at_all(client):
    response = client.post(reverse(START), {})
    assert response.status_code == 422
    assert "Choose your CSV file" in response.content.decode()
    assert client.post(reverse(START), {"file": "words"}).status_code == 422


@rolled_back
@pytest.mark.parametrize("name", ["../../etc/passwd", "a\x00b.csv", "<script>alert(1)</script>.csv", "x" * 400, "\u202ecsv.exe"])
def test_names_of_files_do_no_harm(client, member, name):
    response = upload(client, csv(), name)
    if response.status_code == 302:
        page = client.get(response["Location"]).content.decode()
        assert "<script>alert" not in page
        assert len(member.imports.get().file_name) <= 120


@rolled_back
def test_what_stands_in_cells_is_shown_as_text(client, member):
    upload(client, HEAD + '"<script>alert(1)</script>","{{ 7|add:42 }}",=cmd|calc,2026-01-01\n')
    batch = member.imports.get()
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "{{ 7|add:42 }}" in page


@rolled_back
def test_pages_of_the_preview_take_any_number(client, member):
    upload(client, csv(250))
    url = member.imports.get().get_absolute_url()
    for page in ("0", "-1", "99", "²", "x", "9" * 40):
        assert client.get(url, {"page": page, "show": page}).status_code == 200


@rolled_back
def test_a_failure_half_way_writes_nothing(client, member, monkeypatch):
    upload(client, csv())
    batch = member.imports.get()

    def fails(*args):
        raise RuntimeError("the power is cut")

    monkeypatch.setattr("accounts.importing.writing._write_parts", fails)
    with pytest.raises(RuntimeError):
        batches.confirm(user=member, batch=batch)
    batch.refresh_from_db()
    assert batch.done_at is None
    assert bytes(batch.data).decode() == csv()
    assert not TrackedApplication.objects.exists()


@rolled_back
def test_two_thousand_rows_in_the_worst_case_are_read_quickly(member):
    import time

    text = HEAD + "\n".join(f"{'A ' * 90}{number},{'b' * 150},who knows,{'9' * 60}" for number in range(2000))
    sheet = read_sheet(text.encode()[: 1024 * 1024])
    batch = batches.keep_upload(user=make_user(), data=text.encode()[: 1024 * 1024], name="x.csv", sheet=sheet)
    start = time.monotonic()
    batches.preview(batch)
    assert time.monotonic() - start < 5
