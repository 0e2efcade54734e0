"""The page of a working copy, for whoever has the signed link."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from pydantic import ValidationError

from careers.models import Guide
from careers.page.load import preview_page
from careers.preview import previewed_guide
from careers.views.guide import render_guide
from kit.http import Request


@login_not_required
@require_safe
def preview(request: Request, slug: str, token: str) -> HttpResponse:
    """404 for every link that is not right. A copy that contradicts itself answers 422 and says so."""
    try:
        guide = previewed_guide(slug, token)
    except Guide.DoesNotExist as error:
        raise Http404("There is no such preview.") from error
    try:
        response = render_guide(request, preview_page(guide))
    except ValidationError:
        response = TemplateResponse(request, "careers/preview_fault.html", {"guide": guide}, status=422)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
