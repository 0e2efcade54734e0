import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import PASSWORD, is_signed_in, mailed_code, make_user, signed_in

pytestmark = pytest.mark.django_db
ENTER_CODE = "account_email_verification_sent"


@pytest.fixture
def client(member) -> Client:
    """The member, who has just entered the password."""
    client = signed_in(member)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def ask(client: Client, email: str):
    return client.post(reverse("account_email"), {"email": email, "action_add": "1"})


def test_it_changes_when_the_code_is_entered_and_the_old_address_is_told(client, member):
    assert ask(client, "new@example.org")["Location"] == reverse(ENTER_CODE)
    assert mail.outbox[-1].to == ["new@example.org"]
    member.refresh_from_db()
    assert member.email == "member@example.org"
    client.post(reverse(ENTER_CODE), {"code": mailed_code()})
    member.refresh_from_db()
    assert member.email == "new@example.org"
    assert [(a.email, a.primary, a.verified) for a in EmailAddress.objects.filter(user=member)] == [("new@example.org", True, True)]
    told = mail.outbox[1:]
    assert [message.to for message in told] == [["new@example.org"], ["member@example.org"]]
    assert {message.subject for message in told} == {"Your email address was changed"}


def test_other_browsers_stay_signed_in_and_what_is_theirs_stays(client, member):
    elsewhere = signed_in(member)
    ask(client, "new@example.org")
    client.post(reverse(ENTER_CODE), {"code": mailed_code()})
    assert is_signed_in(elsewhere)
    assert elsewhere.get(reverse("accounts:account")).status_code == 200


def test_a_code_works_once(client, member):
    ask(client, "new@example.org")
    code = mailed_code()
    client.post(reverse(ENTER_CODE), {"code": code})
    ask(client, "third@example.org")
    client.post(reverse(ENTER_CODE), {"code": code})
    member.refresh_from_db()
    assert member.email == "new@example.org"


def test_a_second_wish_takes_the_place_of_the_first(client, member):
    ask(client, "first@example.org")
    first = mailed_code()
    ask(client, "second@example.org")
    client.post(reverse(ENTER_CODE), {"code": first})
    member.refresh_from_db()
    assert member.email == "member@example.org"
    client.post(reverse(ENTER_CODE), {"code": mailed_code()})
    member.refresh_from_db()
    assert member.email == "second@example.org"


def test_an_address_that_somebody_took_meanwhile_is_not_given_twice(client, member):
    ask(client, "new@example.org")
    code = mailed_code()
    make_user("new@example.org")
    client.post(reverse(ENTER_CODE), {"code": code})
    member.refresh_from_db()
    assert member.email == "member@example.org"


def test_one_signs_in_with_the_new_address_only(client, member):
    ask(client, "new@example.org")
    client.post(reverse(ENTER_CODE), {"code": mailed_code()})
    for address, expected in (("member@example.org", False), ("new@example.org", True)):
        other = Client()
        other.post(reverse("account_login"), {"login": address, "password": PASSWORD})
        assert is_signed_in(other) is expected


def test_a_wrong_code_changes_nothing(client, member):
    ask(client, "new@example.org")
    client.post(reverse(ENTER_CODE), {"code": "BBBB-BBBB"})
    member.refresh_from_db()
    assert member.email == "member@example.org"


def test_an_open_browser_is_not_enough(member):
    client = signed_in(member)
    response = ask(client, "new@example.org")
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert mail.outbox == []


def test_an_address_of_somebody_else_looks_free_but_cannot_be_taken(client, member, stranger):
    assert ask(client, stranger.email)["Location"] == reverse(ENTER_CODE)
    client.post(reverse(ENTER_CODE), {"code": mailed_code()})
    member.refresh_from_db()
    assert member.email == "member@example.org"


def test_an_address_of_255_characters_is_refused(client):
    response = ask(client, "x" * 243 + "@example.org")
    assert "254 characters at most" in response.content.decode()
