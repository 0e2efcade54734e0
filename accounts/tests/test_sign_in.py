import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import PASSWORD, is_signed_in, mailed_code, make_user

pytestmark = pytest.mark.django_db


def sign_in(client: Client, email: str, password: str = PASSWORD, **data):
    return client.post(reverse("account_login"), {"login": email, "password": password} | data)


def ask_for_code(client: Client, email: str, **data):
    return client.post(reverse("account_request_login_code"), {"email": email} | data)


def enter_code(client: Client, code: str, **data):
    return client.post(reverse("account_confirm_login_code"), {"code": code} | data)


def test_with_password_whatever_the_case_of_the_address(client, member):
    response = sign_in(client, member.email.upper())
    assert response["Location"] == reverse("accounts:dashboard")
    assert is_signed_in(client)


def test_not_with_a_wrong_password(client, member):
    page = sign_in(client, member.email, "another long sentence").content.decode()
    assert "Email address and password do not match" in page
    assert not is_signed_in(client)


def test_with_a_mailed_code(client, member):
    ask_for_code(client, member.email)
    assert mail.outbox[-1].to == [member.email]
    enter_code(client, mailed_code())
    assert is_signed_in(client)


def test_the_code_may_be_typed_without_dash_and_in_lower_case(client, member):
    ask_for_code(client, member.email)
    enter_code(client, mailed_code().replace("-", " ").lower())
    assert is_signed_in(client)


def test_not_with_a_wrong_code(client, member):
    ask_for_code(client, member.email)
    page = enter_code(client, "BBBB-BBBB").content.decode()
    assert "This is not the code we sent" in page
    assert not is_signed_in(client)


def test_not_with_a_code_in_another_browser(client, member):
    ask_for_code(client, member.email)
    other = Client()
    enter_code(other, mailed_code())
    assert not is_signed_in(other)


def test_a_new_code_replaces_the_old_one(client, member):
    ask_for_code(client, member.email)
    old = mailed_code()
    client.post(reverse("account_confirm_login_code"), {"action": "resend"})
    enter_code(client, old)
    assert not is_signed_in(client)
    enter_code(client, mailed_code())
    assert is_signed_in(client)


def test_a_closed_account_stays_closed(client):
    make_user("gone@example.org", is_active=False)
    assert sign_in(client, "gone@example.org")["Location"] == reverse("account_inactive")
    assert not is_signed_in(client)


def test_the_eleventh_wrong_password_in_a_minute_is_refused_even_if_it_is_right(client, member):
    for number in range(10):
        sign_in(client, f"nobody{number}@example.org", "wrong")
    page = sign_in(client, member.email, HTTP_X_FORWARDED_FOR="203.0.113.9").content.decode()
    assert "Too many tries" in page
    assert not is_signed_in(client)


def test_changing_the_forwarded_address_does_not_help(member):
    for number in range(10):
        forwarded = {"X-Forwarded-For": f"203.0.113.{number}"}
        Client(headers=forwarded).post(reverse("account_login"), {"login": f"nobody{number}@example.org", "password": "wrong"})
    client = Client(headers={"X-Forwarded-For": "203.0.113.99"})
    sign_in(client, member.email)
    assert not is_signed_in(client)


def test_one_address_takes_five_wrong_passwords_from_anywhere(client, member):
    for number in range(5):
        Client(REMOTE_ADDR=f"203.0.113.{number}").post(reverse("account_login"), {"login": member.email, "password": "wrong"})
    sign_in(client, member.email)
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///evil.example"]
)
def test_nobody_is_sent_to_another_site_afterwards(client, member, target):
    response = sign_in(client, member.email, next=target)
    assert response["Location"] == reverse("accounts:dashboard")


@pytest.mark.parametrize("host", ["https://other.example/x", "http://localhost/x"])
def test_another_host_of_ours_is_another_site_too(client, member, settings, host):
    settings.ALLOWED_HOSTS = ["testserver", "other.example", "localhost"]
    settings.CSRF_TRUSTED_ORIGINS = ["https://other.example"]
    assert sign_in(client, member.email, next=host)["Location"] == reverse("accounts:dashboard")


def test_one_lands_where_one_wanted_to_go(client, member):
    response = sign_in(client, member.email, next=reverse("accounts:saved"))
    assert response["Location"] == reverse("accounts:saved")


def test_with_a_code_one_lands_there_too(client, member):
    where = reverse("accounts:saved")
    response = ask_for_code(client, member.email, next=where)
    assert enter_code(client, mailed_code(), next=where)["Location"] == where
    assert "next=" in response["Location"]


def test_the_session_gets_a_new_key(client, member):
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = 1
    session.save()
    planted = session.session_key
    client.cookies["sessionid"] = planted
    sign_in(client, member.email)
    assert is_signed_in(client)
    assert client.session.session_key != planted


def test_signing_in_needs_the_token(member):
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client, member.email).status_code == 403


def test_a_page_for_members_leads_to_the_sign_in_page_and_back(client):
    response = client.get(reverse("accounts:saved"))
    assert response["Location"] == f"{reverse('account_login')}?next={reverse('accounts:saved')}"


def test_no_other_sites_are_offered_without_their_keys(client):
    assert "Continue with" not in client.get(reverse("account_login")).content.decode()
