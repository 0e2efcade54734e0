"""The sample jobs of content/: 300 that read like real ones, near their guides, and never stale."""

import re
import shutil
from collections import Counter
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Count, Q
from django.utils import timezone
from ruamel.yaml import YAML

from careers.demo import load_fields, load_guides
from jobs.choices import Ending, State
from jobs.demo import BOARD, PARTNER, UNREVIEWED, BrokenSample, feed_entry, load_jobs
from jobs.models import Employer, Job, Source
from jobs.reading.html import clean

CONTENT = settings.BASE_DIR / "content"
ADS = [ad for path in sorted((CONTENT / "jobs").glob("*.yaml")) for ad in YAML(typ="safe", pure=True).load(path.read_bytes())]
EMPLOYERS = YAML(typ="safe", pure=True).load((CONTENT / "employers.yaml").read_bytes())
_TEXTS = re.compile(r"<(p|li)>(.*?)</\1>")


# --- the files -------------------------------------------------------------------------------------
def test_there_are_300_and_every_employer_is_introduced():
    assert len(ADS) == len({ad["id"] for ad in ADS}) == 300
    assert {ad["employer"] for ad in ADS} == {employer["name"] for employer in EMPLOYERS}


def test_every_address_leads_nowhere():
    """Names under .example belong to nobody and never will (RFC 2606)."""
    addresses = [ad.get("apply_url") or ad["apply_email"] for ad in ADS] + [employer["website"] for employer in EMPLOYERS]
    assert all(re.fullmatch(r"https://[a-z.-]+\.example(/\S*)?|[a-z]+@[a-z-]+\.example", address) for address in addresses)
    everything = "".join(path.read_text() for path in [*(CONTENT / "jobs").iterdir(), CONTENT / "employers.yaml"])
    assert set(re.findall(r"(?:https?://|@)[\w.-]*?(\w+)(?![\w.-])", everything)) == {"example"}


def test_none_reads_like_another():
    """A sentence stands in three ads at most. Headings may be the same."""
    texts = [text for ad in ADS for _, text in _TEXTS.findall(ad["description"])]
    sentences = Counter(sentence for text in texts for sentence in re.split(r"(?<=[.!?]) ", text))
    assert {sentence: count for sentence, count in sentences.items() if count > 3} == {}
    openings = Counter(_TEXTS.findall(ad["description"])[0][1] for ad in ADS)
    assert len(openings) > 200


def test_each_has_the_length_of_an_ad_and_survives_cleaning():
    for ad in ADS:
        words = re.sub("<[^>]+>", " ", ad["description"]).split()
        assert 80 <= len(words) <= 250, ad["id"]
        assert clean(ad["description"]).count("<li>") == ad["description"].count("<li>"), ad["id"]


def test_they_differ_as_real_ones_do():
    def share(test):
        return sum(map(bool, map(test, ADS))) / len(ADS)

    assert 0.75 < share(lambda ad: ad.get("pay_period")) < 0.9
    assert 0.25 < share(lambda ad: ad.get("apply_email")) < 0.4
    assert {ad.get("pay_period") for ad in ADS} == {"hour", "month", "year", None}
    assert any(ad.get("pay_minimum") and not ad.get("pay_maximum") for ad in ADS)
    assert {ad.get("level") for ad in ADS} == {"entry", "mid", "senior", "lead", None}
    assert {ad["kind"] for ad in ADS} == {"full_time", "part_time", "contractor", "temporary", "intern"}
    assert {ad.get("country") for ad in ADS} == {"US", "CA", "GB", "DE", None}
    assert {tuple(ad["reach"]) for ad in ADS if "reach" in ad} == {
        ("United States",), ("US", "Canada"), ("Europe",), ("United Kingdom",), ("anywhere",)
    }  # fmt: skip


@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2031, 12, 31)])
def test_dates_count_from_any_day(today):
    jobs = [feed_entry(ad, today=today) for ad in ADS]
    posted = {(today - date.fromisoformat(job["posted"][:10])).days for job in jobs}
    assert (min(posted), max(posted) <= 42, len(posted) > 30) == (0, True, True)
    left = [(date.fromisoformat(job["valid_through"]) - today).days for job in jobs if "valid_through" in job]
    assert sum(0 < days <= 5 for days in left) > 10
    assert sum(days < 0 for days in left) == 5


# --- in the database -------------------------------------------------------------------------------
@pytest.fixture
def _guides(db):
    load_fields(CONTENT / "fields.yaml")
    load_guides(sorted((CONTENT / "guides").glob("*.yaml")))


def rows():
    return list(Job.objects.order_by("pk").values()), list(Employer.objects.order_by("pk").values())


