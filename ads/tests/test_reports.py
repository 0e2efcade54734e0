"""What the address for counts takes, and from whom."""

import pytest
from django.test import Client
from django.urls import reverse

from ads.counting import tally
from ads.models import AdDay
from ads.report import Malformed, read_report
from ads.tests.factories import make_ad
from kit import flood
from kit.flood import Ceiling

pytestmark = pytest.mark.django_db
READER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
FROM_PAGE = {"User-Agent": READER, "Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}


@pytest.fixture
def ad():
    return make_ad()


def send(body, client=None, **headers):
    given = {name: value for name, value in (FROM_PAGE | {k.replace("_", "-"): v for k, v in headers.items()}).items() if value is not None}
    return (client or Client()).post(reverse("ads:count"), body, content_type="text/plain;charset=UTF-8", headers=given)


def counts():
    tally.write()
    return sorted(AdDay.objects.values_list("placement", "impressions", "clicks"))


def test_what_was_seen_and_followed_is_counted(ad):
    other = make_ad()
    response = send(f"seen={ad.pk}.beside&seen={other.pk}.between&click={ad.pk}.beside")
    assert (response.status_code, response.content) == (204, b"")
    assert counts() == [("beside", 1, 1), ("between", 1, 0)]


def test_the_answer_sets_no_cookie_and_is_kept_by_no_cache(ad):
    response = send(f"seen={ad.pk}.list")
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]


def test_nothing_of_the_reader_is_stored():
    stored = {field.name for field in AdDay._meta.get_fields()}
    assert stored == {"id", "creative", "placement", "day", "impressions", "clicks"}


def test_ads_that_no_page_can_hold_are_ignored(ad):
    assert send(f"seen={ad.pk + 999}.list&click={ad.pk + 999}.list").status_code == 204
    assert send("seen=999999999999.list").status_code == 204
    assert tally.waiting() == 0


@pytest.mark.parametrize(
    "body",
    [
        "",
        "x",
        "seen=",
        "seen=1",
        "seen=1.",
        "seen=0.list",
        "seen=-1.list",
        "seen=1.header",
        "seen=1.list ",
        "seen=1.list\n",
        "seen=1.list&",
        "seen=1.list&seen=2.list",
        "click=1.list&click=2.beside",
        "seen=1.list&other=1",
        "seen=1.beside&seen=2.between&seen=3.list&seen=4.list",
        "seen=²3.list",
        "seen=٣.list",
        "seen=9999999999999.list",
        "seen=1.list&" * 40,
        '{"seen": [1]}',
        b"\xff\xfe",
        b"seen=1.list\x00",
        b"y" * 1_000_000,
    ],
    ids=lambda body: repr(body)[:30],
)
def test_what_our_script_never_sends_is_a_bad_request(body):
    assert send(body).status_code == 400
    assert tally.waiting() == 0


def test_the_longest_report_fits():
    longest = "&".join([*(f"seen=999999999999.{place}" for place in ("beside", "between", "list")), "click=999999999999.between"])
    assert len(read_report(longest.encode()).seen) == 3


def test_a_length_that_lies_is_refused():
    with pytest.raises(Malformed):
        read_report(b"seen=1.list&" * 40)
    for length, status in {"121": 400, "-1": 400, "x": 400, "9" * 30: 413}.items():
        response = Client().generic("POST", reverse("ads:count"), b"seen=1.list", headers=FROM_PAGE, CONTENT_LENGTH=length)
        assert response.status_code == status


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Origin": "null"},
        {"Origin": "http://["},
    ],
    ids=str,
)
def test_other_sites_are_refused(ad, headers):
    assert send(f"seen={ad.pk}.list", **headers).status_code == 403
    assert tally.waiting() == 0


ROBOTS = [
    "",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Safari/537.36",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "Mozilla/5.0 (compatible; Baiduspider/2.0)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 11) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36 Chrome-Lighthouse",
    "facebookexternalhit/1.1",
    "curl/8.5.0",
    "python-requests/2.32",
    "Go-http-client/2.0",
    "Slackbot-LinkExpanding 1.0",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
    "Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/archive.org_bot)",
]
READERS = [
    READER,
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 14; CUBOT X30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
]


@pytest.mark.parametrize("agent", ROBOTS)
def test_programs_that_say_so_are_not_counted(ad, agent):
    assert send(f"seen={ad.pk}.list", User_Agent=agent).status_code == 204
    assert tally.waiting() == 0


@pytest.mark.parametrize("agent", READERS)
def test_readers_are_counted(ad, agent):
    send(f"seen={ad.pk}.list", User_Agent=agent)
    assert tally.waiting() == 1


def test_what_does_not_come_from_a_page_in_a_browser_is_not_counted(ad):
    assert send(f"seen={ad.pk}.list", Sec_Fetch_Site=None).status_code == 204
    assert send(f"seen={ad.pk}.list", Sec_Fetch_Site="none").status_code == 204
    assert tally.waiting() == 0


# --- floods --------------------------------------------------------------------------------------
def test_one_address_is_counted_up_to_a_ceiling(ad):
    for _ in range(flood.REPORTS + 20):
        assert send(f"seen={ad.pk}.list").status_code == 204
    assert tally.waiting() == flood.REPORTS
    other = Client(REMOTE_ADDR="203.0.113.9")
    send(f"seen={ad.pk}.list", other)
    assert tally.waiting() == flood.REPORTS + 1


def test_an_address_that_is_made_up_does_not_help(ad):
    for number in range(flood.REPORTS + 20):
        send(f"seen={ad.pk}.list", X_Forwarded_For=f"203.0.113.{number}")
    assert tally.waiting() == flood.REPORTS


def test_the_ceiling_forgets_addresses_after_a_minute(monkeypatch):
    now = [600.0]
    monkeypatch.setattr(flood.time, "monotonic", lambda: now[0])
    ceiling = Ceiling()
    assert [ceiling.allows("203.0.113.9") for _ in range(flood.REPORTS + 1)] == [True] * flood.REPORTS + [False]
    (kept,) = ceiling._reports
    assert b"203.0.113.9" not in kept
    now[0] += 60
    assert ceiling.allows("203.0.113.9")
    assert kept not in ceiling._reports  # another salt: nobody can follow an address from one minute to the next


def test_the_ceiling_needs_little_memory(monkeypatch):
    monkeypatch.setattr(flood, "MOST_ADDRESSES", 3)
    monkeypatch.setattr(flood.time, "monotonic", lambda: 600.0)
    ceiling = Ceiling()
    assert [ceiling.allows(f"203.0.113.{n}") for n in range(5)] == [True, True, True, False, False]
    assert ceiling.allows("203.0.113.0")
