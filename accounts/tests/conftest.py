from collections.abc import Iterator

import pytest
from django.core.cache import cache

from accounts.models import User
from accounts.tests.factories import make_user
from kit.models import ContentStamp


@pytest.fixture(autouse=True)
def _fast_and_forgetful(settings) -> Iterator[None]:
    """Passwords are hashed quickly; rate limits start anew."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _stamp(db) -> None:
    """Tests that commit empty every table, this row too."""
    ContentStamp.objects.get_or_create(pk=1)


@pytest.fixture
def member(db) -> User:
    return make_user("member@example.org")


@pytest.fixture
def stranger(db) -> User:
    return make_user("stranger@example.org")
