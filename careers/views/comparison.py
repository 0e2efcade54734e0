"""Comparing guides: the form, and the table."""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.template.response import TemplateResponse

from careers import former
from careers.comparison import LEAST, SEPARATOR, Comparison, address_of, split_slugs
from careers.comparison_form import CompareForm
from careers.differences import sentences
from careers.listings import guides_to_compare
from kit.cache import public_page
from kit.http import Request
from kit.redirects import moved


@public_page
def start(request: Request) -> HttpResponse:
    """Choose guides; two or more good ones lead on to their comparison."""
    form = CompareForm.from_query(request.GET)
    if form.is_ready:
        return HttpResponseRedirect(address_of(form.slugs))
    return TemplateResponse(request, "careers/compare_start.html", {"form": form})


@public_page
def compare(request: Request, slugs: str) -> HttpResponse:
    wanted = split_slugs(slugs)
    listings = guides_to_compare(wanted) if wanted else []
    if not listings or len(listings) < len(wanted):
        return _moved(request, wanted, {listing.slug for listing in listings})
    if wanted != sorted(wanted):
        return HttpResponsePermanentRedirect(address_of(wanted))
    comparison = Comparison.of(listings)
    context = {"comparison": comparison, "differences": sentences(comparison)}
    return TemplateResponse(request, "careers/guide_compare.html", context)


def _moved(request: Request, wanted: list[str], found: set[str]) -> HttpResponse:
    """On to the comparison of the same guides under their addresses of today. Raises Http404 where one of them is not to be had."""
    now = former.public_slugs([slug for slug in wanted if slug not in found])
    slugs = {now.get(slug, slug) for slug in wanted}
    if len(found) + len(now) < len(wanted) or len(slugs) < LEAST:
        raise Http404("There is no such comparison.")
    return moved(request, slugs=SEPARATOR.join(sorted(slugs)))
