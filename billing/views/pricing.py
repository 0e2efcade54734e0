from django.http import HttpResponse
from django.template.response import TemplateResponse

from billing.pages import PricingPage
from kit.cache import public_page
from kit.http import Request

COUNT_SECONDS = 600  # how long a stored page may show an older count of members


@public_page
def pricing(request: Request) -> HttpResponse:
    """Both plans, promises, the full comparison, and questions."""
    response = TemplateResponse(request, "billing/pricing.html", {"page": PricingPage(request.user)})
    response.keep_seconds = COUNT_SECONDS  # type: ignore[attr-defined]  # read by kit.cache
    return response
