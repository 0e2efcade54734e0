import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import make_user, signed_in

pytestmark = pytest.mark.django_db


def rows(client: Client) -> str:
    return client.get(reverse("accounts:account")).content.decode()


def test_each_row_has_its_link(member):
    page = rows(signed_in(member))
    for name in ("accounts:profile", "account_email", "account_change_password", "mfa_index", "mfa_list_webauthn", "usersessions_list"):
        assert f'href="{reverse(name)}"' in page
    assert f'action="{reverse("accounts:theme")}"' in page


def test_it_says_what_is_confirmed_and_what_is_off(member):
    page = rows(signed_in(member))
    assert "member@example.org" in page
    assert "Confirmed" in page
    assert "Off" in page
    page = rows(signed_in(make_user(verified=False, password=None)))
    assert "Not confirmed" in page
    assert "Not set" in page


def test_it_counts_passkeys(member):
    for name in ("Laptop", "Phone"):
        Authenticator.objects.create(user=member, type=Authenticator.Type.WEBAUTHN, data={"name": name})
    page = rows(signed_in(member))
    assert "2 passkeys" in page
    assert "On, with a passkey" in page


def test_visitors_sign_in_first(client):
    for name in ("accounts:account", "accounts:profile"):
        assert client.get(reverse(name))["Location"].startswith(reverse("account_login"))


def test_name_and_zone_are_saved(member):
    client = signed_in(member)
    response = client.post(reverse("accounts:profile"), {"display_name": "  Ada Okafor ", "time_zone": "Europe/Rome"}, follow=True)
    member.refresh_from_db()
    assert (member.display_name, member.time_zone) == ("Ada Okafor", "Europe/Rome")
    assert "are saved" in response.content.decode()


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "Europe/Rome\x00", "europe/rome"])
def test_an_unknown_zone_is_refused(member, zone):
    response = signed_in(member).post(reverse("accounts:profile"), {"display_name": "Ada", "time_zone": zone})
    assert response.status_code == 422
    assert "Choose a time zone from the list" in response.content.decode()
    member.refresh_from_db()
    assert (member.display_name, member.time_zone) == ("", "UTC")


@pytest.mark.parametrize("name", ["x" * 81, "a\x00b"])
def test_a_name_that_does_not_fit_is_refused(member, name):
    response = signed_in(member).post(reverse("accounts:profile"), {"display_name": name, "time_zone": "UTC"})
    assert response.status_code == 422


def test_a_zone_by_an_outdated_name_can_stay(member):
    member.time_zone = "US/Pacific"
    member.save()
    client = signed_in(member)
    client.post(reverse("accounts:profile"), {"display_name": "Ada", "time_zone": "US/Pacific"})
    member.refresh_from_db()
    assert (member.display_name, member.time_zone) == ("Ada", "US/Pacific")


def test_other_fields_in_the_post_are_ignored(member, stranger):
    data = {"display_name": "Ada", "time_zone": "UTC", "email": "x@example.org", "is_staff": "1", "is_superuser": "1", "id": stranger.pk}
    signed_in(member).post(reverse("accounts:profile"), data)
    member.refresh_from_db()
    stranger.refresh_from_db()
    assert (member.email, member.is_staff, member.is_superuser) == ("member@example.org", False, False)
    assert stranger.display_name == ""


def test_a_name_is_text(member):
    client = signed_in(member)
    client.post(reverse("accounts:profile"), {"display_name": "<b>{{ 7|add:42 }}", "time_zone": "UTC"})
    page = rows(client)
    assert "&lt;b&gt;{{ 7|add:42 }}" in page
    assert "<b>{{" not in page
