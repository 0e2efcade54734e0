from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from billing import plans, world


def upgrade(request: HttpRequest, feature: plans.Feature) -> HttpResponse:
    """402 with what Free gives and what Plus adds; a fragment for htmx. Not a view of its own: it answers in place of one."""
    context = {
        "line": plans.line_of(feature),
        "price": plans.PRICE,
        "free_has": plans.in_words(line for line in plans.catalogue() if line.free is not False),
        "plus_adds": plans.in_words(plans.added_by_plus()),
        "is_open": world.is_open(),
        "is_fragment": bool(getattr(request, "htmx", False)),
    }
    template = "billing/partials/upgrade.html" if context["is_fragment"] else "billing/upgrade.html"
    response = render(request, template, context, status=402)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response
