import pytest

from careers.models import Skill
from careers.tests.factories import published_guide
from kit.models import ContentStamp


@pytest.fixture
def guide(db):
    """Kite maker: measured, 30,000 to 70,000 dollars a year, median 45,000."""
    ContentStamp.objects.get_or_create(pk=1)
    return published_guide()


@pytest.fixture
def skill(guide):
    """A skill of the guide by name, or a new one."""
    return lambda name: Skill.objects.filter(name=name).first() or Skill.objects.create(name=name)
