import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.http import int_to_base36

from accounts.tests.factories import PASSWORD, is_signed_in, make_user, signed_in

pytestmark = pytest.mark.django_db
NEW = "a horse of another battery"


def ask_for_link(email: str, **headers: str) -> str:
    Client(headers=headers).post(reverse("account_reset_password"), {"email": email})
    found = re.search(r"^http\S+", str(mail.outbox[-1].body))
    assert found
    return found.group()


def reset(client: Client, link: str, password: str = NEW):
    response = client.get(link.removeprefix("http://testserver"))
    return client.post(response["Location"], {"password1": password}) if response.status_code == 302 else response


def test_a_mailed_link_sets_a_new_password(client, member):
    response = reset(client, ask_for_link(member.email))
    assert response["Location"] == reverse("account_reset_password_from_key_done")
    member.refresh_from_db()
    assert member.check_password(NEW)


def test_the_address_of_the_form_holds_no_key(client, member):
    link = ask_for_link(member.email)
    response = client.get(link.removeprefix("http://testserver"))
    assert response["Location"].endswith("-set-password/")


def test_the_link_works_once(client, member):
    link = ask_for_link(member.email)
    reset(client, link)
    page = reset(Client(), link, "yet another long sentence").content.decode()
    assert "This link does not work any more" in page
    member.refresh_from_db()
    assert member.check_password(NEW)


def test_the_link_is_dead_after_three_days(client, member, time_machine):
    time_machine.move_to("2030-05-01 12:00+00:00")
    link = ask_for_link(member.email)
    time_machine.move_to("2030-05-04 12:01+00:00")
    assert "This link does not work any more" in reset(client, link).content.decode()


def test_the_link_of_one_account_does_not_open_another(client, member, stranger):
    link = ask_for_link(member.email)
    other = link.replace(f"/{int_to_base36(member.pk)}-", f"/{int_to_base36(stranger.pk)}-")
    assert "This link does not work any more" in reset(client, other).content.decode()


def test_the_link_leads_to_the_configured_site_whatever_the_host_header_says(member, settings):
    settings.ALLOWED_HOSTS = ["testserver", "evil.example"]
    settings.SITE_URL = "https://waymark.example"
    assert ask_for_link(member.email, Host="evil.example").startswith("https://waymark.example/password/reset/")
    assert "evil" not in mail.outbox[-1].body


def test_a_short_password_is_refused(client, member):
    response = reset(client, ask_for_link(member.email), "short")
    assert response.status_code == 200
    member.refresh_from_db()
    assert member.check_password(PASSWORD)


def test_resetting_signs_out_everywhere(client, member):
    elsewhere = signed_in(member)
    reset(client, ask_for_link(member.email))
    assert elsewhere.get(reverse("accounts:account")).status_code == 302
    assert not is_signed_in(client)


def test_changing_it_needs_the_current_one(member):
    client = signed_in(member)
    page = client.post(reverse("account_change_password"), {"oldpassword": "wrong", "password1": NEW}).content.decode()
    assert "This is not your current password" in page
    member.refresh_from_db()
    assert member.check_password(PASSWORD)


def test_changing_it_signs_out_all_other_browsers_and_says_so_by_mail(member):
    here, elsewhere = signed_in(member), signed_in(member)
    response = here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW})
    assert response["Location"] == reverse("mfa_index")
    assert here.get(reverse("accounts:account")).status_code == 200
    assert elsewhere.get(reverse("accounts:account")).status_code == 302
    assert mail.outbox[-1].subject == "Your password was changed"


def test_a_session_is_dead_after_signing_out(member):
    client = signed_in(member)
    old = client.cookies["sessionid"].value
    client.post(reverse("account_logout"))
    thief = Client()
    thief.cookies["sessionid"] = old
    assert thief.get(reverse("accounts:account")).status_code == 302


def test_a_get_does_not_sign_out(member):
    client = signed_in(member)
    client.get(reverse("account_logout"))
    assert is_signed_in(client)


def test_somebody_without_a_password_can_set_one():
    user = make_user(password=None)
    client = signed_in(user)
    client.post(reverse("account_set_password"), {"password1": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_browsers_are_listed_and_signed_out_from_afar(member):
    def sign_in(agent: str) -> Client:
        client = Client(headers={"User-Agent": agent})
        client.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
        return client

    here = sign_in("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    phone = sign_in(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/604.1"
    )
    page = here.get(reverse("usersessions_list")).content.decode()
    assert "Firefox on Linux" in page
    assert "Safari on iPhone" in page
    here.post(reverse("usersessions_list"))
    assert here.get(reverse("accounts:account")).status_code == 200
    assert phone.get(reverse("accounts:account")).status_code == 302
