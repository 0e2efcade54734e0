import pytest

from kit.models import ContentStamp


@pytest.fixture(autouse=True)
def _stamp(request) -> None:
    """Tests that commit empty every table, this row too."""
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        ContentStamp.objects.get_or_create(pk=1)
