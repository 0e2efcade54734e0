"""Finding a guide: the index of all guides and the page of each field of work."""

from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpResponse

from careers.listings import fields_with_counts
from careers.models import Field
from careers.search import GuideSearch, search_guides
from careers.search.page import GuideListPage
from kit.cache import public_page
from kit.http import Request, render_page
from kit.redirects import moved


@public_page
def guide_list(request: Request) -> HttpResponse:
    fields = fields_with_counts()
    return _answer(request, GuideSearch.from_query(request.GET).today(fields).among(fields), fields)


@public_page
def field(request: Request, slug: str) -> HttpResponse:
    """The index for one field, also while it has no guides. A former address leads to today's."""
    fields = fields_with_counts()
    chosen = next((field for field in fields if field.slug == slug), None)
    if chosen is None:
        chosen = _field(slug)
        if chosen.slug != slug:
            return moved(request, slug=chosen.slug)
        fields = [*fields, chosen]
    return _answer(request, GuideSearch.from_query(request.GET).within(chosen), fields, chosen)


def _field(slug: str) -> Field:
    try:
        return Field.objects.known_as(slug)
    except Field.DoesNotExist as error:
        raise Http404("There is no such field of work.") from error


def _answer(request: Request, search: GuideSearch, fields: Sequence[Field], chosen: Field | None = None) -> HttpResponse:
    page = GuideListPage(search_guides(search, fields), fields, request.path, chosen)
    context = {"page": page, "canonical": f"{settings.SITE_URL}{request.path}"}
    response = render_page(
        request, "careers/guide_list.html", context, target="results", partial="careers/partials/guide_results_update.html"
    )
    if request.htmx:
        response["HX-Push-Url"] = page.address(page.results.asked)
    if not page.results.total:
        response.is_public = False  # type: ignore[attr-defined]  # kept, a miss would be counted once only
    return response
