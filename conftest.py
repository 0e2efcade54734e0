"""What every test starts from. The environment itself is set before settings load, in tests/environment.py."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from ads.counting import tally
from ads.shelf import shelf as ad_shelf
from billing import pages
from careers.page.shelf import shelf
from careers.search import vocabulary
from jobs import leaving
from jobs.page.guides import shelf as job_guides
from jobs.page.openings import shelf as openings
from jobs.search import catalogue, spelling
from kit import stamp
from kit.flood import ceiling
from portal.middleware.pagecache import store
from tests.smtp import Sink


@pytest.fixture(autouse=True)
def _plain_static_files(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Addresses of static files without the manifest that collectstatic writes."""
    settings.STATIC_ROOT = tmp_path_factory.getbasetemp()
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}


@pytest.fixture(autouse=True)
def _fast_passwords(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """No page, stamp or rate limit of another test: a rolled back test may have used the same numbers."""
    forget()
    yield
    forget()


@pytest.fixture
def smtp(settings: Any) -> Iterator[Sink]:
    """A mail server of this test. Mail goes through the outbox, as it does outside tests; `kit.mail.delivery` hands it over."""
    settings.EMAIL_BACKEND = "kit.mail.backend.QueueBackend"
    settings.EMAIL_DELIVERY_BACKEND = "kit.mail.smtp.EmailBackend"
    with Sink() as sink:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink


def forget() -> None:
    store.clear()
    shelf.clear()
    ad_shelf.clear()
    job_guides.clear()
    openings.clear()
    tally.forget()
    leaving.tally.forget()
    ceiling.forget()
    stamp.recent.forget()
    vocabulary.forget()
    catalogue.forget()
    spelling.forget()
    pages.members.forget()
    cache.clear()
