"""Pages that a signed link in a mail opens, signed in or not."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse

from kit.http import Request


def by_link(view: Callable[[Request, str], HttpResponse]) -> Callable[[Request, str], HttpResponse]:
    """The address is the secret: no search engine keeps it, and no other site hears of it from the browser (SECURE_REFERRER_POLICY).
    "no-referrer" would say no more, and browsers then send the forms of the page with the origin "null", which the site refuses:
    nobody could sign out from here.

    These views take no CSRF token: mail programs post to them by themselves, without cookies and without a page of ours before
    (RFC 8058). Who has the signed link may do this one thing and its repetition.
    """

    @wraps(view)
    def answer(request: Request, token: str) -> HttpResponse:
        response = view(request, token)
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer
