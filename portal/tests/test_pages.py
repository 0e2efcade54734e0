import re

import pytest
from django.urls import reverse

from accounts.models import User
from careers import growth
from portal.views.pages import _limits

PAGES = ["about", "figures", "accessibility", "privacy"]

pytestmark = pytest.mark.django_db


def html_of(client, name):
    return client.get(reverse(name)).content.decode()


@pytest.mark.parametrize("name", ["home", *PAGES])
def test_a_public_page_is_the_same_for_everybody_who_is_signed_out(client, name):
    response = client.get(reverse(name))
    html = response.content.decode()
    assert response.status_code == 200
    assert not response.cookies
    assert "csrf" not in html
    assert response["Cache-Control"].startswith("public")


@pytest.mark.parametrize("name", ["home", *PAGES])
def test_a_page_has_one_heading_a_title_and_a_description_of_its_own(client, name):
    html = html_of(client, name)
    assert html.count("<h1") == 1
    title = re.search(r"<title>(.+) \| Waymark</title>", html).group(1)
    assert f'<meta property="og:title" content="{title}">' in html
    assert re.search(r'<meta name="description" content="[^"]{50,}">', html)
    assert f'<link rel="canonical" href="http://testserver{reverse(name)}">' in html


@pytest.mark.parametrize("name", ["home", *PAGES])
def test_no_page_needs_inline_code(client, name):
    html = html_of(client, name)
    assert not re.search(r"\s(style|on[a-z]+)=", html)
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]*(src=|application/ld\+json))", html)


def test_the_chosen_theme_comes_from_the_server(client):
    client.cookies["theme"] = "dark"
    html = html_of(client, "about")
    assert '<html lang="en-US" data-theme="dark">' in html
    assert re.search(r'value="dark" checked', html)
    assert "data-theme" not in html_of(type(client)(), "about")


def test_the_theme_form_works_without_scripts(client):
    html = html_of(client, "about")
    form = re.search(r'<form class="theme".*?</form>', html, re.DOTALL).group()
    assert f'action="{reverse("accounts:theme")}"' in form
    assert f'name="next" value="{reverse("about")}"' in form
    assert '<button class="btn btn--small" type="submit">' in form


def test_a_member_has_a_menu_and_signs_out_by_post(client):
    client.force_login(User.objects.create_user("ada@example.com"))
    response = client.get(reverse("about"))
    html = response.content.decode()
    assert reverse("accounts:saved") in html
    assert f'<form method="post" action="{reverse("account_logout")}">' in html
    assert "csrfmiddlewaretoken" in html
    assert reverse("admin:index") not in html
    assert "public" not in response["Cache-Control"]


def test_staff_find_the_staff_area(client):
    user = User.objects.create_user("staff@example.com", is_staff=True)
    client.force_login(user)
    assert reverse("admin:index") in html_of(client, "about")


def test_the_limits_shown_are_those_that_labels_are_computed_with(client):
    html = html_of(client, "figures")
    for table in growth.VINTAGES.values():
        for _, label in table:
            assert label.capitalize() in html
    assert "7% or more" in html
    assert "5% to 6%" in html


def test_limits_leave_no_gap():
    assert _limits(((5, "fast"), (3, "even"), (2, "slow"), (0, "flat"), (-100, "less"))) == [
        ("fast", "5% or more"),
        ("even", "3% to 4%"),
        ("slow", "2%"),
        ("flat", "0% to 1%"),
        ("less", "less than 0%"),
    ]


def test_the_style_guide_is_for_staff(client):
    assert client.get(reverse("styleguide")).status_code == 404
    user = User.objects.create_user("staff@example.com", is_staff=True)
    client.force_login(user)
    response = client.get(reverse("styleguide"))
    assert response.status_code == 200
    assert "Choose a password of 12 characters or more" in response.content.decode()
