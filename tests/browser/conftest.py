"""The site with its sample content, running, and a real browser that watches for everything that goes wrong.

Content is loaded and the server started once for all journeys; each journey makes its own people.
"""

import os
import re
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as live_settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from kit.models import ContentStamp, OutgoingMail
from newsroom.tests.people import editors
from tests.conftest import person, sign_in

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WIDE, PHONE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 740}, {"width": 320, "height": 640}
SECONDS = 10_000

expect.set_options(timeout=SECONDS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def chromium() -> str:
    wanted = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else list(NAMES)
    found = next(filter(None, map(shutil.which, wanted)), None)
    assert found, f"No Chromium found ({', '.join(wanted)}): install one or set CHROMIUM=/path/to/it"
    return found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def site(db) -> str:
    """Address of the running site."""
    return db


@pytest.fixture(scope="package")
def db(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """In place of pytest-django's, which looks for this name: rows are committed, so that server and test see the same."""
    changed = {
        "EMAIL_BACKEND": "kit.mail.backend.QueueBackend",
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": True,  # passkeys over http, on localhost
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
        "STATIC_ROOT": tmp_path_factory.mktemp("static"),
        "STORAGES": live_settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
    }
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), override_settings(**changed):
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs in this thread
        assert connection.settings_dict["NAME"].startswith("test_"), "this would empty a database that is in use"
        ContentStamp.objects.get_or_create(pk=1)
        call_command("seed_demo", "--no-users", stdout=StringIO())
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        empty()


def empty() -> None:
    """Leave the database as migrations made it. procrastinate's tables are not Django's to empty."""
    call_command("flush", interactive=False, verbosity=0)
    ContentStamp.objects.get_or_create(pk=1)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE")
    connection.close()


class Visit:
    """A browser window of one person. What goes wrong in it fails the test when the window closes."""

    def __init__(self, browser: Browser, site: str, **options: object) -> None:
        self.context: BrowserContext = browser.new_context(**({"viewport": WIDE, "base_url": site, "reduced_motion": "reduce"} | options))
        self.context.set_default_timeout(SECONDS)
        self.site = site
        self.trouble: list[str] = []
        self.allowed: set[int] = set()  # statuses that this journey means to see
        self.page: Page = self.context.new_page()
        self.context.on("page", self.watch)
        self.watch(self.page)

    def watch(self, page: Page) -> None:
        page.on("console", lambda message: self.trouble.append(f"console: {message.text}") if self.is_bad(message) else None)
        page.on("pageerror", lambda error: self.trouble.append(f"script: {error}"))
        page.on(
            "requestfailed", lambda request: self.trouble.append(f"{request.url}: {request.failure}") if self.has_failed(request) else None
        )
        page.on("response", lambda answer: self.trouble.append(f"{answer.status} {answer.url}") if self.is_refused(answer) else None)
        page.on("request", lambda request: self.trouble.append(f"another site: {request.url}") if self.is_foreign(request) else None)

    def is_bad(self, message) -> bool:
        """Refusals by status are judged by `is_refused`; the browser repeats them on the console."""
        return message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource: the server responded")

    def has_failed(self, request) -> bool:
        return "ERR_ABORTED" not in (request.failure or "")  # the next page was opened meanwhile

    def is_refused(self, answer) -> bool:
        return answer.status >= 400 and answer.status not in self.allowed

    def is_foreign(self, request) -> bool:
        return not request.url.startswith((self.site, "data:", "blob:", "about:"))

    def open(self, name: str, *arguments: object, query: str = "") -> Page:
        self.page.goto(reverse(name, args=arguments) + query)
        return self.page

    def be(self, user) -> "Visit":
        """Signed in without the form."""
        cookie = sign_in(user).cookies[live_settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": live_settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.site}])
        return self

    # --- by keyboard
    def press(self, keys: str) -> None:
        self.page.keyboard.press(keys)

    def reach(self, target) -> None:
        """Tab until the element has the focus, and see that one can see it."""
        expect(target).to_be_visible()
        element = target.element_handle()
        for _ in range(250):
            if self.page.evaluate("element => document.activeElement === element", element):
                assert self.page.evaluate(RING, element), f"no focus ring on {element.evaluate('e => e.outerHTML')[:200]}"
                return
            self.press("Tab")
        pytest.fail(f"the keyboard does not reach {target}")

    def type_into(self, target, text: str) -> None:
        self.reach(target)
        self.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def follow(self, target) -> None:
        """Enter on it, and wait for the page that it leads to."""
        self.reach(target)
        with self.page.expect_navigation():
            self.press("Enter")

    def close(self) -> None:
        self.context.close()
        assert not self.trouble, "\n".join(dict.fromkeys(self.trouble))


# A ring is an outline of the element, or of the card or label around it.
RING = """element => {
  for (let node = element; node && !node.matches("main, form, body"); node = node.parentElement) {
    const style = getComputedStyle(node);
    if (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) return true;
  }
  return false;
}"""


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[object]:
    """`visit()` opens a window; every window is judged and closed at the end."""
    opened: list[Visit] = []

    def another(**options: object) -> Visit:
        opened.append(Visit(browser, site, **options))
        return opened[-1]

    yield another
    connection.close()  # while Playwright's loop runs, this thread has a connection of its own, which nobody else closes
    while opened:
        opened.pop().close()


_numbers = iter(range(1, 10_000))


@pytest.fixture
def people(site: str) -> SimpleNamespace:
    """`people.member()`, `people.editor()` and `people.admin()` make somebody new."""

    def editor():
        user = person(f"editor-{next(_numbers)}", is_staff=True)
        user.groups.add(editors())
        return user

    return SimpleNamespace(
        member=lambda: person(f"member-{next(_numbers)}"),
        editor=editor,
        admin=lambda: person(f"admin-{next(_numbers)}", is_staff=True, is_superuser=True),
    )


def mailed_code(email: str) -> str:
    """The code in the newest mail to somebody, as it waits in the outbox."""
    body = OutgoingMail.objects.to([email]).waiting().latest("pk").message["body"]
    found = re.search(r"^[A-Z0-9-]{6,}$", body, re.MULTILINE)
    assert found, body
    return found[0]
