"""What is tried against a public site: it answers with a clear refusal or with text that does nothing, never with a 5xx."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.contrib.auth import get_user
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from careers.models import GuideListing
from careers.tests.factories import published_guide
from tests.addresses import ENTRANCE_PAGES, FOR_MACHINES, PERSONAL_PAGES, PUBLIC_PAGES, names
from tests.conftest import PASSWORD, sign_in
from tests.source import ROOT
from tests.test_access import ROLES, TABLE

pytestmark = pytest.mark.django_db

HTML = '"><script>alert(1)</script><img src=x onerror=alert(2)>'
TEMPLATE = "{{7|add:42}}{% debug %}{7*7}${7*7}%(a)s{0}"
SQL = "' OR 1=1; DROP TABLE careers_guide; --"

# Values for any parameter; most of them have broken some site.
VALUES = {
    "nul": "%00",
    "nul inside": "a%00b",
    "broken utf-8": "%ff%fe",
    "half a character": "%e2%82",
    "overlong utf-8": "%c0%80",
    "surrogate": "%ed%a0%80",
    "long": "x" * 3_500,
    "many words": "+".join(["kite"] * 600),
    "huge number": "1" + "0" * 26,
    "negative": "-1",
    "superscript two": "%C2%B2",
    "arabic digits": "%D9%A3",
    "not a number": "NaN",
    "percent": "%25%25%25",
    "brackets": "[" * 2_500,
    "regular expression": "(a%2B)%2B%24((((*",
    "search operators": "a+%26+!b+%7C+(c+<->+d):*A",
    "quotes": "%22kite+%27maker",
    "only stop words": "the+and+of",
    "only signs": "!!!***",
    "zero width": "ki%E2%80%8Bte",
    "right to left": "%E2%80%AEekam",
    "emoji": "%F0%9F%AA%81",
    "html": "%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "template": "%7B%7B7%7Cadd:42%7D%7D",
    "sql": "%27+OR+1=1;+--",
    "line breaks": "a%0d%0aSet-Cookie:%20x=1",
    "path": "../../etc/passwd",
}


def refuses_politely(response):
    """An answer below 500. The client of tests raises what a server would answer with 500."""
    assert response.status_code < 500, response.status_code
    return response


# Pages, and the parameters that they read; every other page gets one that it does not.
READS = {
    "careers:guide_list": ("q", "page", "field", "pay", "demand", "time", "sort", "education", "stress", "remote", "exact"),
    "careers:field": ("q", "page", "demand"),
    "careers:compare": ("a", "b", "edit"),
    "accounts:saved": ("page", "removed", "q", "label", "sort"),
    "jobs:hidden": ("page",),
    "newsroom:report": ("section", "seen", "said"),
    "accounts:saved_jobs": ("page", "removed", "q", "label", "sort"),
    "accounts:jobs_compare": ("job",),
    "accounts:applications": ("view", "status", "q", "sort", "page", "lane", "shown", "removed"),
    "accounts:import": ("page", "show"),
    "alerts:new": ("q", "where", "pay", "level", "guide", "employer", "no_employer", "without", "sort", "guide_changes"),
    "alerts:list": ("added", "removed"),
    "alerts:by_mail": ("added", "removed"),
    "account_login": ("next",),
    "account_signup": ("next",),
    **dict.fromkeys(
        ("jobs:list", "jobs:feed", "jobs:json"),
        (
            "q",
            "where",
            "page",
            "pay",
            "workplace",
            "level",
            "kind",
            "age",
            "field",
            "guide",
            "employer",
            "no_employer",
            "without",
            "new",
            "sort",
        ),
    ),
}
FOR_READERS = ("careers:guide_feed", "jobs:feed", "jobs:json")


@pytest.mark.parametrize(
    "name",
    [
        *PUBLIC_PAGES,
        "account_login",
        "account_signup",
        "accounts:saved",
        "accounts:saved_jobs",
        "accounts:jobs_compare",
        "jobs:hidden",
        "alerts:new",
        "alerts:list",
        "alerts:by_mail",
        "newsroom:report",
        *FOR_READERS,
        "sitemap",
    ],
)
def test_no_parameter_breaks(name, at, clients):
    for role in ("member", "visitor") if name in READS else ("visitor",):
        for parameter in READS.get(name, ("q",)):
            for what, value in VALUES.items():
                response = clients[role].get(f"{at(name)}?{parameter}={value}")
                assert response.status_code < 500, (parameter, what)
                if "%00" in value:
                    assert response.status_code == 400, (parameter, what)
                assert "x=1" not in response.headers.get("Set-Cookie", "")


def test_no_path_breaks_the_site(at, clients):
    for value in VALUES.values():
        for name in (
            "careers:guide",
            "careers:field",
            "careers:compare_guides",
            "careers:case_study",
            "careers:guide_preview",
            "ads:picture",
            "jobs:detail",
            "alerts:by_mail",
            "alerts:confirm",
            "alerts:off",
            "alerts:keep",
            "alerts:verdict",
        ):
            last = at(name).strip("/").split("/")[-1]
            refuses_politely(clients["visitor"].get(at(name).replace(last, value)))
        for name in ("accounts:bookmark_save", "accounts:bookmark_remove", "accounts:bookmark_note", "accounts:bookmark_seen"):
            slug = at(name).strip("/").split("/")[2]
            refuses_politely(clients["member"].post(at(name).replace(slug, value)))
        for name in ("accounts:skills", "accounts:skill_ticks"):
            refuses_politely(clients["member"].post(at(name).replace("kite-maker", value), {"have": value}))
        for name in ("accounts:jobs_chosen", "accounts:jobs_restore", "accounts:guides_chosen", "accounts:guides_restore"):
            posted = {"do": value, "job": value, "guide": value, "q": value, "label": value, "sort": value}
            refuses_politely(clients["member"].post(at(name), posted))


def test_a_thousand_parameters_and_lookups_are_ignored(at, client):
    plain = client.get(at("careers:guide_list")).content.decode()
    lookups = "?user__password__startswith=a&id=1&order_by=user__password&document__slug=x&pk__in=1"
    seen = client.get(at("careers:guide_list") + lookups).content.decode()
    assert seen.replace(escape(lookups), "") == plain  # the choice of a theme comes back to the same address
    assert client.get(f"{at('careers:guide_list')}?{'&'.join(f'a{n}=1' for n in range(900))}").status_code == 200
    assert client.get(f"{at('careers:guide_list')}?{'&'.join(['field=x'] * 900)}").status_code == 200


# --- forms ---------------------------------------------------------------------------------------
FORMS = {
    "account_login": ("login", "password"),
    "account_signup": ("email", "password1", "time_zone"),
    "account_request_login_code": ("email",),
    "account_reset_password": ("email",),
    "accounts:theme": ("theme", "next"),
    "ads:count": ("seen", "click"),
    "accounts:profile": ("display_name", "time_zone"),
    "accounts:bookmark_note": ("note", "next"),
    "accounts:bookmark_seen": ("revision",),
    "jobs:report": ("reason", "words"),
    "newsroom:report": ("kind", "section", "text", "email", "seen"),
    "newsroom:vote": ("useful",),
    "accounts:bookmark_save": ("undo", "next", "title"),
    "jobs:hide": ("next",),
    "jobs:unhide": ("next",),
    "accounts:job_note": ("note", "next"),
    "accounts:job_save": ("undo", "next", "compact"),
    "jobs:apply": ("name", "phone", "letter", "resume"),
    "jobs:leave_count": ("job",),
    "alerts:new": ("name", "frequency", "email", "time_zone"),
    "alerts:edit": ("name", "frequency", "q", "where", "without", "pay", "employer", "no_employer", "do"),
    "alerts:pause": ("until",),
    "alerts:schedule": ("weekday", "hour", "time_zone"),
    "alerts:mail_schedule": ("weekday", "hour", "time_zone"),
    "alerts:off": ("do",),
    "alerts:verdict": ("say", "reason"),
    "account_email": ("email", "action_add"),
    "account_change_password": ("oldpassword", "password1"),
    "account_reauthenticate": ("password",),
    "mfa_reauthenticate": ("code",),
    "mfa_edit_webauthn": ("name",),
    "mfa_add_webauthn": ("name", "credential"),
    "mfa_login_webauthn": ("credential",),
    "mfa_deactivate_totp": ("code",),
}
BAD_TEXTS = {
    "empty": "",
    "nul": "a\0b",
    "long": "x" * 10_000,
    "megabyte": "y" * 1_000_000,
    "surrogate": b"\xed\xa0\x80",
    "broken utf-8": b"\xff\xfe\xff",
    "superscript two": "²",
    "huge number": "9" * 40,
    "header": "a@example.org\r\nBcc: all@example.org",
    "html": HTML,
    "deep json": "[" * 20_000,
    "json with a lone surrogate": '{"id": "\\ud800", "rawId": 1, "type": "public-key", "response": {}}',
    "json of the wrong kind": '{"id": [], "response": 7}',
    "json null": "null",
    "long json number": "1" * 5_000,
}


FOR_VISITORS = ("account_login", "account_signup", "account_request_login_code", "account_reset_password", "mfa_login_webauthn")


@pytest.mark.parametrize("name", FORMS)
def test_no_text_breaks_the_form(name, at, clients):
    client = clients["visitor" if name in FOR_VISITORS else "member"]
    broken = []
    for what, text in BAD_TEXTS.items():
        cache.clear()  # rate limits
        body = b"&".join(field.encode() + b"=" + quoted(text) for field in FORMS[name])
        client.raise_request_exception = False
        response = client.post(at(name), body, content_type="application/x-www-form-urlencoded")
        if response.status_code >= 500:
            broken.append(f"{what}: {response.exc_info[1]!r}"[:300])
    assert not broken, "\n".join(broken)


def quoted(value):
    raw = value.encode() if isinstance(value, str) else value
    return b"".join(b"%%%02x" % byte for byte in raw) if len(raw) < 2_000 else raw


def test_a_passkey_answer_without_being_asked_for_one_is_refused(at, clients):
    for name in ("mfa_login_webauthn", "mfa_reauthenticate_webauthn"):
        refuses_politely(clients["member"].post(at(name), {"credential": json.dumps({"id": "a", "response": {}})}))
        refuses_politely(Client().post(at(name), {"credential": "{}"}))


def test_too_many_bytes_are_refused(at, clients):
    assert clients["member"].post(at("accounts:bookmark_note"), {"note": "z" * 3_000_000}).status_code in {400, 413, 422}


# --- methods, hosts ------------------------------------------------------------------------------
def test_public_addresses_are_for_reading_only(at, content):
    seen = {
        (name, method): Client().generic(method, at(name)).status_code
        for name in PUBLIC_PAGES + FOR_MACHINES
        for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
    }
    assert not (wrong := {key: status for key, status in seen.items() if status != 405}), wrong


def test_head_says_what_get_says(at, content):
    for name in PUBLIC_PAGES + FOR_MACHINES:
        got, head = Client().get(at(name)), Client().head(at(name))
        assert head.status_code == got.status_code, name
        assert head.content == b"", name
        changing = {"Date", "Last-Modified", "Expires"}
        assert {k: v for k, v in head.headers.items() if k not in changing} == {k: v for k, v in got.headers.items() if k not in changing}


def test_odd_methods_never_break_an_address(at, clients):
    for name in sorted(name for name in names() if not name.startswith("admin:") and name != "readyz"):
        for method in ("PUT", "DELETE", "TRACE", "BREW"):
            refuses_politely(clients["member"].generic(method, at(name)))


def test_no_other_host_is_answered(at, client):
    for host in ("evil.example", "testserver.evil.example", "testserver@evil.example", "testserver:80:80", ""):
        assert client.get(at("home"), headers={"Host": host}).status_code == 400, host
    assert b"evil" not in client.get(at("home"), headers={"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}).content


# --- nothing comes back alive --------------------------------------------------------------------
LIVE = re.compile(r"<script>alert|<img src=x|onerror=alert\(2\)>")


def test_markup_in_an_address_stays_text(at, client):
    for name in ("careers:guide_list", "careers:field", "careers:compare", "account_login", "account_signup", "home"):
        for parameter in (*READS.get(name, ()), "q"):
            for value in (HTML, TEMPLATE, SQL):
                page = client.get(at(name), {parameter: value}).content.decode()
                assert not LIVE.search(page), (name, parameter)
                assert not re.search(r"\b49\b", page), (name, parameter)
    assert GuideListing.objects.count() == 2


@pytest.mark.parametrize("text", [HTML, TEMPLATE, SQL])
def test_markup_in_what_a_member_writes_stays_text(text, at, clients, cast):
    client = clients["member"]
    client.post(at("accounts:profile"), {"display_name": text[:80], "time_zone": "UTC"})
    client.post(at("accounts:bookmark_note"), {"note": text})
    client.post(at("accounts:job_note"), {"note": text})
    client.post(at("jobs:apply"), {"name": text, "letter": text})
    client.post(at("mfa_edit_webauthn"), {"name": text[:80]})
    client.post(at("alerts:edit"), {"name": text, "frequency": "weekly", "q": text, "where": text, "without": text})
    for name in PERSONAL_PAGES:
        page = refuses_politely(client.get(at(name))).content.decode()
        assert not LIVE.search(page), name
    for page in ("admin:accounts_user_changelist", "admin:mfa_authenticator_changelist"):
        assert not LIVE.search(clients["admin"].get(reverse(page)).content.decode())
    cast.member.refresh_from_db()
    assert cast.member.bookmarks.get().note == cast.member.job_bookmarks.get().note == text


def test_markup_in_a_guide_stays_text(at, content):
    listing = published_guide(
        slug="hostile",
        title=f"Maker {HTML}",
        standfirst=f"You {HTML} and {TEMPLATE} all day long, and then you go home and do it again until it works.",
        what_you_do=f"{HTML}\n\n[link](javascript:alert(1)) {TEMPLATE}",
        advice=[HTML, TEMPLATE],
        faq=[{"question": HTML, "answer": HTML}],
        case_studies=[{"slug": "camera-kite", "title": HTML, "result": HTML, "text": HTML, "takeaway": TEMPLATE}],
    )
    pages = [listing.get_absolute_url(), f"{listing.get_absolute_url()}cases/camera-kite/", reverse("careers:guide_list"), reverse("home")]
    pages += [reverse("careers:compare_guides", args=["hostile-vs-kite-maker"]), reverse("careers:guide_feed"), reverse("sitemap")]
    for page in pages:
        response = Client().get(page)
        assert response.status_code == 200, page
        assert not LIVE.search(response.content.decode()), page
        assert 'href="javascript:' not in response.content.decode(), page


# --- redirects -----------------------------------------------------------------------------------
AWAY = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "https:evil.example",
    "http://testserver@evil.example/",
    "javascript:alert(1)",
    "data:text/html,x",
    " //evil.example",
    "https://evil.example\\@testserver/",
    "//testserver.evil.example",
]


NOTES_AND_SAVES = [f"accounts:{what}_{action}" for what in ("bookmark", "job") for action in ("note", "save", "remove")]


def test_no_redirect_leaves_the_site(at, clients):
    for target in AWAY:
        cache.clear()
        stays(target, at, clients)


def stays(target, at, clients):
    clients = {role: sign_in(get_user(client)) for role, client in clients.items() if role in {"member", "stranger"}}
    answers = [
        clients["member"].post(at(name), {"next": target, "theme": "dark", "note": "x"})
        for name in ("accounts:theme", *NOTES_AND_SAVES, "account_logout")
    ]
    signing_in = Client()
    answers += [
        signing_in.post(at("account_login"), {"login": "stranger@example.org", "password": PASSWORD, "next": target}),
        Client().get(at("account_login"), {"next": target}),
        clients["stranger"].get(at("account_login"), {"next": target}),
        Client().get(at("admin:login"), {"next": target}),
        clients["stranger"].post(at("account_reauthenticate"), {"password": PASSWORD, "next": target}),
    ]
    for answer in answers:
        went = answer.headers.get("Location", "/")
        assert re.match(r"/(?![/\\])", went), (target, answer.request["PATH_INFO"], went)


def test_a_redirect_within_the_site_works(at, clients):
    answer = clients["member"].post(at("accounts:bookmark_note"), {"next": reverse("about"), "note": "x"})
    assert answer["Location"] == reverse("about")


# --- headers -------------------------------------------------------------------------------------
def test_public_pages_set_no_cookie_and_are_shared(at, content):
    for name in PUBLIC_PAGES:
        response = Client().get(at(name))
        assert response.status_code == 200, name
        assert not response.cookies, name
        assert response["Cache-Control"].startswith("public"), name


def test_what_a_member_sees_is_kept_by_no_cache(at, clients):
    for name in PERSONAL_PAGES + PUBLIC_PAGES:
        response = clients["member"].get(at(name))
        assert response.status_code == 200, name
        kept = {word.strip() for word in response["Cache-Control"].split(",")}
        assert {"private", "no-store"} <= kept, (name, kept)
        assert "public" not in kept, name


def test_entrance_pages_are_kept_by_no_cache(at, content):
    for name in ENTRANCE_PAGES:
        assert "no-store" in Client().get(at(name))["Cache-Control"], name


def test_every_page_carries_the_security_headers(at, clients):
    for name, row in TABLE.items():
        if "open" in row and name not in FOR_MACHINES:
            has_security_headers(clients[ROLES[row.index("open")]].get(at(name)), framed=name in FRAMED)


def test_refusals_carry_the_security_headers(at, clients):
    for response in (
        Client().get("/nothing-here/"),
        Client().get(at("home"), headers={"Host": "evil.example"}),
        Client().get(f"{at('careers:guide_list')}?q=%00"),
        Client().post(at("about")),
        Client(enforce_csrf_checks=True).post(at("account_login")),
        clients["member"].get(reverse("admin:login")),
    ):
        assert response.status_code in {400, 403, 404, 405}
        has_policy(response)


FRAMED = {"admin:careers_guide_page"}  # stands beside itself, as phone and desktop, on a page of ours


def has_security_headers(response, *, framed=False):
    has_policy(response, framed=framed)
    assert response["X-Frame-Options"] == ("SAMEORIGIN" if framed else "DENY")


def has_policy(response, *, framed=False):
    policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == ("'self'" if framed else "'none'")
    assert policy["base-uri"] == policy["object-src"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_what_lies_under_a_personal_address_is_not_the_page(at, clients):
    for name in ("accounts:saved", "accounts:saved_jobs", "accounts:account", "jobs:apply", "jobs:application", "jobs:application_file"):
        assert clients["member"].get(f"{at(name)}x.css").status_code == 404


PRODUCTION = """
import django, json
from django.conf import settings
from django.contrib.auth import get_user
from django.core.cache import cache
django.setup()
names = ("SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS SECURE_HSTS_INCLUDE_SUBDOMAINS "
         "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN SECURE_PROXY_SSL_HEADER CSRF_COOKIE_HTTPONLY SESSION_COOKIE_HTTPONLY DEBUG").split()
