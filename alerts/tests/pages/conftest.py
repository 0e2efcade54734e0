"""People with alerts, and jobs of this week."""

from datetime import timedelta
from types import SimpleNamespace

import html5lib
import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import User
from alerts.models import Alert, Subscriber
from alerts.people import subscriber_of
from alerts.writing import add
from billing.models import Account, Grant
from careers.tests.factories import published_guide
from jobs.search.catalogue import forget
from jobs.tests.factories import make_employer, make_job


@pytest.fixture(autouse=True)
def _fresh(db):
    cache.clear()
    forget()
    yield
    forget()


def person(name, **values):
    user = User.objects.create_user(f"{name}@example.org", "a kite in the wind", **values)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def give_plan(user):
    """The plan with daily alerts, for a day: `revoke` it to take it back."""
    account, _ = Account.objects.get_or_create(user=user, defaults={"world": "live"})
    return Grant.objects.create(account=account, until=timezone.now() + timedelta(days=1), reason="a thank-you")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def guide():
    return published_guide()


@pytest.fixture
def jobs(guide):
    """Three of one employer this week, one of another."""
    other = make_employer("Rope House")
    kites = [make_job(f"kite {n}", title="Kite maker", guide_id=guide.pk, place="Columbus, OH", place_country="US") for n in range(3)]
    return SimpleNamespace(kites=kites, rope=make_job("rope", title="Rope maker", employer=other), other=other)


@pytest.fixture
def member():
    return person("member", time_zone="America/New_York")


@pytest.fixture
def subscriber(member):
    return subscriber_of(member)


@pytest.fixture
def client_of_member(member):
    return signed_in(member)


@pytest.fixture
def visitor():
    """Somebody without an account whose address is confirmed."""
    return Subscriber.objects.create(email="visitor@example.org", confirmed_at=timezone.now(), time_zone="Europe/Berlin")


def alert_of(subscriber, query="q=kite", name="Kites", **values) -> Alert:
    alert, _ = add(subscriber, name=name, query=query)
    for column, value in values.items():
        setattr(alert, column, value)
    alert.save()
    return alert


def words(response):
    """What stands on the page, without tags, in one line."""
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    main = next(tree.iter("main"))
    return " ".join("".join(main.itertext()).split())
