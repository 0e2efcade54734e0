"""The page of a job: its states, its facts, and its markup for search engines."""

import json
import re
from datetime import timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from jobs.choices import Ending, State
from jobs.models import Job
from jobs.page.description import shown
from jobs.tests.factories import make_employer, make_job, make_source
from kit import stamp
from portal.middleware.pagecache import store

pytestmark = pytest.mark.django_db

WHOLE = {
    "title": "Kite maker",
    "description": "<h4>Work</h4><p>Sew &amp; fly.</p><h3>Pay</h3><h4>Extras</h4><p>A kite.</p>",
    "summary": "Sew and fly.",
    "place": "Columbus, OH",
    "place_country": "US",
    "workplace": "on_site",
    "kind": "full_time",
    "level": "entry",
    "pay_minimum": Decimal("41000"),
    "pay_maximum": Decimal("46500"),
    "pay_currency": "USD",
    "pay_period": "YEAR",
    "year_minimum": 41000,
    "year_maximum": 46500,
}


def whole_job(**values):
    employer = values.pop("employer", None) or make_employer("Kite Works", website="https://kites.example.org/")
    return make_job(employer=employer, **WHOLE | {"valid_through": timezone.now() + timedelta(days=3)} | values)


def get(job, client=None):
    store.clear()
    return (client or Client()).get(job.get_absolute_url())


def text_of(response):
    """What a reader sees of the page, word by word."""
    main = response.content.decode().partition("<main")[2]
    return " ".join(unescape(strip_tags(re.sub(r"(?=</?(?:h\d|p|li|ul|dt|dd|div|small|time)\b)", " ", main))).split())


def marked(response):
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode())
    return {block["@type"]: block for block in map(json.loads, blocks)}


# --- what it says --------------------------------------------------------------------------------
def test_an_open_job_says_all_that_is_known(guide, skill):
    job = whole_job(guide_id=guide.pk, source=make_source("Board", attribution="Wind Board", attribution_url="https://board.example.org/"))
    job.skills.set([skill("Sewing"), skill("Welding")])
    text = text_of(get(job))
    for said in (
        "$41,000 to $46,500 a year",
        "Columbus, OH",
        "On site, full time, entry level",
        "Posted yesterday",
        "Closes in 3 days",
        "Closing soon",
        "near the median",
        "$30,000 to $70,000 scale",
        "1 of the 6 skills in the guide for kite makers",
        "Welding",
        "Listed by Wind Board",
        "Report this ad",
    ):
        assert said in text, said


def test_the_trail_leads_over_the_guide_to_all_jobs(guide):
    body = get(whole_job(guide_id=guide.pk)).content.decode()
    assert 'href="/jobs/?guide=kite-maker">Kite maker</a>' in body
    assert 'href="/jobs/">Jobs</a>' in body


def test_pay_that_cannot_be_compared_says_why_and_draws_nothing(guide):
    job = whole_job(guide_id=guide.pk, pay_currency="EUR")
    response = get(job)
    assert "This ad pays in EUR and the guide’s figures are in USD" in text_of(response)
    assert 'class="axis"' not in response.content.decode()


def test_evidence_is_facts_without_a_verdict():
    job = whole_job(relisted=2, first_seen_at=timezone.now() - timedelta(days=40))
    make_job("2", source=make_source("Second board"), duplicate_of=job)
    make_job("3", source=make_source("Third board"), duplicate_of=job, state=State.REMOVED)
    text = text_of(get(job))
    assert "Taken down and listed again 2 times" in text
    assert "Reports by readers None that waits for our staff" in text
    assert "Also listed by Second board" in text
    assert "Third board" not in text
    assert not re.search(r"\b(ghost|fake|suspicious|trust(ed|worthy)|score)\b", text, re.IGNORECASE)