print(json.dumps({name: getattr(settings, name) for name in names}))
"""


def test_an_https_site_keeps_cookies_and_browsers_on_https():
    found = production(SITE_URL="https://portal.example", ALLOWED_HOSTS="portal.example", TRUSTED_PROXY_COUNT="1")
    assert found["SESSION_COOKIE_SECURE"] is found["CSRF_COOKIE_SECURE"] is found["SECURE_SSL_REDIRECT"] is True
    assert found["SECURE_HSTS_SECONDS"] >= 60 * 60 * 24 * 365
    assert found["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert found["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert found["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is found["DEBUG"] is False
    assert found["CSRF_COOKIE_HTTPONLY"] is found["SESSION_COOKIE_HTTPONLY"] is True


def test_without_a_trusted_proxy_nobody_can_claim_https():
    assert production(SITE_URL="https://portal.example", TRUSTED_PROXY_COUNT="0")["SECURE_PROXY_SSL_HEADER"] is None


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL"])
def test_a_production_site_does_not_start_without(name):
    answer = run(PRODUCTION, **{name: ""})
    assert answer.returncode
    assert name in answer.stderr.splitlines()[-1]


def production(**environment):
    answer = run(PRODUCTION, **environment)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])


def run(code, **environment):
    everything = os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings", "DEBUG": "off"} | environment
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=everything, timeout=60, check=False)


def test_https_answers_say_that_https_is_the_only_way(client, settings, at, content):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS, settings.SECURE_SSL_REDIRECT = 31_536_000, True, True
    fresh = Client()
    assert "max-age=31536000; includeSubDomains" in fresh.get(at("home"), secure=True)["Strict-Transport-Security"]
    plain = fresh.get(at("home"))
    assert plain.status_code == 301
    assert plain["Location"] == "https://testserver/"


def test_the_session_cookie_is_out_of_reach(at, cast, client):
    client.post(at("account_login"), {"login": "stranger@example.org", "password": PASSWORD})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
