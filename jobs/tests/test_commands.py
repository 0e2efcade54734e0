"""`ingest_jobs` and `expire_jobs`: what they print, refuse, and return."""

import gzip
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import timezone

from jobs.management.commands import ingest_jobs
from jobs.models import Job, Run, Source
from jobs.tests.factories import ad, ads, feed, make_job, make_source

pytestmark = pytest.mark.django_db


def call(*arguments, **options):
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return re.sub(r"in [\d.]+ s", "in 0 s", out.getvalue())


@pytest.fixture
def source():
    return make_source()


def test_a_file_is_read_in_place_of_the_address(source, tmp_path, web):
    (tmp_path / "day.json").write_bytes(feed([*ads(3), ad(4, title="")]))
    assert call("ingest_jobs", "Wind jobs", file=tmp_path / "day.json") == (
        "Wind jobs: Done. 4 read: 3 new, 0 changed, 0 unchanged, 0 closed, 1 rejected, in 0 s\n"
        "  rejected Item 4 4: Left out because it has no title.\n"
    )
    assert web.asked == []


def test_a_packed_file_is_unpacked_and_two_days_are_counted(source, tmp_path):
    for day, jobs in (("1", ads(3)), ("2", [ad(1), ad(2, title="Changed"), ad(9)])):
        (tmp_path / f"{day}.json.gz").write_bytes(gzip.compress(feed(jobs)))
    call("ingest_jobs", "Wind jobs", file=tmp_path / "1.json.gz")
    assert "3 read: 1 new, 1 changed, 1 unchanged, 1 closed" in call("ingest_jobs", "Wind jobs", file=tmp_path / "2.json.gz")


def test_long_files_tell_how_far_they_are(source, tmp_path, monkeypatch):
    monkeypatch.setattr(ingest_jobs, "TELL_EVERY", 5)
    (tmp_path / "day.json").write_bytes(feed(ads(5)))
    assert "… 5 read, 5 new" in call("ingest_jobs", "Wind jobs", file=tmp_path / "day.json")


BROKEN = {
    "missing.json": None,
    "missing.json.gz": None,
    "plain.json.gz": b"{}",
    "cut.json.gz": gzip.compress(feed(ads(50)))[:-30],
    "turned.json.gz": gzip.compress(feed(ads(50)))[:40] + b"\xff" * 40,
}


@pytest.mark.parametrize(("name", "content"), BROKEN.items(), ids=BROKEN)
def test_a_file_that_cannot_be_read_is_one_line_and_no_run(source, tmp_path, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError, match=re.escape(name)):
        call("ingest_jobs", "Wind jobs", file=tmp_path / name)
    assert not Run.objects.exists()


def test_a_packed_bomb_is_refused(source, tmp_path, monkeypatch):
    monkeypatch.setattr(ingest_jobs, "MAX_FILE", 1000)
    for name, content in (("bomb.json.gz", gzip.compress(b" " * 2000)), ("long.json", b" " * 2000)):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(CommandError, match="holds more than 1,000 bytes"):
            call("ingest_jobs", "Wind jobs", file=tmp_path / name)


def test_a_file_that_is_something_else_fails_with_its_reason(source, tmp_path):
    (tmp_path / "page.json").write_bytes(b"<html>")
    out = StringIO()
    with pytest.raises(CommandError, match="1 failed") as error:
        call_command("ingest_jobs", "Wind jobs", file=tmp_path / "page.json", stdout=out)
    assert error.value.returncode == 1
    assert "Failed: nothing was closed" in out.getvalue()
    assert "Expected our own JSON or CSV and found" in out.getvalue()


def test_an_unknown_source_names_the_known_ones(source):
    with pytest.raises(CommandError, match=r"There is no source “Rain”\. Known: Wind jobs\."):
        call("ingest_jobs", "Rain")
    Source.objects.all().delete()
    with pytest.raises(CommandError, match="none yet; add one in the staff area"):
        call("ingest_jobs", "Rain")


def test_a_file_without_a_source_is_refused(tmp_path):
    with pytest.raises(CommandError, match="Say for which source"):
        call("ingest_jobs", file=tmp_path / "day.json")


def test_without_a_name_all_that_are_due_are_looked_at_and_one_that_fails_stops_none(web):
    now = timezone.now()
    make_source("A")
    make_source("B", next_run_at=now - timedelta(minutes=1))
    make_source("Later", next_run_at=now + timedelta(hours=1))
    make_source("Off", is_active=False)
    make_source("By file", address="")
    web.fail()
    web.answer(feed(ads(2)))
    with pytest.raises(CommandError, match="1 failed"):
        call("ingest_jobs")
    assert list(Run.objects.order_by("pk").values_list("source__name", "status", "new")) == [("A", "failed", 0), ("B", "done", 2)]


def test_nothing_due_is_no_error(web):
    assert call("ingest_jobs") == "No source is due.\n"


def test_another_process_at_the_source_is_no_error(source, tmp_path):
    (tmp_path / "day.json").write_bytes(feed(ads(1)))
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(7401, %s)", [source.pk])
        assert call("ingest_jobs", "Wind jobs", file=tmp_path / "day.json") == "Wind jobs: another process is at it\n"
    finally:
        other.close()
    assert not Job.objects.exists()


def test_expiry_says_how_many_it_closed():
    make_job("over", valid_through=timezone.now() - timedelta(hours=1))
    make_job("later", valid_through=timezone.now() + timedelta(hours=1))
    assert call("expire_jobs") == "1 closed.\n"
    assert call("expire_jobs") == "0 closed.\n"
