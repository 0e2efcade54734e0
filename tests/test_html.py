"""The pages as a browser reads them: valid, with one outline each, and with no link that leads nowhere."""

import json
import re
from itertools import pairwise
from urllib.parse import urldefrag, urljoin, urlsplit

import html5lib
import pytest
from django.test import Client
from django.urls import reverse

from careers.tests.factories import published_guide
from tests.addresses import ENTRANCE_PAGES, GUIDE, PERSONAL_PAGES, PUBLIC_PAGES

pytestmark = pytest.mark.django_db

HOST = "http://testserver"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
STAFF_PAGES = ("careers:guide_preview", "styleguide")


class Page:
    def __init__(self, address, response):
        self.address = address
        self.status = response.status_code
        self.text = response.content.decode()
        self.tree = parse(self.text, address)

    def all(self, tag):
        return list(self.tree.iter(tag))

    def ids(self):
        return [node.get("id") for node in self.tree.iter() if node.get("id")]

    def links(self):
        return [node.get("href") for node in self.all("a") if node.get("href") is not None]

    def meta(self, name):
        return [node.get("content") for node in self.all("meta") if node.get("name") == name]

    def title(self):
        return " ".join(self.all("title")[0].itertext()).strip()


def parse(text, address):
    """Strict: what is not valid HTML fails here, with the place."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(text)
    problems = [f"{address} line {line}: {code} {data} | {text.splitlines()[line - 1][:120]}" for (line, _), code, data in parser.errors]
    assert not problems, "\n".join(problems)
    return tree


@pytest.fixture
def open_page(at, clients):
    def opened(name, role="visitor", query=""):
        response = clients[role].get(at(name) + query)
        assert response.status_code == 200, f"{name}: {response.status_code} {response.headers.get('Location')}"
        return Page(at(name) + query, response)

    return opened


@pytest.fixture
def three_guides(content):
    return published_guide(slug="rope-maker", title="Rope maker", plural="Rope makers", aliases=[], field="ships")


KINDS = [
    *((name, "visitor", "") for name in (*PUBLIC_PAGES, *ENTRANCE_PAGES, "careers:guide_preview")),
    ("careers:guide_list", "visitor", "?q=sewnig&field=crafts&demand=4"),
    ("careers:guide_list", "visitor", "?q=zzzzqqq"),
    ("careers:guide_list", "visitor", "?page=99"),
    ("careers:compare", "visitor", "?a=kite-maker"),
    ("account_login", "visitor", "?next=/saved/"),
    ("jobs:report", "visitor", ""),
    ("newsroom:report", "visitor", "?section=pay&said=no"),
    ("jobs:list", "visitor", "?q=maker&where=Ohio&pay=30k&unstated=1&level=mid&without=night&no_employer=kite-works&age=7"),
    ("alerts:new", "visitor", "?q=maker&where=Ohio&pay=30k&unstated=1&no_employer=kite-works"),
    ("alerts:new", "member", f"?guide_changes={GUIDE}"),
    ("alerts:list", "stranger", ""),
    *((f"alerts:{name}", "visitor", "") for name in ("by_mail", "mail_edit", "mail_delete", "confirm", "off", "keep", "verdict")),
    ("jobs:list", "visitor", "?q=maekr"),
    ("jobs:list", "visitor", "?q=zzzzqqq&workplace=on-site"),
    ("jobs:list", "visitor", "?page=99"),
    ("jobs:list", "member", "?q=kite&new=1&employer=kite-works"),
    *((name, "member", "") for name in (*PUBLIC_PAGES, *PERSONAL_PAGES)),
    ("accounts:saved", "stranger", ""),
    ("accounts:saved_jobs", "stranger", ""),
    ("accounts:applications", "stranger", ""),
    ("accounts:applications", "member", "?view=table&q=sail"),
    ("accounts:applications", "member", "?view=table&q=zzz"),
    ("accounts:application_insight", "stranger", ""),
    ("accounts:account", "stranger", ""),
    ("accounts:saved_jobs", "member", "?q=zzz"),
    ("accounts:saved", "member", "?q=zzz"),
    ("accounts:dashboard", "stranger", ""),
    ("accounts:labels", "stranger", ""),
    ("accounts:skills", "stranger", ""),
    ("mfa_index", "stranger", ""),
    ("mfa_activate_totp", "stranger", ""),
    ("mfa_list_webauthn", "stranger", ""),
    ("mfa_reauthenticate", "member", ""),
    ("account_reauthenticate", "member", ""),
    ("mfa_reauthenticate_webauthn", "member", ""),
    *((name, "editor", "") for name in STAFF_PAGES),
]


@pytest.mark.parametrize(("name", "role", "query"), KINDS, ids=lambda part: part or "-")
def test_page(name, role, query, open_page, three_guides):
    page = open_page(name, role, query)
    is_sound(page)
    if role == "visitor" and name in PUBLIC_PAGES and not query:
        can_be_found(page)


def is_sound(page):
    assert len(page.all("main")) == len(page.all("title")) == len(page.all("h1")) == 1, page.address
    assert (twice := [i for i in page.ids() if page.ids().count(i) > 1]) == [], twice
    outline = levels(page)
    skipped = [after for before, after in pairwise(outline) if after[0] > before[0] + 1]
    assert not skipped, f"{page.address} skips a level before {skipped}"
    assert all(words for _, words in outline), outline
    for image in page.all("img"):
        assert image.get("alt") is not None
        assert image.get("width")
        assert image.get("height"), image.attrib
    for node in page.tree.iter():
        if isinstance(node.tag, str):
            for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for", "form", "popovertarget", "list"):
                missing = set((node.get(name) or "").split()) - set(page.ids())
                assert not missing, f"{page.address}: {node.tag} {name} names {missing}"
            assert not [name for name in node.attrib if name == "style" or str(name).startswith("on")]
    named = [node.get("aria-label") or node.get("aria-labelledby") for node in page.all("nav")]
    assert None not in named or len(named) == 1
    assert len(named) == len(set(named)), named
    html = page.all("html")[0]
    assert html.get("lang")
    for block in page.all("script"):
        if "json" in (block.get("type") or ""):
            json.loads("".join(block.itertext()))
    labelled(page)


def levels(page):
    return [(int(node.tag[1]), " ".join("".join(node.itertext()).split())) for node in page.tree.iter() if node.tag in HEADINGS]


def labelled(page):
    """Every control has a name that is read aloud."""
    labels = {node.get("for") for node in page.all("label")}
    inside = {id(control) for label in page.all("label") for control in label.iter()}
    for tag in ("input", "select", "textarea"):
        for control in page.all(tag):
            if control.get("type") in {"hidden", "submit"} or id(control) in inside:
                continue
            assert control.get("id") in labels or control.get("aria-label") or control.get("aria-labelledby"), control.attrib
    for tag in ("button", "a"):
        for control in page.all(tag):
            words = "".join(control.itertext()).strip() or control.get("aria-label")
            assert words, f"{page.address}: {tag} {control.attrib} says nothing"


def can_be_found(page):
    """What search engines and shared links need."""
    (description,) = page.meta("description")
    assert 5 <= len(description) <= 320, description
    canonical = [node.get("href") for node in page.all("link") if node.get("rel") == "canonical"]
    assert canonical == [HOST + page.address.partition("?")[0]]
    assert "noindex" not in " ".join(page.meta("robots"))
    assert 10 <= len(page.title()) <= 90, page.title()
    shown = {node.get("property"): node.get("content") for node in page.all("meta") if node.get("property")}
    assert {"og:title", "og:description", "og:url", "og:site_name", "og:type"} <= shown.keys()
    assert all(shown.values()), shown


def test_every_page_has_a_title_of_its_own(open_page, three_guides):
    seen = {}
    for name, role, query in KINDS:
        if role == "visitor" and not query:
            seen.setdefault(open_page(name, role).title(), []).append(name)
    assert not (shared := {title: names for title, names in seen.items() if len(names) > 1}), shared


def test_guides_describe_themselves_to_search_engines(open_page, three_guides):
    blocks = [
        json.loads("".join(node.itertext()))
        for node in open_page("careers:guide").all("script")
        if node.get("type") == "application/ld+json"
    ]
    kinds = {block["@type"] for block in blocks}
    assert {"BreadcrumbList", "Occupation"} <= kinds or {"BreadcrumbList", "Article"} <= kinds, kinds
    for block in blocks:
        assert block["@context"] == "https://schema.org"


def test_what_is_personal_is_kept_out_of_search_engines(open_page):
    for name in (
        "accounts:saved",
        "accounts:saved_jobs",
        "accounts:account",
        "alerts:list",
        "alerts:new",
        "alerts:edit",
        "jobs:apply",
        "jobs:application",
        "account_login",
        "account_signup",
    ):
        role = "member" if ":" in name else "visitor"
        assert "noindex" in " ".join(open_page(name, role).meta("robots")), name


# --- links ---------------------------------------------------------------------------------------
LEAVE_ALONE = re.compile(r"^(mailto:|tel:|https?://(?!testserver))")
SIGNS_OUT = ("account_logout",)


def crawl(client, start):
    """Every page that links lead to from here. Returns what is wrong with them."""
    waiting, seen, wrong, fragments = [start], {}, [], []
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        response = client.get(address, follow=True)
        kind = response.headers.get("Content-Type", "")
        if response.status_code != 200:
            wrong.append(f"{address}: {response.status_code}")
            seen[address] = set()
            continue
        if not kind.startswith("text/html"):
            seen[address] = set()
            continue
        page = Page(address, response)
        seen[address] = set(page.ids())
        here = response.redirect_chain[-1][0] if response.redirect_chain else address
        for link in page.links():
            if LEAVE_ALONE.match(link):
                continue
            parts = urlsplit(urljoin(HOST + here, link))
            target, fragment = urldefrag(
                f"{parts.path}?{parts.query}#{parts.fragment}" if parts.query else f"{parts.path}#{parts.fragment}"
            )
            if target.startswith(("/static/", "/staff/")):
                continue
            if fragment:
                fragments.append((address, target, fragment))
            if len(seen) < 400 and target.count("=") < 3:
                waiting.append(target)
    wrong += [f"{here} -> {target}#{name}" for here, target, name in fragments if target in seen and name not in seen[target]]
    return seen, wrong


def test_a_visitor_finds_no_broken_link(three_guides, at):
    seen, wrong = crawl(Client(), reverse("home"))
    assert not wrong, "\n".join(wrong)
    assert {at(name) for name in PUBLIC_PAGES if name != "careers:compare_guides"} <= set(seen)


def test_a_member_finds_no_broken_link(three_guides, at, clients):
    seen, wrong = crawl(clients["member"], reverse("home"))
    assert not wrong, "\n".join(wrong)
    assert {at(name) for name in PUBLIC_PAGES if name != "careers:compare_guides"} <= set(seen)
    assert {
        at(name)
        for name in ("accounts:saved", "accounts:saved_jobs", "accounts:account", "accounts:profile", "mfa_index", "usersessions_list")
    } <= set(seen)


def test_every_address_of_the_sitemap_is_a_page_that_may_be_found(three_guides):
    def located(address):
        return re.findall(r"<loc>http://testserver([^<]+)</loc>", Client().get(address).content.decode())

    addresses = [address for part in located(reverse("sitemap")) for address in located(part)]
    assert len(addresses) >= 10
    assert len(addresses) == len(set(addresses))
    for address in addresses:
        response = Client().get(address)
        assert response.status_code == 200, address
        can_be_found(Page(address, response))


def test_addresses_within_a_page_repeat_the_headings(open_page):
    page = open_page("careers:guide")
    contents = next(node for node in page.all("nav") if node.get("id") == "contents")
    by_id = {node.get("id"): " ".join("".join(node.itertext()).split()) for node in page.tree.iter() if node.get("id")}
    for link in contents.iter("a"):
        words = " ".join(part for part in link.itertext() if part.strip()).strip()
        assert re.sub(r"^\d+ ", "", words) in by_id[link.get("href")[1:]], words
