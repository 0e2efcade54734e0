from django.http import HttpResponse
from django.template.response import TemplateResponse

from billing.pages import COUNT_SECONDS, PricingPage
from kit.cache import public_page
from kit.http import Request


@public_page
def pricing(request: Request) -> HttpResponse:
    """Both plans, promises, the full comparison, and questions."""
    response = TemplateResponse(request, "billing/pricing.html", {"page": PricingPage(request.user)})
    response.keep_seconds = COUNT_SECONDS  # type: ignore[attr-defined]  # it tells how many members there are
    return response