def test_headings_of_an_ad_keep_the_outline_of_the_page():
    body = str(shown(Job(description=WHOLE["description"])))
    assert re.findall(r"<(h\d)>", body) == ["h3", "h3", "h4"]
    assert body.count("</h3>") == 2


def test_nothing_but_the_cleaned_description_is_markup():
    evil = '"><script>alert(1)</script>'
    job = whole_job(title=f"Kite {evil}", place=evil, summary=evil, employer=make_employer(f"Works {evil}"))
    body = get(job).content.decode()
    assert "<script>alert" not in body


# --- states --------------------------------------------------------------------------------------
def test_a_closed_job_stays_readable_says_so_and_has_no_markup_for_search_engines():
    job = whole_job(state=State.CLOSED, ending=Ending.STAFF, closed_at=timezone.now(), valid_through=None)
    response = get(job)
    assert response.status_code == 200
    assert "This job closed on" in text_of(response)
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert marked(response) == {}
    assert "Closing soon" not in text_of(response)


def test_a_job_past_its_last_day_is_closed_before_the_task_comes():
    job = whole_job(valid_through=timezone.now() - timedelta(minutes=1))
    response = get(job)
    assert "Its last day was" in text_of(response)
    assert marked(response) == {}
    assert "noindex" in response.content.decode()


def test_a_held_job_is_there_for_staff_alone(django_user_model):
    job = whole_job(state=State.HELD)
    assert get(job).status_code == 404
    member, staff = Client(), Client()
    member.force_login(django_user_model.objects.create_user("member@example.org", "long-enough-password"))
    staff.force_login(django_user_model.objects.create_superuser("chief@example.org", "long-enough-password"))
    assert get(job, member).status_code == 404
    response = get(job, staff)
    assert response.status_code == 200
    assert "Held for review" in text_of(response)
    assert response["Cache-Control"] == "private, no-store"
    assert marked(response) == {}


def test_staff_without_the_right_do_not_see_it(django_user_model):
    job = whole_job(state=State.HELD)
    client = Client()
    client.force_login(django_user_model.objects.create_user("editor@example.org", "long-enough-password", is_staff=True))
    assert get(job, client).status_code == 404


def test_a_removed_job_is_gone():
    assert get(whole_job(state=State.REMOVED)).status_code == 410


def test_another_slug_leads_on_and_an_unknown_number_is_not_found(client):
    job = whole_job()
    response = client.get(f"/jobs/{job.pk}-something/")
    assert (response.status_code, response["Location"]) == (301, job.get_absolute_url())
    assert client.get("/jobs/999999999999999999999999-x/").status_code == 404


def test_a_duplicate_points_search_engines_to_the_first_one():
    first = whole_job()
    second = whole_job(external_id="2", source=make_source("Second board"), duplicate_of=first)
    response = get(second)
    body = response.content.decode()
    assert f'<link rel="canonical" href="http://testserver{first.get_absolute_url()}">' in body
    assert "Also listed by Wind jobs" in text_of(response)
    assert "JobPosting" not in marked(response)


@pytest.mark.parametrize("state", [State.HELD, State.REMOVED])
def test_a_duplicate_of_what_nobody_sees_stands_for_itself(state):
    first = whole_job(state=state)
    second = whole_job(external_id="2", source=make_source("Second board"), duplicate_of=first)
    assert f'<link rel="canonical" href="http://testserver{second.get_absolute_url()}">' in get(second).content.decode()


def test_a_change_by_any_hand_shows_within_two_seconds(monkeypatch):
    job, now = whole_job(), [0.0]
    monkeypatch.setattr("portal.middleware.pagecache.time.monotonic", lambda: now[0])
    address = job.get_absolute_url()
    assert Client().get(address).status_code == 200
    Job.objects.update(title="Kite maker", state=State.CLOSED, ending=Ending.GONE, closed_at=timezone.now())
    now[0] = 2.1
    assert "This job closed" in text_of(Client().get(address))


