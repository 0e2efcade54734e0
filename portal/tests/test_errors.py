import pytest
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from accounts.models import User
from portal.views import home


@pytest.fixture
def browser():
    """A client that gets error pages instead of exceptions."""
    return Client(raise_request_exception=False)


@pytest.mark.django_db
def test_an_unknown_address_offers_a_search(browser):
    response = browser.get("/nowhere/at/all/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "There is no such page" in html
    assert 'role="search"' in html
    assert 'content="noindex"' in html
    assert 'rel="canonical"' not in html


@pytest.mark.django_db
def test_a_page_for_staff_is_closed_to_members(browser):
    browser.force_login(User.objects.create_user("ada@example.com"))
    response = browser.get(reverse("admin:index"))
    assert response.status_code in {302, 403}
    if response.status_code == 403:
        assert "This page is not open to you" in response.content.decode()


def test_an_address_that_cannot_be_read(browser):
    response = browser.get("/about/?q=%00")
    assert response.status_code == 400
    assert "We could not read this address" in response.content.decode()


@pytest.mark.django_db
def test_our_own_mistake(browser, monkeypatch):
    def broken():
        raise ZeroDivisionError

    monkeypatch.setattr(home, "fields_with_counts", broken)
    response = browser.get(reverse("home"))
    assert response.status_code == 500
    assert "Something broke on our side" in response.content.decode()


@pytest.mark.django_db
def test_without_the_database_we_say_when_to_come_back(browser, monkeypatch):
    def gone():
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(home, "fields_with_counts", gone)
    response = browser.get(reverse("home"))
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert "We are away for a moment" in response.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_is_explained():
    browser = Client(enforce_csrf_checks=True)
    response = browser.post(reverse("account_login"), {"login": "ada@example.com"})
    assert response.status_code == 403
    assert "The form was not sent" in response.content.decode()


@pytest.mark.parametrize("template", ["400.html", "403_csrf.html", "500.html", "503.html"])
def test_pages_of_last_resort_need_nothing_from_us(template):
    html = render_to_string(template)
    assert html.count("<h1") == 1
    assert 'href="/"' in html


@pytest.mark.django_db
def test_what_was_taken_down_says_so(rf):
    assert "This page was taken down" in render_to_string("410.html", request=rf.get("/guides/gone/"))
