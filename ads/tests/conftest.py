import pytest
from django.urls import reverse

from careers.tests.factories import published_guide
from kit.models import ContentStamp


@pytest.fixture(autouse=True)
def _stamp(request) -> None:
    """Tests that commit empty every table, this row too."""
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        ContentStamp.objects.get_or_create(pk=1)


@pytest.fixture
def guide():
    return published_guide().get_absolute_url()


@pytest.fixture
def long_list():
    for number in range(5):
        published_guide(slug=f"maker-{number}", title=f"Maker {number}", plural=f"Makers {number}", aliases=[])
    return reverse("careers:guide_list")
