"""What a look at a source makes of its listings."""

from datetime import timedelta

import pytest
from django.utils import timezone

from careers.tests.factories import published_guide
from jobs.choices import Ending, State
from jobs.models import Employer, Job
from jobs.tests.factories import ad, ads, counts, look, make_employer, make_source, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return make_source()


def rows():
    return list(Job.objects.order_by("pk").values())


def test_what_is_new_is_stored_as_stated(source):
    run = look(source, [ad(pay_minimum=30, pay_maximum=40, pay_currency="USD", pay_period="hour", workplace="remote", reach=["DE"])])
    job = Job.objects.get()
    assert counts(run) == {"new": 1}
    assert (job.title, job.employer.name, job.description, job.summary) == (
        "Kite maker 1",
        "Kite Works",
        "<p>Sew and fly.</p>",
        "Sew and fly.",
    )
    assert (job.pay_minimum, job.pay_maximum, job.year_minimum, job.year_maximum) == (30, 40, 62_400, 83_200)
    assert (job.workplace, job.countries, job.anywhere) == ("remote", ["DE"], False)
    assert (f"{job.posted_at:%Y-%m-%d}", job.valid_through, job.closed_at) == ("2026-03-01", None, None)


def test_an_email_to_apply_at_is_kept(source):
    look(source, [ad(apply_url=None, apply_email="jobs@kites.example")])
    assert Job.objects.values_list("apply_url", "apply_email").get() == ("", "jobs@kites.example")


def test_an_address_for_applications_is_stored_and_a_change_of_it_too(source):
    look(source, [ad(apply_email="hiring@kites.example.org", apply_url="")])
    assert Job.objects.values_list("apply_email", "apply_url").get() == ("hiring@kites.example.org", "")
    assert counts(look(source, [ad(apply_email="jobs@kites.example.org", apply_url="")])) == {"changed": 1}
    look(source, [ad()])
    assert Job.objects.get().apply_email == ""


def test_the_same_input_twice_changes_nothing(source):
    look(source, ads(3))
    before = rows()
    assert counts(look(source, ads(3))) == {"unchanged": 3}
    assert rows() == before


def test_one_that_changed_is_written_and_the_others_are_left(source):
    look(source, ads(3))
    run = look(source, [ad(1), ad(2, title="Master kite maker"), ad(3)])
    assert counts(run) == {"changed": 1, "unchanged": 2}
    assert Job.objects.get(external_id="2").title == "Master kite maker"


def test_a_job_without_a_date_counts_as_posted_when_it_was_first_seen_also_after_a_change(source):
    look(source, [ad(posted=None)])
    first = Job.objects.get().first_seen_at
    look(source, [ad(posted=None, title="Sail maker")])
    assert Job.objects.get().posted_at == first


def test_one_that_is_gone_closes_and_opens_when_it_is_listed_again(source):
    look(source, ads(3))
    assert counts(look(source, ads(2))) == {"unchanged": 2, "closed": 1}
    gone = Job.objects.get(external_id="3")
    assert (gone.state, gone.ending, gone.closed_at is None) == (State.CLOSED, Ending.GONE, False)
    assert counts(look(source, ads(3))) == {"changed": 1, "unchanged": 2}
    gone.refresh_from_db()
    assert (gone.state, gone.ending, gone.closed_at, gone.relisted) == (State.OPEN, "", None, 1)


def test_what_staff_removed_stays_removed(source):
    look(source, ads(2))
    Job.objects.get(external_id="1").remove()
    assert counts(look(source, [ad(1, title="Come back"), ad(2)])) == {"unchanged": 2}
    assert states() == {"1": State.REMOVED, "2": State.OPEN}


def test_what_staff_closed_stays_closed_while_its_source_lists_it(source):
    look(source, ads(2))
    Job.objects.get(external_id="1").close()
    look(source, ads(2))
    look(source, [ad(1, title="Other words"), ad(2)])
    assert states() == {"1": State.CLOSED, "2": State.OPEN}
    assert Job.objects.get(external_id="1").relisted == 0


def test_what_is_over_stays_closed_until_its_source_names_a_later_day(source):
    over = [ad(1, valid_through="2026-03-02")]
    look(source, over)
    Job.objects.all().end(Ending.OVER)
    assert counts(look(source, over)) == {"unchanged": 1}
    assert states() == {"1": State.CLOSED}
    look(source, [ad(1, valid_through=f"{timezone.now() + timedelta(days=9):%Y-%m-%d}")])
    assert states() == {"1": State.OPEN}


