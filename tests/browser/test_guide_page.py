"""The guide page in a browser: its weight, its calm, and its small helpers."""

import gzip
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal.static import minified
from tests.browser.conftest import PHONE, WIDE

MAX_REQUESTS = 8
MAX_BYTES = 45_500  # compressed, all in but the pictures of ads, of which there are two at most and none above the fold
MAX_PICTURE = 10_000
GUIDES = ("electrician", "medical-office-specialist", "web-developer")

# Sum of all layout shifts so far; `scroll` says whether to go down the page first.
SHIFTS = """scroll => new Promise(resolve => {
  let sum = 0, y = 0;
  new PerformanceObserver(list => { for (const shift of list.getEntries()) if (!shift.hadRecentInput) sum += shift.value; })
    .observe({ type: "layout-shift", buffered: true });
  const step = () => {
    scrollTo(0, y += innerHeight);
    const more = scroll && y < document.documentElement.scrollHeight;
    more ? requestAnimationFrame(() => setTimeout(step, 20)) : setTimeout(() => resolve(sum), 100);
  };
  scroll ? step() : setTimeout(() => resolve(sum), 300);
})"""


@pytest.fixture
def window(visit):
    return visit()


def test_a_guide_is_light(window):
    for slug in GUIDES:
        answers = []

        def note(answer, noted=answers):
            noted.append(answer)

        window.page.on("response", note)
        window.page.goto(reverse("careers:guide", args=[slug]), wait_until="networkidle")
        window.page.remove_listener("response", note)
        pictures = [answer for answer in answers if "/ads/picture/" in answer.url]
        answers = [answer for answer in answers if answer not in pictures]
        sizes = {answer.url.rpartition("/")[2] or "page": size_of(answer) for answer in answers}
        assert len(pictures) <= 2
        assert all(size_of(answer) <= MAX_PICTURE for answer in pictures)
        assert len(answers) <= MAX_REQUESTS, sizes
        assert sum(sizes.values()) <= MAX_BYTES, (slug, sum(sizes.values()), sizes)


def size_of(answer):
    """As it goes over the wire in production: our files made small, text compressed, pictures as they are."""
    if 300 <= answer.status < 400:
        return 0  # the browser keeps no body of a redirect
    body = minified(answer.url.partition("/static/")[2], answer.body())
    return len(body) if answer.headers.get("content-type", "").startswith("image/png") else len(gzip.compress(body, 9))


@pytest.mark.parametrize("scroll", [False, True], ids=["loads", "is scrolled"])
def test_nothing_moves_while_a_page(scroll, window):
    moved = {}
    for size in (WIDE, PHONE):
        window.page.set_viewport_size(size)
        for name, arguments in (("careers:guide", ["electrician"]), ("home", []), ("careers:guide_list", [])):
            window.open(name, *arguments)
            if shift := window.page.evaluate(SHIFTS, scroll):
                moved[name, size["width"]] = shift
    assert not moved


def test_the_contents_follow_the_reader(window):
    page = window.open("careers:guide", "electrician")
    contents = page.locator("#contents")
    expect(contents).to_be_visible()
    here = contents.locator("ol ol a[aria-current]")
    for number in (4, 12):
        link = contents.locator("ol ol a").nth(number)
        page.locator(link.get_attribute("href")).evaluate("heading => scrollTo(0, heading.getBoundingClientRect().top + scrollY - 100)")
        expect(here).to_have_count(1)
        expect(here).to_have_attribute("href", link.get_attribute("href"))
        expect(here).to_be_visible()
    contents.locator("ol ol a:visible").first.click()
    expect(here).to_have_attribute("href", contents.locator("ol ol a:visible").first.get_attribute("href"))


def test_the_contents_open_as_a_sheet_on_a_phone_and_close_after_a_jump(visit):
    window = visit(viewport=PHONE)
    page = window.open("careers:guide", "electrician")
    contents = page.locator("#contents")
    expect(contents).not_to_be_visible()
    window.reach(page.get_by_role("navigation", name="Guide actions").get_by_role("button", name="Contents"))
    window.press("Enter")
    expect(contents).to_be_visible()
    link = contents.locator("ol ol a").nth(5)
    where = link.get_attribute("href")
    window.reach(link)
    window.press("Enter")
    expect(contents).not_to_be_visible()
    expect(page.locator(where)).to_be_in_viewport()


def test_the_link_is_copied(window):
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = window.open("careers:guide", "electrician")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith(reverse("careers:guide", args=["electrician"]))


def test_ticked_skills_are_counted_in_words(window):
    page = window.open("careers:guide", "electrician")
    form = page.locator("form.skillmap")
    boxes = form.get_by_role("checkbox")
    total = boxes.count()
    boxes.nth(0).check()
    boxes.nth(2).check()
    expect(form.get_by_role("status")).to_have_text(re.compile(rf"2 of {total} ticked"))
    boxes.nth(0).uncheck()
    expect(form.get_by_role("status")).to_have_text(re.compile(rf"1 of {total} ticked"))


def test_a_link_to_an_answer_opens_it(window):
    page = window.open("careers:guide", "electrician")
    last = page.locator(".faq details").last
    anchor = last.get_attribute("id")
    expect(last).not_to_have_attribute("open", "")
    page.goto(f"{page.url}#{anchor}")
    expect(last).to_have_attribute("open", "")


def test_paper_shows_every_answer_and_no_navigation(window):
    page = window.open("careers:guide", "electrician")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for details in page.locator("main details").all():
        expect(details).to_have_attribute("open", "")
    for answer in page.locator(".faq details").all():
        expect(answer.locator("p").first).to_be_visible()
    for gone in (".site-head", "#contents", ".bar", ".site-foot form", ".actions", "#share"):
        for part in page.locator(gone).all():
            expect(part).not_to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("main details:not([open])").first).to_be_attached()
    assert len(page.pdf()) > 20_000


def test_paper_shows_every_answer_without_scripts_too(visit):
    window = visit(java_script_enabled=False)
    page = window.open("careers:guide", "electrician")
    page.emulate_media(media="print")
    for answer in page.locator(".faq details").all():
        expect(answer.locator("p:not(.meta)").last).to_be_visible()
