import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import PASSWORD, is_signed_in, mailed_code

pytestmark = pytest.mark.django_db
SIGN_UP, ENTER_CODE = "account_signup", "account_email_verification_sent"


def sign_up(client: Client, **data):
    return client.post(reverse(SIGN_UP), {"email": "new@example.org", "password1": PASSWORD} | data)


def test_a_mailed_code_opens_the_account(client):
    response = sign_up(client)
    assert response["Location"] == reverse(ENTER_CODE)
    assert not is_signed_in(client)
    response = client.post(reverse(ENTER_CODE), {"code": mailed_code()})
    assert response["Location"] == reverse("accounts:dashboard")
    assert is_signed_in(client)
    assert EmailAddress.objects.get().verified


def test_the_address_is_stored_in_lower_case(client):
    sign_up(client, email="New@Example.ORG")
    assert User.objects.get().email == "new@example.org"


def test_a_wrong_code_does_not_open_the_account(client):
    sign_up(client)
    response = client.post(reverse(ENTER_CODE), {"code": "BBBB-BBBB"})
    assert "This is not the code we sent" in response.content.decode()
    assert not is_signed_in(client)


def test_the_third_wrong_code_ends_it(client):
    sign_up(client)
    code = mailed_code()
    for _ in range(3):
        client.post(reverse(ENTER_CODE), {"code": "BBBB-BBBB"})
    client.post(reverse(ENTER_CODE), {"code": code})
    assert not is_signed_in(client)


def test_an_unconfirmed_account_gets_a_new_code_when_signing_in(client):
    sign_up(client)
    other = Client()
    mail.outbox.clear()
    cache.clear()  # the second mail within ten seconds would be refused
    other.post(reverse("account_login"), {"login": "new@example.org", "password": PASSWORD})
    assert not is_signed_in(other)
    other.post(reverse(ENTER_CODE), {"code": mailed_code()})
    assert is_signed_in(other)


@pytest.mark.parametrize(("given", "kept"), [("Europe/Rome", "Europe/Rome"), ("Mars/Olympus", "UTC"), ("", "UTC")])
def test_the_time_zone_of_the_browser_is_kept_when_there_is_one(client, given, kept):
    sign_up(client, time_zone=given)
    assert User.objects.get().time_zone == kept


def test_nothing_but_the_fields_of_the_form_is_taken(client):
    sign_up(client, is_staff="1", is_superuser="1", is_active="1", display_name="Boss", user="1")
    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.display_name) == (False, False, "")


def test_a_short_password_is_refused_with_the_error_tied_to_its_field(client):
    page = sign_up(client, password1="short").content.decode()
    assert User.objects.count() == 0
    assert 'href="#id_password1"' in page
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_password1_helptext id_password1_error"' in page


@pytest.mark.parametrize("address", ["x" * 250 + "@example.org", "no address", "a@b\x00.org", "<b>@example.org"])
def test_an_address_that_cannot_be_stored_is_refused(client, address):
    response = sign_up(client, email=address)
    assert response.status_code == 200
    assert User.objects.count() == 0


def test_the_first_form_to_arrive_wins_when_two_come_at_once(client, monkeypatch):
    sign_up(Client())
    monkeypatch.setattr("allauth.account.internal.flows.manage_email.assess_unique_email", lambda email, user=None: True)
    cache.clear()
    response = sign_up(client)
    assert response["Location"] == reverse(ENTER_CODE)
    assert User.objects.count() == 1
