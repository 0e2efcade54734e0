"""A visitor presses "Save guide": after signing in by whatever way the guide is saved, once."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Bookmark, User
from accounts.tests.factories import PASSWORD, mailed_code, make_user, signed_in
from accounts.tests.test_two_step import SECRET, code_now
from careers.publishing import withdraw
from careers.tests.factories import published_guide

pytestmark = pytest.mark.django_db
START = "accounts:bookmark_start"


@pytest.fixture
def guide():
    return published_guide()


@pytest.fixture
def visitor(guide) -> Client:
    client = Client()
    response = client.get(reverse(START, args=["kite-maker"]))
    assert response["Location"] == f"{reverse('account_login')}?next={guide.get_absolute_url()}"
    return client


def assert_saved(response, user: User, guide) -> None:
    assert response["Location"] == guide.get_absolute_url()
    assert user.bookmarks.kept().get().guide_id == guide.guide_id


def test_by_password(visitor, member, guide):
    data = {"login": member.email, "password": PASSWORD, "next": guide.get_absolute_url()}
    response = visitor.post(reverse("account_login"), data)
    assert_saved(response, member, guide)
    assert "Saved. <a" in visitor.get(reverse("accounts:account")).content.decode()


def test_by_mailed_code(visitor, member, guide):
    where = guide.get_absolute_url()
    visitor.post(reverse("account_request_login_code"), {"email": member.email, "next": where})
    response = visitor.post(reverse("account_confirm_login_code"), {"code": mailed_code(), "next": where})
    assert_saved(response, member, guide)


def test_by_creating_an_account(visitor, guide):
    visitor.post(reverse("account_signup"), {"email": "new@example.org", "password1": PASSWORD, "next": guide.get_absolute_url()})
    assert Bookmark.objects.count() == 0
    response = visitor.post(reverse("account_email_verification_sent"), {"code": mailed_code()})
    assert_saved(response, User.objects.get(), guide)


def test_by_password_of_an_account_that_must_confirm_its_address_first(visitor, guide):
    user = make_user(verified=False)
    visitor.post(reverse("account_login"), {"login": user.email, "password": PASSWORD, "next": guide.get_absolute_url()})
    assert Bookmark.objects.count() == 0
    response = visitor.post(reverse("account_email_verification_sent"), {"code": mailed_code()})
    assert_saved(response, user, guide)


def test_by_password_and_second_step(visitor, member, guide):
    TOTP.activate(member, SECRET)
    visitor.post(reverse("account_login"), {"login": member.email, "password": PASSWORD, "next": guide.get_absolute_url()})
    assert Bookmark.objects.count() == 0
    response = visitor.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert_saved(response, member, guide)


def test_by_passkey(visitor, member, guide, monkeypatch):
    """The browser's part is played: the signature check has its own tests in fido2."""
    passkey = Authenticator.objects.create(user=member, type=Authenticator.Type.WEBAUTHN, data={"name": "Laptop"})
    monkeypatch.setattr("accounts.passkeys.SignInForm.clean_credential", lambda form: passkey)
    response = visitor.post(reverse("mfa_login_webauthn"), {"credential": '{"id": "x"}', "next": guide.get_absolute_url()})
    assert_saved(response, member, guide)


def test_by_password_reset(visitor, member, guide):
    visitor.post(reverse("account_reset_password"), {"email": member.email})
    link = str(mail.outbox[-1].body).split()[0].removeprefix("http://testserver")
    form = visitor.get(link)["Location"]
    visitor.post(form, {"password1": "a horse of another battery"})
    visitor.post(reverse("account_login"), {"login": member.email, "password": "a horse of another battery"})
    assert member.bookmarks.kept().count() == 1


def test_once_only(visitor, member):
    visitor.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    member.bookmarks.all().delete()
    visitor.post(reverse("account_logout"))
    visitor.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert member.bookmarks.count() == 0


def test_not_in_another_browser(visitor, member):
    Client().post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert member.bookmarks.count() == 0


def test_also_when_the_guide_was_withdrawn_meanwhile(visitor, member, guide):
    withdraw(guide.guide)
    visitor.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert member.bookmarks.kept().count() == 1


def test_a_member_who_follows_the_link_lands_on_the_guide_and_nothing_is_saved(member, guide):
    response = signed_in(member).get(reverse(START, args=["kite-maker"]))
    assert response["Location"] == guide.get_absolute_url()
    assert member.bookmarks.count() == 0


def test_a_post_does_not_start_it(guide):
    assert Client().post(reverse(START, args=["kite-maker"])).status_code == 405


def test_somebody_whose_session_ran_out_signs_in_and_finds_the_guide_saved(member, guide):
    client = Client()
    response = client.post(reverse("accounts:bookmark_save", args=["kite-maker"]))
    assert response["Location"].startswith(reverse("account_login"))
    client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert member.bookmarks.kept().count() == 1


def test_htmx_is_sent_to_the_sign_in_page_as_a_whole(guide):
    response = Client().post(reverse("accounts:bookmark_save", args=["kite-maker"]), headers={"HX-Request": "true"})
    assert response["HX-Redirect"].startswith(reverse("account_login"))


def test_the_sign_in_page_says_what_happens_next(visitor):
    assert "we save the guide for you" in visitor.get(reverse("account_login")).content.decode()
