import pytest

from accounts.models import User
from accounts.tests.factories import make_user
from kit.models import ContentStamp


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
