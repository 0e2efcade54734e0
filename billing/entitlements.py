"""The one question for the whole house: may this person use that? No network, at most one query per request.

    has(request.user, Feature.DAILY_ALERTS)        in views, tasks and mails alike
    @requires(Feature.CONSULTANT)                  on a view: without the feature the upgrade page answers
    {% if entitled.ad_free %}                      in templates

Whoever is unknown, signed out or in an unknown state is on Free.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from billing.models import Account
from billing.plans import Feature, Limit, Plan, features_of, limit_of
from billing.standing import FREE, Standing, standing_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
Person = AbstractBaseUser | AnonymousUser
_KEPT = "_billing_standing"


class UpgradeRequired(Exception):
    """The person's plan lacks a feature. `billing.middleware` turns it into the upgrade page or its fragment (402)."""

    def __init__(self, feature: Feature) -> None:
        super().__init__(feature.value)
        self.feature = feature


def standing(user: Person) -> Standing:
    """Plan and its reason; asked of the database once per user object."""
    kept: Standing | None = getattr(user, _KEPT, None)
    if kept is not None:
        return kept
    if not isinstance(user.pk, int):
        return FREE
    now = timezone.now()
    account = Account.objects.with_grants(now).filter(user_id=user.pk).first()
    found = standing_of(account, account.granted_until, now) if account else FREE
    setattr(user, _KEPT, found)
    return found


def forget(user: Person) -> None:
    """Ask anew at the next question, after the plan may have changed within this request."""
    if hasattr(user, _KEPT):
        delattr(user, _KEPT)


def plan_of(user: Person) -> Plan:
    return standing(user).plan


def has(user: Person, feature: Feature) -> bool:
    return feature in features_of(plan_of(user))


def having(user_ids: Iterable[int], feature: Feature) -> set[int]:
    """Those of them who have the feature, for a task that goes through many people. One query."""
    if feature in features_of(Plan.FREE):
        return set(user_ids)
    now = timezone.now()
    accounts = Account.objects.with_grants(now).filter(user_id__in=list(user_ids))
    return {one.user_id for one in accounts if one.user_id and feature in features_of(standing_of(one, one.granted_until, now).plan)}


def limit(user: Person, what: Limit) -> int:
    """How many the person may have; 0 without the feature."""
    return limit_of(plan_of(user), what)


def require(user: Person, feature: Feature) -> None:
    """Raises UpgradeRequired unless the person has the feature. For the place that writes, not only the page before it."""
    if not has(user, feature):
        raise UpgradeRequired(feature)


def requires(feature: Feature) -> Callable[[View[P]], View[P]]:
    """A view for people who have the feature."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            require(request.user, feature)
            return view(request, *args, **kwargs)

        return cast("View[P]", answer)

    return decorate
