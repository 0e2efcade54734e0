import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.tests.factories import PASSWORD, is_signed_in, signed_in

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXP"


def code_now(secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def half_signed_in(member) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    return client


def test_the_password_alone_does_not_open_an_account_with_an_app(member):
    TOTP.activate(member, SECRET)
    client = half_signed_in(member)
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_now()})
    assert is_signed_in(client)


def test_a_mailed_code_alone_does_not_either(member):
    TOTP.activate(member, SECRET)
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": member.email})
    client.post(reverse("account_confirm_login_code"), {"code": str(mail.outbox[-1].body)[:9]})
    assert not is_signed_in(client)


def test_a_wrong_code_is_refused(member):
    TOTP.activate(member, SECRET)
    client = half_signed_in(member)
    page = client.post(reverse("mfa_authenticate"), {"code": "000000"}).content.decode()
    assert "This code does not fit" in page
    assert not is_signed_in(client)


def test_a_recovery_code_works_once(member):
    TOTP.activate(member, SECRET)
    code = RecoveryCodes.activate(member).get_unused_codes()[0]
    for expected in (True, False):
        client = half_signed_in(member)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert is_signed_in(client) is expected


def test_an_app_is_set_up_with_recovery_codes_after_entering_the_password(member, django_capture_on_commit_callbacks):
    client = signed_in(member)
    where = reverse("mfa_activate_totp")
    assert client.get(where)["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(where)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(where, {"code": code_now(page.context["form"].secret)})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    assert {a.type for a in Authenticator.objects.all()} == {"totp", "recovery_codes"}
    assert {m.subject for m in mail.outbox} >= {"Two-step sign-in is on"}


def test_the_code_picture_has_a_light_ground_so_that_it_can_be_scanned_in_the_dark_theme(member):
    client = signed_in(member)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert 'fill="white"' in client.get(reverse("mfa_activate_totp")).context["totp_svg"]


def test_a_passkey_of_somebody_else_cannot_be_removed_or_renamed(member, stranger):
    passkey = Authenticator.objects.create(user=member, type=Authenticator.Type.WEBAUTHN, data={"name": "Laptop"})
    client = signed_in(stranger)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert client.post(reverse(name, args=[passkey.pk]), {"name": "Mine"}).status_code == 404
    passkey.refresh_from_db()
    assert passkey.data == {"name": "Laptop"}


RUBBISH = (
    "",
    "{",
    "{}",
    "[1]",
    "null",
    '"x"',
    "9" * 5000,
    "[" * 10_000,
    '{"id": 1}',
    '{"id": "x", "rawId": "x", "type": "public-key", "response": "x"}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": '
    '{"clientDataJSON": "AA", "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA", "attestationObject": "AA"}}',
    "x" * 30_000,
)


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_rubbish_from_a_passkey_is_refused_politely(client, member, rubbish):
    client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
    response = client.post(reverse("mfa_login_webauthn"), {"credential": rubbish})
    assert response["Location"] == reverse("account_login")
    client = signed_in(member)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_add_webauthn"))
    assert client.post(reverse("mfa_add_webauthn"), {"credential": rubbish, "name": "x"}).status_code == 200
    assert not Authenticator.objects.exists()
