"""What readers and their browsers ask of the ads."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ads.counting import tally
from ads.models import Picture
from ads.report import MAX_BODY, Malformed, Report, read_report
from ads.shelf import shelf
from kit.cache import public_page
from kit.flood import ceiling
from kit.http import Request, short_body
from kit.origin import refuse_other_sites
from kit.robots import is_reader

A_YEAR = 60 * 60 * 24 * 365


@public_page
def about(request: Request) -> HttpResponse:
    """Why there are ads, how they are chosen, what is counted, and how to be rid of them."""
    return TemplateResponse(request, "ads/about.html", {"trail": [("About", reverse("about"))]})


@login_not_required
@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def picture(request: HttpRequest, digest: str) -> HttpResponse:
    """The bytes never change: their digest is the address."""
    data = Picture.objects.filter(digest=digest).values_list("data", flat=True).first()
    if data is None:
        raise Http404("There is no such picture.")
    return HttpResponse(bytes(data), content_type="image/webp")


@login_not_required
@csrf_exempt
@require_POST
def count(request: HttpRequest) -> HttpResponse:
    """Add to the counts of ads. Changes nothing else, so pages that are the same for everybody may send it without a token.

    204 for whatever is well formed, so that nobody learns whether it was counted; 400 for what our script never sends.
    """
    refuse_other_sites(request)
    try:
        report = read_report(short_body(request, MAX_BODY))
    except Malformed:
        return HttpResponseBadRequest("This is no report about ads.", content_type="text/plain")
    if is_reader(request) and ceiling.allows(get_adapter(request).get_client_ip(request)):
        tally.count(_known(report))
    return HttpResponse(status=204)


def _known(report: Report) -> Report:
    """Without ads that no page can hold. Asks the database only when the content has changed."""
    ids = shelf.ids()
    clicked = report.clicked if report.clicked and report.clicked.creative_id in ids else None
    return Report(frozenset(mark for mark in report.seen if mark.creative_id in ids), clicked)
