import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import PASSWORD, make_user, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return signed_in(make_user("boss@example.org", is_staff=True, is_superuser=True))


def test_a_person_is_added_by_address(client):
    data = {"email": "New@Example.org", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("admin:accounts_user_add"), data)
    assert User.objects.get(email="new@example.org").check_password(PASSWORD)


def test_the_same_address_in_other_case_is_refused(client, member):
    data = {"email": "MEMBER@example.org", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    response = client.post(reverse("admin:accounts_user_add"), data)
    assert "There is an account with this email address" in response.content.decode()


def test_staff_cannot_change_somebodys_address(client, member):
    page = client.get(reverse("admin:accounts_user_change", args=[member.pk])).content.decode()
    assert 'name="email"' not in page
    assert 'name="time_zone"' in page


def test_a_name_is_inert_in_the_list(client):
    make_user(display_name="<script>alert(1)</script>")
    assert "<script>alert" not in client.get(reverse("admin:accounts_user_changelist")).content.decode()


@pytest.mark.parametrize("name", ["accounts_user", "account_emailaddress", "usersessions_usersession", "mfa_authenticator"])
def test_lists_of_people_can_be_searched(client, member, name):
    assert client.get(reverse(f"admin:{name}_changelist"), {"q": "member"}).status_code == 200


def test_secrets_of_other_sites_are_not_shown_to_staff():
    assert not [model for model in admin.site._registry if model._meta.app_label == "socialaccount"]
