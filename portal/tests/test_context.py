import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse

from portal.context import SECTIONS, site
from tests.addresses import names


def about(path, **cookies):
    request = RequestFactory().get(path)
    request.COOKIES.update(cookies)
    request.resolver_match = resolve(request.path)
    return site(request)


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/guides/?q=kite&sort=pay", "http://testserver/guides/"),
        ("/guides/?page=2&q=kite", "http://testserver/guides/?page=2"),
        ("/guides/?page=1", "http://testserver/guides/"),
        ("/guides/?page=x", "http://testserver/guides/"),
        ("/guides/?page=²", "http://testserver/guides/"),
    ],
)
def test_a_page_has_one_address(path, canonical):
    assert about(path)["canonical"] == canonical


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ("", ""), ('"><script>', "")])
def test_only_known_themes_reach_the_page(cookie, theme):
    assert about("/", theme=cookie)["theme"] == theme


def test_the_header_marks_the_page_and_the_section():
    def marks(path):
        return [link.current for link in about(path)["nav"]]

    assert marks(reverse("careers:guide_list")) == ["page", "", "", "", ""]
    assert marks(reverse("careers:guide", args=["kite-maker"])) == ["true", "", "", "", ""]
    assert marks(reverse("jobs:list")) == ["", "page", "", "", ""]
    assert marks(reverse("jobs:hidden")) == ["", "true", "", "", ""]
    assert marks(reverse("careers:questions")) == ["", "", "", "page", ""]
    assert marks(reverse("billing:pricing")) == ["", "", "", "", "page"]
    assert marks(reverse("home")) == ["", "", "", "", ""]


def test_every_page_below_a_section_exists():
    for _, name, below in SECTIONS:
        assert {name} | below <= names()
