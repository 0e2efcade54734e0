"""Markup against the vocabulary: types and properties as schema.org defines them."""

import pytest

from careers.page.load import published_page
from careers.structured import case_study_data, guide_data
from careers.tests.factories import published_guide

pytestmark = pytest.mark.django_db

# Properties of the types that we use, from schema.org (version 29), inherited ones included where we use them.
VOCABULARY = {
    "Occupation": "name description alternateName mainEntityOfPage skills responsibilities estimatedSalary occupationLocation "
    "educationRequirements occupationalCategory",
    "MonetaryAmountDistribution": "name currency duration percentile10 percentile25 median percentile75 percentile90",
    "Country": "name",
    "CategoryCode": "codeValue inCodeSet",
    "CategoryCodeSet": "name",
    "BreadcrumbList": "itemListElement",
    "ListItem": "position name item",
    "FAQPage": "mainEntity",
    "Question": "name acceptedAnswer",
    "Answer": "text",
    "Article": "headline description articleBody url mainEntityOfPage isPartOf publisher author datePublished dateModified",
    "WebPage": "url name",
    "Organization": "name url",
}


def check(node):
    if isinstance(node, list):
        for item in node:
            check(item)
    if isinstance(node, dict):
        properties = set(node) - {"@context", "@type"}
        assert properties <= set(VOCABULARY[node["@type"]].split()), node
        for value in node.values():
            assert value not in (None, "", [], {}), node
            check(value)


def test_a_guides_markup_uses_known_types_and_properties():
    data = guide_data(published_page(published_guide()))
    assert [item["@type"] for item in data] == ["Occupation", "BreadcrumbList", "FAQPage"]
    check(data)


def test_measured_percentiles_are_marked_up():
    (salary,) = guide_data(published_page(published_guide()))[0]["estimatedSalary"]
    assert (salary["percentile10"], salary["median"], salary["percentile90"]) == (30_000, 45_000, 70_000)


def test_an_editors_range_is_not_marked_up_as_pay():
    band = {
        "method": "editor",
        "place": "US",
        "country": "US",
        "currency": "USD",
        "unit": "year",
        "median": 5,
        "range_min": 3,
        "range_max": 9,
    }
    assert "estimatedSalary" not in guide_data(published_page(published_guide(pay=[band])))[0]


def test_a_case_study_is_an_article_of_its_guide():
    page = published_page(published_guide())
    data = case_study_data(page, page.cases[0])
    assert data[0]["@type"] == "Article"
    check(data)
