"""Ads in a browser: nothing moves, nothing is cut off, what is seen and followed is counted, and robots are not."""

import time
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from ads.counting import tally
from ads.models import AdDay, Creative
from billing.models import Account, Grant
from kit import stamp
from tests.browser.conftest import ARGUMENTS, NARROW, PHONE, WIDE, Visit, chromium
from tests.browser.test_guide_page import SHIFTS

READER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
AS_BY_HAND = "--disable-blink-features=AutomationControlled"
GUIDE = ("careers:guide", "electrician")
PAGES = (GUIDE, ("careers:guide_list",))
LOOK = 1_400  # milliseconds: a second in view, and some


@pytest.fixture(autouse=True)
def _nothing_counted(site):
    tally.forget()
    AdDay.objects.all().delete()
    yield
    tally.forget()
    AdDay.objects.all().delete()
    connection.close()  # as in `visit`


@pytest.fixture
def no_ads(site):
    """Every box empty."""
    running = list(Creative.objects.filter(is_on=True).values_list("pk", flat=True))
    Creative.objects.update(is_on=False)
    stamp.recent.forget()
    yield
    Creative.objects.filter(pk__in=running).update(is_on=True)
    stamp.recent.forget()


@pytest.fixture(scope="module")
def unmarked(browser):
    """A browser that nobody drives, as far as pages and servers can tell. Playwright's own `user_agent` does not reach
    requests that outlive their page.
    """
    opened = browser.browser_type.launch(executable_path=chromium(), args=[*ARGUMENTS, f"--user-agent={READER}", AS_BY_HAND])
    yield opened
    opened.close()


@pytest.fixture
def reader(unmarked, site):
    windows = []

    def another(**options):
        windows.append(Visit(unmarked, site, **options))
        return windows[-1]

    yield another
    while windows:
        windows.pop().close()


def counts():
    tally.write()
    return sorted(AdDay.objects.values_list("placement", "impressions", "clicks"))


def soon(wanted):
    """Reports come after the page has gone: wait for them."""
    until = time.monotonic() + 5
    while (found := counts()) != wanted and time.monotonic() < until:
        time.sleep(0.05)
    assert found == wanted


def shown(page, number=0):
    """The ad in view."""
    box = page.locator(".ad-box").nth(number)
    box.scroll_into_view_if_needed()
    return box


def leave(window):
    window.open("about")


# --- looks ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("scroll", [False, True], ids=["loads", "is scrolled"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "360"])
def test_nothing_moves_around_filled_boxes(size, scroll, visit):
    window = visit(viewport=size)
    for name, *arguments in PAGES:
        page = window.open(name, *arguments)
        assert page.locator(".ad-link").count() == page.locator(".ad-box").count() > 0
        assert page.evaluate(SHIFTS, scroll) == 0, name


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1280", "360"])
def test_nothing_moves_around_empty_boxes(size, no_ads, visit):
    window = visit(viewport=size)
    for name, *arguments in PAGES:
        page = window.open(name, *arguments)
        assert page.locator(".ad-link").count() == 0 < page.locator(".ad-box").count()
        assert page.evaluate(SHIFTS, True) == 0, name


SIZES = {"1280": (WIDE, [(300, 250), (728, 90)], [(728, 90)]), "360": (PHONE, [(300, 250)] * 2, [(300, 250)])}


@pytest.mark.parametrize("wide", SIZES)
def test_boxes_have_the_sizes_of_the_design(wide, visit):
    size, on_guide, on_list = SIZES[wide]
    window = visit(viewport=size)
    for (name, *arguments), expected in zip(PAGES, (on_guide, on_list), strict=True):
        boxes = [box.bounding_box() for box in window.open(name, *arguments).locator(".ad-box").all()]
        assert [(round(box["width"]), round(box["height"])) for box in boxes] == expected


CUT = """() => [...document.querySelectorAll(".ad-box")].flatMap(box => {
  const edge = box.getBoundingClientRect();
  return [...box.querySelectorAll(".ad-words, .ad-words *")].filter(node => {
    const r = node.getBoundingClientRect();
    return r.top < edge.top - 1 || r.bottom > edge.bottom + 1 || r.left < edge.left - 1 || r.right > edge.right + 1;
  }).map(node => node.outerHTML.slice(0, 90));
})"""
SPACING = """() => { for (const node of document.querySelectorAll(".ad *"))
  Object.assign(node.style, { lineHeight: "1.5", letterSpacing: ".12em", wordSpacing: ".16em" }); }"""


MIDDLE = {"width": 640, "height": 800}


