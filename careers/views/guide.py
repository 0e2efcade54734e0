"""The guide page and its case studies."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse

from careers import former
from careers.models import FormerSlug, Guide, GuideListing
from careers.page.guide import GuidePage
from careers.page.shelf import Kept, Parts, render_parts, shelf
from careers.structured import case_study_data
from kit import stamp
from kit.cache import public_page
from kit.http import Request
from kit.redirects import moved


@public_page
def guide(request: Request, slug: str) -> HttpResponse:
    try:
        kept = _take(request, slug)
    except GuideListing.DoesNotExist:
        return _absent(request, slug)
    return _answer(request, kept.page, kept.parts)


@public_page
def case_study(request: Request, slug: str, case: str) -> HttpResponse:
    try:
        page = _take(request, slug).page
    except GuideListing.DoesNotExist:
        return _absent(request, slug)
    study = next((study for study in page.cases if study.anchor == case), None)
    if study is None:
        raise Http404("There is no such case study.")
    context = {
        "page": page,
        "case": study,
        "others": [other for other in page.cases if other is not study],
        "source": page.sources.get(getattr(study.part, "source", None) or ""),
        "structured": case_study_data(page, study),
    }
    return TemplateResponse(request, "careers/case_study.html", context)


def render_guide(request: Request, page: GuidePage) -> HttpResponse:
    """The page of a working copy: rendered anew each time, never kept."""
    return _answer(request, page, render_parts(page, []))


def _take(request: Request, slug: str) -> Kept:
    """A member sees new text at once; a visitor's page may be a second old, and costs a query less.

    Raises GuideListing.DoesNotExist.
    """
    number = stamp.current() if request.user.is_authenticated else stamp.recent()
    return shelf.take(slug, number)


def _absent(request: Request, slug: str) -> HttpResponse:
    """On to the address that the guide has today; 410 for one that was public once, so that search engines forget it; else 404."""
    if now := former.public_slugs([slug]).get(slug):
        return moved(request, slug=now)
    if Guide.objects.was_public(slug) or FormerSlug.objects.filter(slug=slug, guide__isnull=False).exists():
        return render(request, "410.html", status=410)
    raise Http404("There is no such guide.")


def _answer(request: Request, page: GuidePage, parts: Parts) -> HttpResponse:
    return TemplateResponse(request, "careers/guide_detail.html", {"page": page, "parts": parts})
