"""Search rows follow their jobs, whoever writes and by whichever way."""

import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.utils import timezone

from careers.models import Skill
from careers.publishing import publish, withdraw
from careers.tests.factories import published_guide
from jobs.choices import Ending, State, Workplace
from jobs.expiry import close_expired
from jobs.models import Employer, Job, SearchRow
from jobs.search.engine import find
from jobs.search.facets import FIXED, PAY_STEPS, Named, employer_facet, field_facet, guide_facet
from jobs.search.index import index_once
from jobs.search.query import JobSearch
from jobs.tests.factories import make_employer, make_job
from kit.models import ContentStamp

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def guide(db):
    ContentStamp.objects.get_or_create(pk=1)
    return published_guide()


def rows():
    return list(SearchRow.objects.order_by("pk").values())


def lexemes(job):
    """The filters in the row of this job."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT array(SELECT unnest(tsvector_to_array(search))) FROM jobs_searchrow WHERE job_id = %s", [job.pk])
        return {lexeme for lexeme in cursor.fetchone()[0] if lexeme.startswith("=")}


def found(q="", **asked):
    """Titles that a search finds."""
    facets = (*FIXED, field_facet([]), guide_facet([]), employer_facet(Named(e.pk, e.slug, e.name) for e in Employer.objects.all()))
    ids = find(JobSearch(q=q, **asked), facets).ids
    return sorted(Job.objects.filter(pk__in=ids).values_list("title", flat=True))


def is_fresh():
    """Written anew, no row would differ."""
    before = rows()
    with connection.cursor() as cursor:
        cursor.execute("SELECT jobs_index(ARRAY(SELECT id FROM jobs_job))")
    return rows() == before


def test_a_row_holds_what_its_job_says(guide):
    job = make_job(
        title="IT kite maker", place="São Paulo / SP", place_country="BR", workplace=Workplace.REMOTE, kind="part_time", level="senior",
        countries=["US", "CA"], regions=["EU"], posted_at=DAY, first_seen_at=DAY + timedelta(days=16), guide_id=guide.pk,
        pay_minimum=Decimal(48_000), pay_maximum=Decimal(52_000), pay_currency="USD", pay_period="year", year_minimum=48_000,
        year_maximum=52_000,
    )  # fmt: skip
    day = (DAY.date() - datetime(2020, 1, 1, tzinfo=UTC).date()).days
    field = guide.field_id
    assert lexemes(job) == {
        "=w3", "=k2", "=l3", f"=e{job.employer_id}", f"=g{guide.pk}", f"=f{field}", "=y50", f"=b{day // 16}", f"=n{day + 16}", "=it",
        "=cbr", "=cus", "=cca", "=reu", "=tsao", "=tpaulo", "=tsp",
    }  # fmt: skip
    row = SearchRow.objects.get()
    assert (row.pay, row.workplace, row.kind, row.level, row.guide_id, row.field_id) == (52_000, 3, 2, 3, guide.pk, field)


def test_what_is_unknown_is_no_filter():
    job = make_job(anywhere=True)
    assert {one for one in lexemes(job) if one[1] in "wklgfyaci"} == {"=w0", "=k0", "=l0", "=yunstated", "=a"}
    assert SearchRow.objects.get().pay == -1
    euros = make_job("2", pay_minimum=Decimal(5), pay_currency="EUR", pay_period="hour", year_minimum=10_400)
    assert "=yother" in lexemes(euros)


@pytest.mark.parametrize(("pay", "step"), [(1, 0), (19_999, 0), (20_000, 20), (39_999, 35), (200_000, 200), (2_000_000, 200)])
def test_pay_stands_on_the_step_below_it(pay, step):
    job = make_job(pay_minimum=Decimal(pay), pay_currency="USD", pay_period="year", year_minimum=pay)
    assert f"=y{step}" in lexemes(job)
    assert step in PAY_STEPS


def test_the_steps_of_pay_and_the_days_are_the_same_here_and_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT jobs_pay_step(pay * 1000) FROM generate_series(0, 300) AS pay ORDER BY 1")
        assert tuple(step for (step,) in cursor.fetchall()) == PAY_STEPS
        cursor.execute(
            "SELECT jobs_day('2019-05-01Z'), jobs_day('2020-01-01 23:59:59Z'), jobs_day('2026-03-02 23:00-05'), jobs_pay_step(-1)"
        )
        assert cursor.fetchone() == (0, 0, 2253, None)


@pytest.mark.parametrize(
    "place", ["㌖" * 200, "x" * 200, "'\\" * 100, "日" * 200, "💩" * 200, "\u202e", " / ", "e\u0301" * 100, "\ufdfa" * 200]
)
def test_no_place_breaks_the_row(place):
    make_job(place=place, title=place.strip(" /") or "x")
    assert len(rows()) == 1


# --- what changes a job ----------------------------------------------------------------------------
CHANGES = {
    "title": "Balloon maker", "place": "Oslo", "place_country": "NO", "workplace": "hybrid", "anywhere": True, "countries": ["NO"],
    "regions": ["EU"], "kind": "intern", "level": "lead", "posted_at": DAY, "first_seen_at": DAY,
}  # fmt: skip


@pytest.mark.parametrize("column", CHANGES)
def test_a_change_of_a_column_is_followed(column):
    job, other = make_job("1"), make_job("2")
    before = rows()
    Job.objects.filter(pk=job.pk).update(**{column: CHANGES[column]})
    assert rows()[0] != before[0]
    assert rows()[1] == before[1]
    assert is_fresh()
    setattr(other, column, CHANGES[column])
    other.save()
    assert rows()[1] != before[1]
    assert is_fresh()


def test_pay_employer_and_guide_are_followed(guide):
    job = make_job()
    pay = {"pay_minimum": Decimal(50_000), "pay_currency": "USD", "pay_period": "year", "year_minimum": 50_000}
    for change in (pay, {"year_maximum": 90_000}, {"pay_currency": "EUR"}, {"employer": make_employer("Other")}, {"guide_id": guide.pk}):
        before = rows()
        Job.objects.filter(pk=job.pk).update(**change)
        assert rows() != before, change
        assert is_fresh()


def test_what_no_search_reads_writes_no_row():
    job = make_job()
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid FROM jobs_searchrow")
        before = cursor.fetchall()
        Job.objects.filter(pk=job.pk).update(
            summary="x", description="y", last_seen_at=timezone.now(), content_hash="z", title="Kite maker"
        )
        cursor.execute("SELECT ctid FROM jobs_searchrow")
        assert cursor.fetchall() == before


def test_closed_held_removed_and_doubled_jobs_are_never_found():
    job, other = make_job("1", title="First"), make_job("2", title="Second")
    for state in (State.HELD, State.CLOSED, State.REMOVED):
        make_job(state, state=state)
    assert found() == ["First", "Second"]
    job.close()
    assert found() == ["Second"]
    job.reopen()
    assert found() == ["First", "Second"]
    Job.objects.filter(pk=other.pk).update(duplicate_of=job)
    assert found() == ["First"]
    Job.objects.filter(pk=other.pk).update(duplicate_of=None)
    job.remove()
    assert found() == ["Second"]
    held = Job.objects.get(external_id=State.HELD)
    held.approve()
    assert found() == ["Kite maker", "Second"]
    Job.objects.all().end(Ending.GONE)
    assert found() == []
    assert rows() == []


def test_the_worker_closes_what_is_over_and_it_is_gone():
    make_job(valid_through=timezone.now() - timedelta(minutes=1))
    make_job("2", valid_through=timezone.now() + timedelta(days=1), title="Stays")
    close_expired()
    assert found() == ["Stays"]


def test_a_deleted_job_takes_its_row_along():
    job = make_job()
    make_job("2")
    Job.objects.filter(pk=job.pk).delete()
    assert [row["job_id"] for row in rows()] == [Job.objects.get().pk]


def test_many_rows_in_one_statement():
    jobs = [make_job(str(number)) for number in range(5)]
    Job.objects.filter(pk__in=[job.pk for job in jobs[:3]]).update(title="Balloon maker")
    assert found("balloon") == ["Balloon maker"] * 3
    Job.objects.all().delete()
    assert rows() == []


# --- what a row takes from elsewhere ---------------------------------------------------------------
def test_skills_come_and_go_with_the_job():
    job, skill = make_job(), Skill.objects.create(name="Électronique")
    assert found("electronique") == []
    job.skills.add(skill)
    assert found("electronique") == ["Kite maker"]
    job.skills.remove(skill)
    assert found("electronique") == []
    job.skills.set([skill])
    assert found("électronique") == ["Kite maker"]
    job.skills.clear()
    assert found("electronique") == []


def test_an_employer_with_another_name_is_found_by_that():
    make_job(employer=make_employer("Kite Works"))
    make_job("2", employer=make_employer("Other"), title="Other")
    closed = make_job("3", employer=make_employer("Kite Works"), state=State.CLOSED)
    Employer.objects.filter(name="Kite Works").update(name="Balloon Works")
    assert (found("balloon"), found('"kite works"')) == (["Kite maker"], [])
    assert not SearchRow.objects.filter(pk=closed.pk).exists()


def test_a_guide_lends_its_title_and_field_while_it_is_published(guide):
    job = make_job(title="Sewer", guide_id=guide.pk, employer=make_employer("Acme"))
    assert found("kite maker") == ["Sewer"]
    row = SearchRow.objects.get()
    assert row.field_id == guide.field_id
    fresh = published_guide(slug="rope-maker", title="Rope maker", plural="Rope makers", aliases=[], field="ships")
    guide.field_id, guide.title, guide.document["title"] = fresh.field_id, "Balloon maker", "Balloon maker"
    guide.save()
    assert SearchRow.objects.get().field_id == fresh.field_id
    assert (found("balloon"), found("kite maker")) == (["Sewer"], [])
    withdraw(guide.guide)
    assert found("balloon") == []
    assert (SearchRow.objects.get().field_id, SearchRow.objects.get().guide_id) == (None, job.guide_id)
    publish(guide.guide)
    assert found("kite maker") == ["Sewer"]
    assert is_fresh()


# --- many statements, one row ----------------------------------------------------------------------
def test_who_writes_a_job_in_many_statements_has_its_row_written_once_at_the_end():
    job, other, skill = make_job("1"), make_job("2"), Skill.objects.create(name="Welding")
    with index_once([job, other]):
        Job.objects.update(title="Balloon maker")
        job.skills.add(skill)
        assert found("balloon") == found("welding") == []
    assert found("balloon") == ["Balloon maker"] * 2
    assert found("welding") == ["Balloon maker"]
    Job.objects.filter(pk=job.pk).update(title="Rope maker")
    assert found("rope") == ["Rope maker"], "afterwards triggers work as before"


def test_jobs_may_get_their_keys_inside():
    source, employer = make_job().source, make_employer()
    job = Job(source=source, employer=employer, external_id="n", title="Late", apply_url="https://x.example/", posted_at=DAY)
    with index_once([job]):
        Job.objects.bulk_create([job])
    assert found("late") == ["Late"]


def test_what_fails_inside_changes_nothing_and_triggers_work_again():
    job = make_job()
    before = rows()

    def fails():
        with index_once([job]):
            Job.objects.update(title="Balloon maker")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert rows() == before
    Job.objects.update(title="Rope maker")
    assert found("rope") == ["Rope maker"]


@pytest.mark.django_db(transaction=True)
def test_two_who_write_the_same_row_at_once_do_not_stop_each_other():
    """A feed gives a job a skill while staff rename its employer: different rows, which do not wait for each other."""
    ContentStamp.objects.get_or_create(pk=1)
    job, skill, employer = make_job(), Skill.objects.create(name="Welding"), make_employer()
    written, errors = threading.Event(), []

    def rename():
        try:
            written.wait(5)
            Employer.objects.filter(pk=employer.pk).update(name="Balloon Works")
        except Exception as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=rename)
    thread.start()
    with transaction.atomic():
        job.skills.add(skill)
        written.set()
        thread.join(0.5)
    thread.join()
    assert errors == []
    assert found("balloon") == ["Kite maker"]
    assert SearchRow.objects.count() == 1
