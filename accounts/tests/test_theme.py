import pytest
from django.test import Client
from django.urls import reverse

URL = "/preferences/theme/"


def choose(theme: str, client: Client | None = None, headers: dict[str, str] | None = None, **data: str):
    return (client or Client(enforce_csrf_checks=True)).post(reverse("accounts:theme"), {"theme": theme} | data, headers=headers)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_kept_for_a_year(theme):
    cookie = choose(theme).cookies["theme"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"]) == (theme, 60 * 60 * 24 * 365, "Lax")


def test_following_the_system_again_forgets_it():
    assert choose("").cookies["theme"]["max-age"] == 0


@pytest.mark.parametrize("theme", ["pink", "dark\r\nSet-Cookie: a=b", "\x00"])
def test_other_themes_are_refused(theme):
    response = choose(theme)
    assert response.status_code == 400
    assert "theme" not in response.cookies


def test_over_https_the_cookie_travels_encrypted_only(settings):
    settings.SESSION_COOKIE_SECURE = True
    assert choose("dark").cookies["theme"]["secure"]


def test_one_goes_back_where_one_was_but_never_to_another_site():
    assert choose("dark", next="/guides/?q=a")["Location"] == "/guides/?q=a"
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        assert choose("dark", next=elsewhere)["Location"] == reverse("home")


def test_visitors_need_no_token():
    assert choose("dark", Client(enforce_csrf_checks=True)).status_code == 302


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
    ],
)
def test_posts_from_other_sites_are_refused(headers, db):
    response = choose("dark", headers=headers)
    assert response.status_code == 403
    assert "theme" not in response.cookies


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, {"Sec-Fetch-Site": "none"}, {}])
def test_posts_from_our_pages_are_taken(headers):
    assert choose("dark", headers=headers).status_code == 302


def test_a_get_changes_nothing():
    assert Client().get(reverse("accounts:theme")).status_code == 405


def test_the_address_is_the_one_that_pages_name():
    assert reverse("accounts:theme") == URL


@pytest.mark.parametrize("origin", ["http://[broken", "null", "", "https://evil.example"])
def test_an_origin_that_is_not_ours_is_refused_however_it_is_written(client, origin):
    response = client.post(reverse("accounts:theme"), {"theme": "dark"}, headers={"Origin": origin})
    assert response.status_code == 403
    assert "theme" not in response.cookies
