"""The pages around signing in: ours in look and words, private, and calm about odd input."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import PASSWORD, signed_in

pytestmark = pytest.mark.django_db

OPEN = ("account_login", "account_signup", "account_request_login_code", "account_reset_password", "account_reset_password_done")
OWN = (
    "accounts:account",
    "accounts:profile",
    "accounts:saved",
    "account_email",
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "usersessions_list",
)
OUR_VOICE = re.compile(r"(?i:\bplease\b|\bsorry\b|\binvalid\b)|! |Sign Up|Sign In|Security Key")


@pytest.fixture
def inside(member) -> Client:
    client = signed_in(member)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def text_of(page: str) -> str:
    main = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert main
    return re.sub(r"<script.*?</script>|<[^>]+>", " ", main.group(), flags=re.DOTALL)


@pytest.mark.parametrize("name", OPEN + OWN)
def test_page(client, inside, name):
    response = (inside if name in OWN else client).get(reverse(name))
    page = response.content.decode()
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert page.count("<h1") == 1
    assert '<meta name="robots" content="noindex">' in page
    assert "style=" not in page
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)
    assert not OUR_VOICE.search(text_of(page))


@pytest.mark.parametrize("name", OPEN[:4])
def test_password_managers_know_the_fields(client, name):
    page = client.get(reverse(name)).content.decode()
    assert re.search(r'autocomplete="(email|username)"', page)
    assert "placeholder=" not in page


@pytest.mark.parametrize("name", OPEN[:4])
@pytest.mark.parametrize("value", ["", "\x00", "\ud7ff", "x" * 5000, "<script>alert(1)</script>", "' or 1=1--", "a@b.org\r\nBcc: c@d.org"])
def test_odd_input_gets_the_form_again(client, name, value):
    fields = dict.fromkeys(("email", "login", "password", "password1"), value)
    response = client.post(reverse(name), fields)
    page = response.content.decode()
    assert response.status_code == 200
    assert 'aria-invalid="true"' in page
    assert 'class="error-summary"' in page
    assert "<script>alert" not in page


def test_the_summary_of_a_refused_sign_in_leads_to_the_password(client, member):
    page = client.post(reverse("account_login"), {"login": member.email, "password": "wrong"}).content.decode()
    assert '<a href="#id_password">' in page
    assert 'aria-describedby="id_password_error"' in page


def test_too_many_requests_get_a_page_of_ours(client):
    for _ in range(20):
        client.post(reverse("account_signup"), {})
    response = client.post(reverse("account_signup"), {})
    assert response.status_code == 429
    assert "Too many tries" in response.content.decode()


@pytest.mark.parametrize("name", [*OPEN, *OWN])
def test_no_page_lies_below_a_page(client, name):
    """Otherwise a cache could take a personal page for a picture."""
    assert client.get(reverse(name) + "x.css").status_code in {302, 404}
