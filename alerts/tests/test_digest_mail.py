"""The mail of a digest: what stands in it, in both parts, and what does not."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from accounts.tests.factories import make_user
from alerts import links
from alerts.choices import DigestState, Frequency, Verdict
from alerts.models import Alert, Digest, Subscriber
from alerts.sending.compose import compose_claimed
from alerts.sending.run import send_alerts
from alerts.tests.factories import DAY, MONDAY, claim_at, give_plan, make_alert, make_subscriber, new_job
from careers.models import Skill
from careers.tests.factories import published_guide
from jobs.tests.factories import make_employer
from kit.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock(settings):
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SITE_URL = "https://waymark.example"
    with time_machine.travel(MONDAY, tick=False):
        yield


def sent():
    """Subject, text and HTML of the one mail of a run."""
    send_alerts()
    [message] = mail.outbox
    html = message.alternatives[0].content
    return message.subject, message.body, html


def both(found, words):
    _, text, html = found
    return words in text and words in re.sub(r"<[^>]+>", "", html).replace("&#x27;", "'").replace("&amp;", "&")


def test_a_job_stands_there_with_employer_place_pay_reason_and_address():
    make_alert(query="q=kite")
    pay = {
        "pay_minimum": 52_000,
        "pay_maximum": 61_000,
        "pay_currency": "USD",
        "pay_period": "YEAR",
        "year_minimum": 52_000,
        "year_maximum": 61_000,
    }
    job = new_job(
        title="Kite maker", place="Columbus, OH", employer=make_employer("Tom & Daughters"), guide_id=published_guide().guide_id, **pay
    )
    found = sent()
    for words in (
        "Kite maker",
        "Tom & Daughters · Columbus, OH",
        "$52,000–61,000 a year",
        "above the median of the guide Kite maker",
        "Why: “kite” in the title",
    ):
        assert both(found, words), words
    address = f"https://waymark.example{job.get_absolute_url()}"
    assert f"{address}\n" in found[1]
    assert f'href="{address}"' in found[2]
    assert found[0] == "1 new job: q=kite"


def test_what_an_ad_says_is_text_in_the_html_part_and_plain_in_the_other():
    make_alert(query="")
    new_job(title="<b>Kites</b> & 'sails'")
    _, text, html = sent()
    assert "<b>Kites</b> & 'sails'" in text
    assert "&lt;b&gt;Kites&lt;/b&gt; &amp; &#x27;sails&#x27;" in html


def test_a_line_break_in_a_name_makes_no_header():
    make_alert(name="Kites\r\nBcc: everybody@example.org")
    new_job()
    subject, _, _ = sent()
    assert "\n" not in subject
    assert mail.outbox[0].recipients() == [Subscriber.objects.get().address]


def test_the_button_of_the_mail_program_and_the_last_lines_turn_everything_off():
    person = make_subscriber("ann@example.org")
    make_alert(person)
    new_job()
    _, text, html = sent()
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe"] == f"<{links.off_url(person)}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert text.rstrip().endswith(links.off_url(person))
    assert f'href="{links.off_url(person)}"' in html


def test_each_search_can_be_turned_off_and_each_job_judged():
    person = make_subscriber("ann@example.org")
    alerts = [make_alert(person, "q=kite"), make_alert(person, "q=sail")]
    new_job("k", title="Kite maker"), new_job("s", title="Sail maker")
    found = sent()
    wanted = [links.off_url(person, alert) for alert in alerts]
    wanted += [links.verdict_url(one, verdict) for one in person.deliveries.all() for verdict in Verdict]
    for address in wanted:
        assert address in found[1]
        assert f'href="{address}"' in found[2]


def test_links_carry_nothing_that_tells_who_pressed_them_and_there_is_no_picture():
    make_alert(query="")
    new_job()
    _, text, html = sent()
    for address in re.findall(r"https://waymark\.example\S*?(?=[\s\"<])", text + html):
        assert re.match(r"https://waymark\.example/?(jobs/|alerts/|guides/|$)", address), address
        assert "?" not in address or "/jobs/?" in address
    assert "<img" not in html
    assert "url(" not in html


def test_more_of_one_employer_and_the_rest_are_one_link_away():
    make_alert(query="q=kite")
    many = make_employer("Many Kites")
    for n in range(5):
        new_job(str(n), title=f"Kite {n}", employer=many)
    found = sent()
    assert both(found, "5 new jobs, 3 of them here")
    assert both(found, "+2 more at Many Kites")
    assert "https://waymark.example/jobs/?q=kite&sort=newest&employer=many-kites" in found[1]
    assert "https://waymark.example/jobs/?q=kite&amp;sort=newest&amp;employer=many-kites" in found[2]
    assert both(found, "All 5, newest first")


@pytest.mark.parametrize(("paying", "said"), [(5, True), (4, False)])
def test_the_pay_of_all_new_jobs_is_told_where_enough_state_it(paying, said):
    make_alert(query="")
    for n in range(6):
        pay = (
            {"pay_maximum": 50_000 + n * 1000, "pay_currency": "USD", "pay_period": "YEAR", "year_maximum": 50_000 + n * 1000}
            if n < paying
            else {}
        )
        new_job(str(n), employer=make_employer(f"Employer {n}"), **pay)
    assert both(sent(), f"{paying} of the 6 new jobs state their pay; the middle of their top pay is $52,000 a year.") is said


def test_a_guide_that_changed_is_named_with_its_sections():
    guide = published_guide().guide
    make_alert(guide=guide)  # knows no earlier state
    found = sent()
    assert found[0] == "Changed: Kite maker"
    assert both(found, "The guide changed.")
    assert "https://waymark.example/guides/kite-maker/" in found[1]


def test_jobs_that_closed_before_the_mail_was_written_are_left_out():
    make_alert(query="")
    gone, kept = new_job("gone", title="Gone"), new_job("kept", title="Kept", employer=make_employer("Other"))
    claim_at()
    gone.close()
    found = sent()
    assert not both(found, "Gone")
    assert both(found, kept.title)


def test_a_digest_whose_jobs_all_closed_is_not_sent():
    make_alert(query="")
    job = new_job()
    claim_at()
    job.close()
    send_alerts()
    assert mail.outbox == []
    assert Digest.objects.get().state == DigestState.EMPTY


def test_nothing_new_for_a_month_is_said_with_what_is_watched():
    person = make_subscriber(mailed_at=MONDAY - 40 * DAY)
    make_alert(person, "q=rare", name="Rare jobs")
    make_alert(person, "q=rarer", name="Rarer jobs")
    found = sent()
    assert found[0] == "Nothing new yet, and we still watch"
    assert both(found, "Rare jobs")
    assert both(found, "Rarer jobs")


def test_who_lost_daily_alerts_reads_it_in_the_next_weekly_mail():
    person = make_subscriber()
    make_alert(person, "", frequency=Frequency.DAILY)
    new_job(title="Kite maker")
    found = sent()
    assert both(found, "your daily searches now come once a week, on Monday")
    assert both(found, "Kite maker")


def test_times_are_by_the_clock_of_the_reader():
    """It closes at one in the morning in Berlin: today there, tomorrow in New York."""
    user = make_user(time_zone="Europe/Berlin")
    make_alert(make_subscriber(user=user), "")
    new_job(valid_through=MONDAY.replace(hour=23, minute=30))
    Subscriber.objects.update(next_at=MONDAY)
    assert both(sent(), "Closes tomorrow")


def test_a_mail_that_cannot_be_written_holds_up_nobody(monkeypatch):
    ill, well = make_subscriber("ill@example.org"), make_subscriber("well@example.org")
    for person in (ill, well):
        make_alert(person, "")
    new_job()
    claim_at()
    Digest.objects.filter(subscriber=ill).update(sections=[{"alert": Alert.objects.get(subscriber=ill).pk, "total": "many"}])
    assert compose_claimed() == 1
    assert dict(Digest.objects.values_list("subscriber__email", "state")) == {
        "ill@example.org": DigestState.FAILED,
        "well@example.org": DigestState.QUEUED,
    }
    assert OutgoingMail.objects.get().recipient == "well@example.org"


def test_writing_again_writes_nothing():
    make_alert(query="")
    new_job()
    claim_at()
    compose_claimed()
    assert compose_claimed() == 0
    assert OutgoingMail.objects.count() == 1


def test_many_digests_cost_no_more_statements_than_few(django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def statements(people):
        for n in range(people):
            make_alert(make_subscriber(f"person{people}-{n}@example.org"), "q=kite")
        claim_at()
        with CaptureQueriesContext(connection) as queries:
            compose_claimed()
        return len(queries) - people  # one mail each into the outbox

    for n in range(12):
        new_job(str(n), title="Kite maker", employer=make_employer(f"Employer {n}"))
    few, many = statements(2), statements(20)
    assert many <= few <= 16


def test_daily_digests_of_a_week_repeat_nothing():
    user = make_user()
    give_plan(user)
    person = make_subscriber(user=user)
    make_alert(person, "", frequency=Frequency.DAILY)
    titles = []
    for n in range(7):
        with time_machine.travel(MONDAY + n * DAY, tick=False):
            new_job(str(n), title=f"Kite {n}", at=MONDAY + n * DAY - timedelta(hours=1), employer=make_employer(f"Employer {n}"))
            send_alerts()
    for message in mail.outbox:
        titles += re.findall(r"^Kite \d$", message.body, re.MULTILINE)
    assert titles == [f"Kite {n}" for n in range(7)]


# --- why --------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("q=sailmaker", "“sailmaker” in the title"),
        ("q=sailmaker+columbia", "“sailmaker” in the title · “columbia” in the employer’s name"),
        ("q=sewing", "“sewing” among the skills"),
        ("q=kite", "“kite” in the career"),
        ("q=sails", ""),
        ("q=%22night+sailmaker%22", "“night sailmaker” in the title"),
        ("q=night+sailmaker+-day", "“night” and “sailmaker” in the title"),
        ("where=Ohio", "Columbus, OH"),
        ("workplace=remote&workplace=hybrid", "Hybrid"),
        ("kind=part-time&level=entry", "Entry level · Part time"),
        ("pay=40k", "$40,000 or more"),
        ("guide=kite-maker", "Kite maker"),
        ("field=crafts", "Crafts"),
        ("", "New, and you asked for all jobs"),
    ],
)
def test_the_reason_names_the_words_and_filters_that_the_job_meets(query, why):
    guide = published_guide()
    job = new_job(
        title="Night sailmaker", place="Columbus, OH", place_country="US", workplace="hybrid", kind="part_time", level="entry",
        guide_id=guide.guide_id, employer=make_employer("Columbia Canvas"),
        pay_maximum=45_000, pay_currency="USD", pay_period="YEAR", year_maximum=45_000,
    )  # fmt: skip
    job.skills.add(Skill.objects.get_or_create(name="Sewing")[0])
    make_alert(query=query)
    send_alerts()
    if not why:
        assert mail.outbox == []
    else:
        assert f"Why: {why}\n" in mail.outbox[0].body


def test_hidden_pay_that_was_allowed_is_a_reason():
    make_alert(query="pay=60k&unstated=1")
    new_job()
    assert both(sent(), "Why: pay not stated in dollars, as you allowed")
