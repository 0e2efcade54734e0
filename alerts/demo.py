"""Alerts of the demonstration people, so that their pages are filled."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from alerts.asking import guide_in_words, in_words
from alerts.choices import Frequency
from alerts.models import Alert
from alerts.people import subscriber_of
from alerts.writing import add
from careers.models import GuideListing
from jobs.search.matching import facets_of, read

GUIDE = "medical-office-specialist"
SEARCHES = {
    "free@waymark.example": (("q=medical&where=remote", Frequency.WEEKLY),),
    "plus@waymark.example": (
        ("guide=medical-office-specialist", Frequency.DAILY),
        ("workplace=remote&pay=50k&unstated=1", Frequency.WEEKLY),
    ),
}
WATCHES = "plus@waymark.example"
WEEK = timedelta(days=7)


@transaction.atomic
def give_demo_alerts() -> int:
    """For those of SEARCHES who have none; how many alerts were made. They began a week ago, so that the next mail has something."""
    made = 0
    for email, searches in SEARCHES.items():
        user = User.objects.filter(email=email).first()
        if user is None or Alert.objects.filter(subscriber__user=user).exists():
            continue
        for query, frequency in searches:
            made += _watch_search(user, query, frequency)
        if email == WATCHES:
            made += _watch_guide(user)
        Alert.objects.filter(subscriber__user=user).update(covered_until=timezone.now() - WEEK)
    return made


def _watch_search(user: User, query: str, frequency: Frequency) -> int:
    search = read(query)
    _, is_new = add(subscriber_of(user), name=in_words(search, facets_of(search)), query=search.to_query(), frequency=frequency)
    return is_new


def _watch_guide(user: User) -> int:
    listing = GuideListing.objects.select_related("guide").filter(slug=GUIDE).first()
    return add(subscriber_of(user), name=guide_in_words(listing.title), guide=listing.guide)[1] if listing else 0