@pytest.mark.parametrize("size", [WIDE, MIDDLE, PHONE, NARROW], ids=["1280", "640", "360", "320"])
def test_the_longest_words_are_cut_off_nowhere(size, site, visit):
    before = {creative.pk: (creative.title, creative.text) for creative in Creative.objects.all()}
    Creative.objects.update(title="Wide words make wonderful warm wool webs", text=("Many wide words within this warm window " * 3)[:90])
    stamp.recent.forget()
    try:
        window = visit(viewport=size)
        for name, *arguments in PAGES:
            page = window.open(name, *arguments)
            assert not page.evaluate(CUT), name
            page.evaluate(SPACING)
            assert not page.evaluate(CUT), f"{name} with WCAG text spacing"
            if size["width"] > PHONE["width"]:
                page.reload()
                page.evaluate("document.documentElement.style.fontSize = '200%'")
                assert not page.evaluate(CUT), f"{name} at twice the text size"
    finally:
        for pk, (title, text) in before.items():
            Creative.objects.filter(pk=pk).update(title=title, text=text)
        stamp.recent.forget()


def test_ads_are_not_printed(visit):
    page = visit().open(*GUIDE)
    page.emulate_media(media="print")
    for ad in page.locator(".ad").all():
        expect(ad).to_be_hidden()


def test_an_ad_works_without_scripts(visit):
    window = visit(java_script_enabled=False)
    page = window.open(*GUIDE)
    link = page.locator(".ad-link").first
    where = link.get_attribute("href")
    with page.expect_navigation():
        link.click()
    assert where.strip("/") in page.url or "sign-in" in page.url


# --- counts --------------------------------------------------------------------------------------
def test_what_is_seen_for_a_second_is_counted_once(reader):
    window = reader()
    page = window.open(*GUIDE)
    for _ in range(2):  # going back up counts nothing twice
        for number in (0, 1):
            shown(page, number)
            page.wait_for_timeout(LOOK)
    leave(window)
    soon([("beside", 1, 0), ("between", 1, 0)])


def test_what_is_passed_by_is_not_counted(reader):
    window = reader()
    page = window.open(*GUIDE)
    shown(page, 1)
    page.wait_for_timeout(200)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.wait_for_timeout(LOOK)
    leave(window)
    page.wait_for_timeout(300)
    assert counts() == []


def test_following_an_ad_is_counted_with_what_was_seen(reader):
    window = reader(viewport=PHONE)
    page = window.open("careers:guide_list")
    box = shown(page)
    page.wait_for_timeout(LOOK)
    with page.expect_navigation():
        box.locator(".ad-link").click()
    soon([("list", 1, 1)])


def test_a_click_with_the_middle_button_counts_too(reader):
    window = reader()
    page = window.open("careers:guide_list")
    box = shown(page)
    with window.context.expect_page():
        box.locator(".ad-link").click(button="middle")
    soon([("list", 0, 1)])


def test_an_ad_that_came_with_other_results_is_counted(reader):
    window = reader()
    page = window.open("careers:guide_list", query="?q=zzzz")
    expect(page.locator(".ad")).to_have_count(0)
    page.locator("#q").fill("")
    page.get_by_role("button", name="Search guides").click()
    shown(page)
    page.wait_for_timeout(LOOK)
    leave(window)
    soon([("list", 1, 0)])


def test_a_report_carries_no_cookie(reader, people):
    window = reader().be(people.member())
    page = window.open("careers:guide_list")
    with page.expect_request(lambda request: request.url.endswith(reverse("ads:count"))) as sent, window.context.expect_page():
        shown(page).locator(".ad-link").click(button="middle")
    assert "cookie" not in sent.value.all_headers()
    assert window.context.cookies()
    soon([("list", 0, 1)])


def requests_of(window):
    asked = []
    window.page.on("request", lambda request: asked.append(request.url))
    return asked


def look_at_everything(window):
    for name, *arguments in PAGES:
        page = window.open(name, *arguments)
        for number in range(page.locator(".ad-box").count()):
            shown(page, number)
            page.wait_for_timeout(LOOK)
    leave(window)
    window.page.wait_for_timeout(300)


def test_a_browser_that_a_program_drives_reports_nothing(visit):
    window = visit(user_agent=READER)
    asked = requests_of(window)
    look_at_everything(window)
    assert not [url for url in asked if "/ads/count/" in url]
    assert counts() == []


def test_staff_report_nothing(reader, people):
    window = reader().be(people.admin())
    asked = requests_of(window)
    look_at_everything(window)
    assert not [url for url in asked if "/ads/count/" in url or "ads.js" in url]
    assert counts() == []


def test_plus_asks_for_nothing_of_the_ads(reader, people):
    member = people.member()
    account = Account.objects.create(user=member, world="live")
    Grant.objects.create(account=account, until=timezone.now() + timedelta(days=1), reason="test")
    window = reader().be(member)
    asked = requests_of(window)
    look_at_everything(window)
    assert asked
    assert not [url for url in asked if "/ads/" in url or "ads.js" in url]
    assert window.open(*GUIDE).locator(".ad, .ad-box, [data-ad]").count() == 0
    Grant.objects.filter(account=account).delete()
    account.delete()
