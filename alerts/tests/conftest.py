import pytest

from kit.models import ContentStamp


@pytest.fixture(autouse=True)
def _stamp(db) -> None:
    """Tests that commit empty every table, this row too."""
    ContentStamp.objects.get_or_create(pk=1)
