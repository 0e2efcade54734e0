"""An ad taken down as data: it stands by itself, and says later what it said then."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from careers.models import Skill
from careers.tests.factories import published_guide
from jobs.models import Employer, Job
from jobs.page.frozen import Change, FrozenAd, changes, freeze, plain, thaw
from jobs.tests.factories import make_employer, make_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def job():
    guide = published_guide()
    made = make_job(
        employer=make_employer("Kite Works", website="https://kites.example.org/"),
        guide_id=guide.pk,
        description="<p>Sew &amp; fly.</p><ul><li>Sails</li><li>Lines</li></ul>",
        place="Bremen",
        place_country="DE",
        workplace="hybrid",
        kind="full_time",
        level="entry",
        countries=["DE"],
        pay_minimum=Decimal("20.50"),
        pay_maximum=Decimal("22"),
        pay_currency="EUR",
        pay_period="HOUR",
        year_minimum=42_640,
        year_maximum=45_760,
        valid_through=timezone.now() + timedelta(days=9),
    )
    made.skills.set([Skill.objects.create(name="Sewing by hand"), Skill.objects.create(name="Knots and splices")])
    return Job.objects.for_page().get(pk=made.pk)


def stored(job):
    """As it comes back from a JSON column."""
    return json.loads(json.dumps(freeze(job)))


def test_everything_that_was_shown_comes_back_without_the_database(job, django_assert_num_queries):
    data = stored(job)
    job.employer.name = "Another"
    with django_assert_num_queries(0):
        ad = FrozenAd(data)
        assert (ad.title, ad.employer, ad.place, ad.kinds) == (
            "Kite maker",
            "Kite Works",
            "Bremen (hybrid)",
            "Hybrid, full time, entry level",
        )
        assert (ad.pay, ad.yearly) == ("€20.50 to €22 an hour", "about €42,640 to €45,760 a year")
        assert ad.reach.words == "People in Germany"
        assert ad.skills == ["Knots and splices", "Sewing by hand"]
        assert ad.description == job.description
        assert (ad.job.posted_at, ad.job.valid_through) == (job.posted_at, job.valid_through)
        assert ad.source == "Wind jobs"
    assert data["guide"] == "kite-maker"
    assert data["address"] == job.get_absolute_url()


def test_the_text_has_a_line_for_each_block(job):
    assert stored(job)["text"] == "Sew & fly.\nSails\nLines"
    assert plain("") == ""
    assert plain("<p>a<br>b</p><h3>c</h3><p>&lt;b&gt;</p>") == "a\nb\nc\n<b>"


def test_a_job_of_which_little_is_known_is_frozen_too():
    ad = FrozenAd(stored(make_job()))
    assert (ad.pay, ad.place, ad.kinds, ad.reach, ad.skills) == ("Pay not stated", "", "", None, [])
    assert ad.job.valid_through is None


def test_what_was_thawed_touches_no_row(job):
    thaw(stored(job))
    assert Job.objects.count() == Employer.objects.count() == 1


def test_only_what_can_be_seen_is_a_change(job):
    then = thaw(stored(job))
    assert changes(then, job) == []
    job.pay_minimum, job.title, job.workplace = Decimal("21"), "Senior kite maker", "remote"
    assert changes(then, job) == [
        Change("Title", "Kite maker", "Senior kite maker"),
        Change("Pay", "€20.50 to €22 an hour", "€21 to €22 an hour"),
        Change("Place", "Bremen (hybrid)", "Bremen (remote)"),
    ]
    job.description, job.posted_at = "<p>Other words.</p>", timezone.now()
    assert len(changes(then, job)) == 3


def test_pay_that_is_stated_later_is_a_change():
    job = make_job()
    then = thaw(stored(job))
    job.pay_minimum, job.pay_currency, job.pay_period = Decimal("20"), "USD", "HOUR"
    assert changes(then, job) == [Change("Pay", "Pay not stated", "From $20 an hour")]
