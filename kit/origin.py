"""Where a request comes from, by what browsers say of themselves: for forms that carry no token."""

from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def refuse_other_sites(request: HttpRequest) -> None:
    """Raise PermissionDenied for a request that a page of another site sent."""
    try:
        origin = urlsplit(request.headers["Origin"]).netloc if "Origin" in request.headers else request.get_host()
    except ValueError as error:  # brackets that are no IPv6 address
        raise PermissionDenied("The request does not say where it comes from.") from error
    if request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}:
        raise PermissionDenied("The request comes from another site.")
    if origin != request.get_host():
        raise PermissionDenied("The request comes from another site.")
