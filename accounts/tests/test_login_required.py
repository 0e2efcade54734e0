"""Where sign-in leads back to."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def back_to(response):
    assert response.status_code == 302
    return parse_qs(urlsplit(response["Location"]).query)["next"]


def test_a_page_leads_back_to_itself(client):
    assert back_to(client.get(reverse("accounts:saved"))) == [reverse("accounts:saved")]


def test_a_form_sent_without_a_session_leads_back_to_its_page(client):
    remove = reverse("accounts:bookmark_remove", args=["kite-maker"])
    page = f"http://testserver{reverse('accounts:saved')}?page=2"
    assert back_to(client.post(remove, headers={"Referer": page})) == [reverse("accounts:saved")]


@pytest.mark.parametrize("referer", ["", "https://evil.example/saved/", "http://[broken", "//evil.example/"])
def test_a_form_from_elsewhere_leads_to_the_dashboard(client, referer):
    remove = reverse("accounts:bookmark_remove", args=["kite-maker"])
    assert back_to(client.post(remove, headers={"Referer": referer})) == [reverse("accounts:dashboard")]
