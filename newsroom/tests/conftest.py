import pytest

from accounts.models import User
from newsroom.tests.people import editors, writers


def _person(name, group):
    user = User.objects.create_user(f"{name}@example.org", "long-enough-password", is_staff=True, display_name=name.title())
    user.groups.add(group)
    return user


@pytest.fixture
def ann(db):
    """A writer."""
    return _person("ann", writers())


@pytest.fixture
def ben(db):
    """An editor."""
    return _person("ben", editors())
