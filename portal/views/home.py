from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from careers.listings import SIGNPOST_CHOICE, fields_with_counts, signpost_guides
from careers.models import GuideListing
from careers.page.words import months
from kit.cache import public_page
from kit.http import Request


@dataclass(frozen=True)
class Plate:
    """A plate of the signpost: the guide, and its time to start in words where that is known."""

    guide: GuideListing
    time: str


@public_page
def home(request: Request) -> HttpResponse:
    context = {
        "plates": [Plate(guide, _time_to_start(guide)) for guide in signpost_guides()],
        "choice": SIGNPOST_CHOICE,
        "fields": fields_with_counts(),
        "careers": list(GuideListing.objects.values_list("slug", "title")),
        "structured": _website(),
    }
    return TemplateResponse(request, "portal/home.html", context)


def _time_to_start(guide: GuideListing) -> str:
    if guide.min_months is None or guide.max_months is None:
        return ""
    return months(guide.min_months, guide.max_months)


def _website() -> dict[str, object]:
    search = f"{settings.SITE_URL}{reverse('careers:guide_list')}?q={{search_term_string}}"
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}{reverse('home')}",
        "inLanguage": "en-US",
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    }
