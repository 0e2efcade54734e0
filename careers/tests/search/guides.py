"""Guides that differ where a search looks, and a short way to search them."""

from django.http import QueryDict

from careers.listings import fields_with_counts
from careers.models import GuideListing
from careers.search import GuideSearch, Results, search_guides, vocabulary
from careers.tests.factories import published_guide

PLAIN_WORDS = {
    "standfirst": "You begin early, do one thing after another with care, talk to many people, and go home when all is done.",
    "aliases": [],
    "technical_skills": {"items": ["Filing"]},
    "soft_skills": {"items": ["Patience"]},
    "skill_map": {"groups": [{"title": "First", "skills": ["Filing"]}, {"title": "Then", "skills": ["Sorting"]}]},
    "tools": [{"items": [{"name": "Pencil"}]}],
}


def guide(title: str, **changes: object) -> GuideListing:
    """A published guide whose words are its title and what `changes` say."""
    return published_guide(**PLAIN_WORDS | {"slug": title.lower().replace(" ", "-"), "title": title} | changes)


def facts(title: str, **columns: object) -> GuideListing:
    """A published guide with these columns, as far as searches see them."""
    listing = guide(title)
    GuideListing.objects.filter(pk=listing.pk).update(**columns)
    return listing


def search(query: str) -> Results:
    vocabulary.forget()
    fields = fields_with_counts()
    return search_guides(GuideSearch.from_query(QueryDict(query)).among(fields), fields)


def titles(query: str) -> list[str]:
    return [listing.title for listing in search(query).guides]
