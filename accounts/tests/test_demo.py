import pytest

from accounts.demo import CAST, create_demo_users
from accounts.models import User
from accounts.tests.factories import is_signed_in
from newsroom.tests.people import editors

pytestmark = pytest.mark.django_db
PASSWORD = "shown in the terminal"


@pytest.fixture(autouse=True)
def _debug(settings):
    settings.DEBUG = True


def test_the_cast_can_sign_in_at_once(client):
    from django.urls import reverse

    assert create_demo_users(PASSWORD) == list(CAST)
    client.post(reverse("account_login"), {"login": "free@waymark.example", "password": PASSWORD})
    assert is_signed_in(client)


def test_running_it_again_changes_the_password_only():
    create_demo_users("another password")
    User.objects.filter(email="free@waymark.example").update(display_name="Renamed")
    create_demo_users(PASSWORD)
    assert User.objects.count() == len(CAST)
    user = User.objects.get(email="free@waymark.example")
    assert user.check_password(PASSWORD)
    assert user.display_name == "Renamed"


def test_the_editor_edits_guides_but_deletes_none_and_sees_no_people():
    editors()
    create_demo_users(PASSWORD)
    editor = User.objects.get(email="editor@waymark.example")
    assert editor.is_staff
    assert not editor.is_superuser
    assert editor.has_perms(["careers.add_guide", "careers.change_guide", "careers.view_guide", "careers.publish_guide"])
    for right in ("careers.delete_guide", "careers.delete_guiderevision", "accounts.view_user", "accounts.change_user"):
        assert not editor.has_perm(right)


def test_only_the_admin_may_do_everything():
    create_demo_users(PASSWORD)
    assert [user.email for user in User.objects.filter(is_superuser=True)] == ["admin@waymark.example"]
    assert {user.email for user in User.objects.filter(is_staff=True)} == {"admin@waymark.example", "editor@waymark.example"}


def test_production_never_has_them(settings):
    settings.DEBUG = False
    with pytest.raises(RuntimeError, match="DEBUG"):
        create_demo_users(PASSWORD)
    assert User.objects.count() == 0