@pytest.mark.usefixtures("_guides")
def test_a_fresh_load_looks_alive_and_every_guide_has_open_jobs():
    loaded = load_jobs(CONTENT)
    assert str(loaded) == "305 jobs (290 open) by 55 employers"
    has_pay = Count("pk", filter=~Q(pay_period=""))
    of_guides = Job.objects.open().exclude(guide=None).values("guide__slug").annotate(open=Count("pk"), paid=has_pay)
    assert len(of_guides) == 10
    assert all(row["open"] >= 15 and row["paid"] >= 10 for row in of_guides), list(of_guides)
    assert Job.objects.annotate(found=Count("skills")).filter(found__gte=1).count() > 240

    now = timezone.now()
    assert dict(Job.objects.values_list("state").annotate(Count("pk"))) == {State.OPEN: 290, State.CLOSED: 9, State.HELD: 6}
    assert set(Job.objects.filter(state=State.HELD).values_list("source__name", flat=True)) == {UNREVIEWED}
    assert Counter(Job.objects.filter(state=State.CLOSED).values_list("ending", flat=True)) == {Ending.OVER: 5, Ending.GONE: 4}
    assert not Job.objects.filter(Q(posted_at__gt=now) | Q(first_seen_at__gt=now) | Q(closed_at__gt=now)).exists()
    assert Job.objects.filter(featured_until__gt=now).count() == 9
    assert Job.objects.filter(relisted=1).count() == 2
    doubles = Job.objects.filter(source__name=PARTNER).select_related("duplicate_of", "source")
    assert {job.duplicate_of.title == job.title for job in doubles} == {True}
    assert doubles[0].source.attribution == "Partner Board"
    assert Employer.objects.get(name="Redbarn Solar").website == "https://redbarnsolar.example"


@pytest.mark.usefixtures("_guides")
def test_pay_lies_below_near_and_above_the_middle_of_its_guide():
    load_jobs(CONTENT)
    shares = Counter()
    paid = Job.objects.open().filter(pay_currency="USD", year_minimum__isnull=False, year_maximum__isnull=False, guide__isnull=False)
    for job in paid.select_related("guide__listing"):
        part = (job.year_minimum + job.year_maximum) / 2 / job.guide.listing.pay_median
        shares["below" if part < 0.92 else "above" if part > 1.08 else "near"] += 1
    assert min(shares[name] for name in ("below", "near", "above")) > 25, shares


@pytest.mark.django_db
def test_loading_again_on_the_same_day_changes_nothing():
    load_jobs(CONTENT)
    before = rows()
    load_jobs(CONTENT)
    assert rows() == before


@pytest.mark.django_db
def test_the_next_day_moves_everything_along_but_not_what_staff_did():
    today = timezone.localdate()
    load_jobs(CONTENT, today=today - timedelta(days=9))
    over = Job.objects.filter(ending=Ending.OVER).count()
    closed, removed = Job.objects.filter(state=State.OPEN, relisted=0, duplicates=None, duplicate_of=None, valid_through=None)[:2]
    held = Job.objects.filter(state=State.HELD).first()
    closed.close()
    removed.remove()
    held.approve()
    employer = Employer.objects.get(name="Redbarn Solar")
    employer.about = "Changed by staff."
    employer.save()
    some = Job.objects.filter(state=State.OPEN, external_id="bookkeeper-01").get()
    assert over > 5, "some close while nobody loads"

    load_jobs(CONTENT, today=today)
    for job in (closed, removed, held, some):
        before, job.state = job.state, ""
        job.refresh_from_db()
        assert job.state == before
    entry = next(ad for ad in ADS if ad["id"] == "bookkeeper-01")
    assert some.posted_at.date() == some.first_seen_at.date() == today - timedelta(days=entry["posted_days_ago"])
    assert some.valid_through.date() == today + timedelta(days=entry["closes_in_days"])
    assert (some.featured_until.date() - today).days in {29, 30, 31}
    assert Job.objects.filter(ending=Ending.OVER).count() == 5, "what closed meanwhile is open again"
    assert Job.objects.filter(relisted__gt=0).count() == 2, "moving along is not listing again"
    employer.refresh_from_db()
    assert employer.about == "Changed by staff."


@pytest.mark.django_db
def test_a_source_that_staff_switched_off_is_left_alone():
    load_jobs(CONTENT, today=timezone.localdate() - timedelta(days=1))
    Source.objects.filter(name=BOARD).update(is_active=False)
    before = Job.objects.filter(source__name=BOARD, state=State.OPEN).order_by("pk").values_list("posted_at", flat=True)
    kept = list(before)
    load_jobs(CONTENT)
    assert list(before.all()) == kept


@pytest.mark.django_db
def test_a_file_with_a_mistake_loads_nothing_and_says_which(tmp_path):
    shutil.copytree(CONTENT, tmp_path / "content")
    file = tmp_path / "content" / "jobs" / "electrician.yaml"
    file.write_text(file.read_text().replace("title: Electrician Helper", "title: ''"))
    with pytest.raises(BrokenSample, match="it has no title"):
        load_jobs(tmp_path / "content")
    assert not Job.objects.exists()
    with pytest.raises(CommandError, match="it has no title"):
        call_command("seed_demo", "--no-users", f"--content={tmp_path / 'content'}")


@pytest.mark.django_db
def test_the_command_tells_the_counts_and_can_leave_jobs_out(capsys):
    call_command("seed_demo", "--no-users", "--no-jobs")
    assert "jobs" not in capsys.readouterr().out
    assert not Job.objects.exists()
    call_command("seed_demo", "--no-users")
    assert "305 jobs (290 open) by 55 employers" in capsys.readouterr().out
