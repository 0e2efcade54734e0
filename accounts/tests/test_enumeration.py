"""Nobody can find out by our answers who has an account."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


class CountingHasher(MD5PasswordHasher):
    hashed = 0

    def encode(self, password, salt):
        CountingHasher.hashed += 1
        return super().encode(password, salt)


def seen(name: str, **data) -> tuple[int, str, str]:
    """Status, address and text of the page where one ends."""
    client = Client()
    response = client.post(reverse(name), data, follow=True)
    text = re.sub(r"(name=\"csrfmiddlewaretoken\" value=)\"\w+\"", r"\1", response.content.decode())
    return (
        response.status_code,
        response.redirect_chain[-1][0] if response.redirect_chain else "",
        re.sub(r"\w+@example.org", "ADDRESS", text),
    )


@pytest.mark.parametrize(
    ("name", "field", "more"),
    [
        ("account_signup", "email", {"password1": PASSWORD}),
        ("account_login", "login", {"password": "wrong"}),
        ("account_request_login_code", "email", {}),
        ("account_reset_password", "email", {}),
    ],
)
def test_known_and_unknown_addresses_get_the_same_page(member, name, field, more):
    known = seen(name, **{field: member.email}, **more)
    unknown = seen(name, **{field: "nobody@example.org"}, **more)
    assert known == unknown


@pytest.mark.parametrize("address", ["member@example.org", "nobody@example.org"])
def test_signing_up_hashes_once_for_either(member, settings, address):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    CountingHasher.hashed = 0
    Client().post(reverse("account_signup"), {"email": address, "password1": PASSWORD})
    assert CountingHasher.hashed == 1


@pytest.mark.parametrize("address", ["member@example.org", "nobody@example.org"])
def test_signing_in_hashes_once_for_either(member, settings, address):
    member.set_password(PASSWORD)
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    member.set_password(PASSWORD)
    member.save()
    CountingHasher.hashed = 0
    Client().post(reverse("account_login"), {"login": address, "password": "wrong"})
    assert CountingHasher.hashed == 1


def test_the_mail_tells_instead(member):
    Client().post(reverse("account_signup"), {"email": member.email, "password1": PASSWORD})
    assert mail.outbox[-1].subject.startswith("You have an account")


def test_codes_for_an_unknown_address_never_work(member):
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": "nobody@example.org"})
    response = client.post(reverse("account_confirm_login_code"), {"code": ""})
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
