import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def staff(db):
    """Makes clients of staff with exactly these rights: staff("change_guide", "view_guide")."""

    def make(*rights):
        user = User.objects.create_user(f"{'-'.join(rights) or 'nothing'}@example.org", "long-enough-password", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(content_type__app_label="careers", codename__in=rights))
        return signed_in(user)

    return make


@pytest.fixture
def editor(staff):
    return staff(*("add_guide", "change_guide", "delete_guide", "view_guide", "publish_guide", "view_skill", "view_source"))


@pytest.fixture
def chief(db):
    return signed_in(User.objects.create_superuser("chief@example.org", "long-enough-password"))
