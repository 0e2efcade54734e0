"""What templates know about the reader's plan."""

from django.http import HttpRequest

from billing import entitlements, plans


class Entitled:
    """`entitled.ad_free`, by the names of `plans.Feature`. Asks the database on first use only; for visitors never."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    def __getitem__(self, feature: str) -> bool:
        """Raises KeyError for a name that is no feature."""
        try:
            wanted = plans.Feature(feature)
        except ValueError as error:
            raise KeyError(feature) from error
        return entitlements.has(self._request.user, wanted)

    @property
    def plan_name(self) -> str:
        """Free or Plus, as people call it."""
        return entitlements.plan_of(self._request.user).name.capitalize()


def entitled(request: HttpRequest) -> dict[str, Entitled]:
    return {"entitled": Entitled(request)}