def test_jobs_of_a_source_and_employer_that_nobody_trusts_are_held(source):
    source.is_trusted = False
    make_employer("Known Works", is_trusted=True)
    look(source, [ad(1), ad(2, employer="Known Works")])
    assert states() == {"1": State.HELD, "2": State.OPEN}


def test_a_held_job_does_not_open_by_going_and_coming_back(source):
    source.is_trusted = False
    look(source, ads(2))
    look(source, ads(1))
    look(source, ads(2))
    assert states() == {"1": State.HELD, "2": State.HELD}


def test_an_id_listed_twice_counts_once(source):
    run = look(source, [ad(1), ad(1, title="Again")])
    assert counts(run) == {"new": 1, "rejected_count": 1}
    assert run.rejected == [["1", "the feed lists this id twice"]]


def test_what_cannot_be_read_is_left_out_with_its_reason_and_the_rest_is_stored(source):
    run = look(source, [ad(1), ad(2, title=""), "nonsense", ad(4, apply_url="javascript:alert(1)"), ad(5), ad(6), ad(7)])
    assert counts(run) == {"new": 4, "rejected_count": 3}
    assert [why for _, why in run.rejected] == [
        "Left out because it has no title.",
        "Left out because it is not an object.",
        "Left out because its address to apply at is missing or not a web address that we link to.",
    ]


def test_text_that_the_database_refuses_breaks_nothing(source):
    nasty = ad(1, title="Kite\x00 maker \ud800", description="a\x00b", employer="Κιτες\x00", skills=["\x00"], place="\x00")
    assert counts(look(source, [nasty, ad(2)])) == {"new": 2}
    assert Job.objects.get(external_id="1").title == "Kite maker"


@pytest.mark.parametrize("name", ["ΟΔΥΣΣΕΥΣ", "İstanbul Yelken", "STRAẞE", "Ørsted", "株式会社"])
def test_names_that_database_and_python_fold_differently_are_found_again(source, name):
    look(source, [ad(1, employer=name)])
    look(source, [ad(1, employer=name), ad(2, employer=name)])
    assert Employer.objects.get().jobs.count() == 2


def test_one_employer_whatever_case_and_accents(source):
    look(source, [ad(1, employer="Café Kites"), ad(2, employer="CAFE KITES")])
    assert Employer.objects.count() == 1


def test_jobs_of_a_merged_name_come_to_the_employer_it_was_merged_into(source):
    kept = make_employer("Kite Works")
    make_employer("Kite Works Ltd", merged_into=kept)
    look(source, [ad(1, employer="Kite Works Ltd")])
    assert Job.objects.get().employer == kept


def test_the_same_ad_in_a_second_source_points_to_the_first(source):
    look(source, [ad(1)])
    look(make_source("Other"), [ad("x", title="KITE MAKER 1"), ad("y", title="Sail maker")])
    first, double, other = (Job.objects.get(external_id=key) for key in ("1", "x", "y"))
    assert (double.duplicate_of, other.duplicate_of, first.duplicate_of) == (first, None, None)


def test_the_same_ad_twice_in_one_source_stays_two(source):
    """Employers list one ad for each place without naming it; their ids differ."""
    look(source, [ad(1, title="Kite maker"), ad(2, title="Kite maker")])
    assert not Job.objects.exclude(duplicate_of=None).exists()


def test_a_job_finds_its_guide_and_skills_by_the_words_of_guides(source):
    listing = published_guide()
    look(
        source, [ad(1, title="Senior Kite Builder (f/m/d)", description="<p>Reading the wind</p>", skills=["sewing"]), ad(2, title="Cook")]
    )
    job, cook = Job.objects.order_by("external_id")
    assert (job.guide_id, cook.guide) == (listing.guide_id, None)
    assert set(job.skills.values_list("name", flat=True)) == {"Sewing", "Reading the wind"}


def test_skills_and_guide_follow_a_change(source):
    published_guide()
    look(source, [ad(1, title="Kite maker", skills=["Sewing"])])
    look(source, [ad(1, title="Cook", skills=["Patience"])])
    job = Job.objects.get()
    assert (job.guide, [skill.name for skill in job.skills.all()]) == (None, ["Patience"])
