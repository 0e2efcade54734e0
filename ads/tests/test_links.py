"""Where an ad may lead."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from ads.links import check_link, host_of, is_own
from ads.tests.factories import make_ad

GOOD = ["/", "/guides/", "/guides/?q=sewing#list", "https://school.example", "https://www.school.example:8443/a?b=c#d"]
BAD = [
    "",
    "guides/",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http://school.example",
    "HTTPS:school.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,x",
    "https://",
    "https:///path",
    "https://[",
    "https://user:word@school.example",
    "https://school.example@evil.example/",
    "https://school.example/a b",
    "https://school.example/\n",
    "https://school.example\\@evil.example",
    "/guides/\x00",
    " /guides/",
    "https://schоol.example",  # a Cyrillic о
]


@pytest.mark.parametrize("link", GOOD)
def test_a_path_of_ours_or_an_https_address_is_taken(link):
    check_link(link)


@pytest.mark.parametrize("link", BAD)
def test_anything_else_is_refused(link):
    with pytest.raises(ValidationError):
        check_link(link)


@pytest.mark.django_db
@pytest.mark.parametrize("link", ["javascript:alert(1)", "//evil.example", "/\\evil.example", "http://school.example", ""])
def test_the_database_refuses_what_no_form_has_seen(link):
    with pytest.raises(IntegrityError):
        make_ad(link=link)


def test_an_ad_names_the_site_it_leads_to():
    assert host_of("https://www.school.example:8443/a") == "school.example"
    assert host_of("/guides/") == ""
    assert is_own("/guides/")
    assert not is_own("https://school.example/")
