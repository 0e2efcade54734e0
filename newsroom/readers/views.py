"""Where readers tell what they think of a guide. Anybody may, without an account."""

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from careers.choices import Section
from careers.models import Guide, GuideListing
from kit.http import Request
from kit.origin import refuse_other_sites
from newsroom.readers.filing import count_vote, file_report
from newsroom.readers.forms import MOST_KEY, ReportForm

TOO_MANY = "You sent many reports in a short time. Wait an hour, then send this one"
ANSWERS = {"yes": True, "no": False}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Request, slug: str) -> HttpResponse:
    listing = _listing(slug)
    if listing is None:
        return _absent(request, slug)
    if request.method != "POST":
        return _form(request, listing, ReportForm(initial=_asked(request, listing)))
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _form(request, listing, form, status=422)
    if not ratelimit.consume(request, action="report_guide"):
        form.add_error(None, TOO_MANY)
        return _form(request, listing, form, status=429)
    file_report(listing, **form.cleaned_data)
    messages.success(request, "Thank you. Our staff will look at it.")
    return redirect(listing.get_absolute_url())


@login_not_required
@csrf_exempt
@require_POST
def vote(request: Request, slug: str) -> HttpResponse:
    """Adds one to a count and changes nothing else, so the shared page of a guide may send it without a token.

    One that is too many is thanked for like any other, and not counted.
    """
    refuse_other_sites(request)
    answer = ANSWERS.get(request.POST.get("useful", ""))
    if answer is None:
        return HttpResponseBadRequest("Say yes or no.", content_type="text/plain")
    listing = _listing(slug)
    if listing is None:
        return _absent(request, slug)
    if _may_vote(request, slug):
        count_vote(listing.pk, is_useful=answer)
    return redirect(f"{reverse('newsroom:report', args=[slug])}?said={'yes' if answer else 'no'}")


def _listing(slug: str) -> GuideListing | None:
    return GuideListing.objects.only("guide", "revision", "slug", "title").filter(slug=slug).first()


def _absent(request: Request, slug: str) -> HttpResponse:
    """As the page of the guide answers."""
    if Guide.objects.was_public(slug):
        return render(request, "410.html", status=410)
    raise Http404("There is no such guide.")


def _asked(request: Request, listing: GuideListing) -> dict[str, object]:
    """What the link to the form says of it: the section, and the revision that the reader had before them."""
    section, seen = request.GET.get("section", ""), request.GET.get("seen", "")
    is_key = seen.isascii() and seen.isdecimal() and len(seen) < 20 and 0 < int(seen) <= MOST_KEY
    return {"section": section if section in Section else "", "seen": int(seen) if is_key else listing.revision_id}


def _form(request: Request, listing: GuideListing, form: ReportForm, status: int = 200) -> HttpResponse:
    said = request.GET.get("said", "")
    return render(request, "newsroom/report.html", {"guide": listing, "form": form, "said": said if said in ANSWERS else ""}, status=status)


def _may_vote(request: Request, slug: str) -> bool:
    """Two ceilings for an address: of all votes, and of those for one guide. Counts the try."""
    address = get_adapter(request).get_client_ip(request)
    return bool(
        ratelimit.consume(request, action="vote_guide") and ratelimit.consume(request, action="vote_guide_again", key=f"{slug} {address}")
    )