def test_what_staff_take_down_raises_the_stamp(django_user_model):
    job = whole_job()
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("chief@example.org", "long-enough-password"))
    before = stamp.current()
    client.post("/staff/jobs/job/", {"action": "remove", "_selected_action": [job.pk]})
    assert stamp.current() > before
    job.refresh_from_db()
    assert job.state == State.REMOVED


# --- JobPosting ----------------------------------------------------------------------------------
def test_every_fact_that_is_marked_up_stands_on_the_page(guide):
    job = whole_job(guide_id=guide.pk)
    response = get(job)
    text, posting = text_of(response), marked(response)["JobPosting"]
    assert posting["title"] in text
    assert unescape(strip_tags(posting["description"].replace("><", "> <"))) in text
    assert posting["hiringOrganization"] == {"@type": "Organization", "name": "Kite Works", "sameAs": "https://kites.example.org/"}
    assert 'href="https://kites.example.org/"' in response.content.decode()
    assert posting["datePosted"] == job.posted_at.date().isoformat()
    assert f"{job.posted_at:%B %-d, %Y}" in text
    assert posting["validThrough"] == job.valid_through.isoformat()
    assert f"{job.valid_through:%B %-d, %Y}" in text
    assert posting["employmentType"] == "FULL_TIME"
    assert posting["jobLocation"]["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Columbus",
        "addressRegion": "OH",
        "addressCountry": "US",
    }
    assert "Columbus, OH United States" in text
    assert posting["baseSalary"]["value"] == {"@type": "QuantitativeValue", "minValue": 41000, "maxValue": 46500, "unitText": "YEAR"}
    assert f"{posting['baseSalary']['value']['minValue']:,} to $46,500 a year" in text
    assert posting["identifier"]["value"] == str(job.pk)
    assert f"Number here {job.pk}" in text
    assert posting["url"] == f"http://testserver{job.get_absolute_url()}"
    assert posting["directApply"] is False
    allowed = {
        "@context", "@type", "title", "description", "datePosted", "validThrough", "employmentType", "hiringOrganization", "identifier",
        "url", "baseSalary", "jobLocation", "directApply",
    }  # fmt: skip
    assert set(posting) == allowed, "a new fact needs its line above"


def test_remote_work_says_who_may_apply():
    remote = {"workplace": "remote", "place": "", "place_country": ""}
    response = get(whole_job(**remote, countries=["DE"], regions=["EU"]))
    posting = marked(response)["JobPosting"]
    assert posting["jobLocationType"] == "TELECOMMUTE"
    assert posting["applicantLocationRequirements"] == [
        {"@type": "Country", "name": "Germany"},
        {"@type": "AdministrativeArea", "name": "EU"},
    ]
    assert "Remote, for people in Germany or the EU" in text_of(response)
    assert "jobLocation" not in posting


def test_only_what_is_known_is_marked_up():
    job = whole_job(
        **dict.fromkeys(("pay_minimum", "pay_maximum", "year_minimum", "year_maximum")),
        pay_currency="",
        pay_period="",
        kind="",
        place="",
        valid_through=None,
        apply_url="",
        apply_email="jobs@kites.example.org",
    )
    posting = marked(get(job))["JobPosting"]
    assert not {"baseSalary", "employmentType", "validThrough"} & set(posting)
    assert posting["jobLocation"]["address"] == {"@type": "PostalAddress", "addressCountry": "US"}
    assert posting["directApply"] is True


def test_an_ad_of_an_unknown_place_has_no_posting():
    assert "JobPosting" not in marked(get(whole_job(place="", place_country="")))


@pytest.mark.parametrize("place", ["Berlin; London", "Remote (US)", "Columbus, OH or Dublin, OH or Westerville, OH"])
def test_words_that_are_no_one_place_are_not_taken_for_a_town(place):
    assert marked(get(whole_job(place=place)))["JobPosting"]["jobLocation"]["address"] == {"@type": "PostalAddress", "addressCountry": "US"}
