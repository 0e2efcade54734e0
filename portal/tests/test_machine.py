from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

pytestmark = pytest.mark.django_db  # the page cache asks for the number of the content


def test_robots_may_read_everything_but_personal_pages(client):
    text = client.get(reverse("robots")).content.decode()
    assert f"Disallow: {reverse('accounts:account')}\n" in text
    assert f"Sitemap: http://testserver{reverse('sitemap')}\n" in text
    assert "Disallow: /\n" not in text


def test_security_contact_expires_within_a_year(client):
    response = client.get(reverse("security_txt"))
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert lines["Contact"].startswith("mailto:")
    assert lines["Canonical"] == "http://testserver/.well-known/security.txt"
    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=30) < expires - timezone.now() < timedelta(days=365)


def test_manifest_names_icons_that_exist(client):
    response = client.get(reverse("manifest"))
    assert response["Content-Type"] == "application/manifest+json"
    data = response.json()
    assert data["start_url"] == reverse("home")
    assert {icon["sizes"] for icon in data["icons"]} == {"any", "192x192", "512x512"}


def test_favicon_leads_to_a_picture(client):
    response = client.get(reverse("favicon"))
    assert response.status_code == 302
    assert response["Location"].endswith(".png")


@pytest.mark.parametrize("name", ["robots", "security_txt", "manifest", "favicon"])
def test_small_files_are_kept_for_a_day_and_set_no_cookie(client, name):
    response = client.get(reverse(name))
    assert "max-age=86400" in response["Cache-Control"]
    assert not response.cookies
    assert client.post(reverse(name)).status_code == 405
