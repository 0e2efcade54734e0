from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from billing.entitlements import UpgradeRequired
from billing.views.upgrade import upgrade


class OfferUpgrade:
    """The one place that answers a missing feature: the upgrade page, or its fragment when htmx asked."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        return upgrade(request, exception.feature) if isinstance(exception, UpgradeRequired) else None
