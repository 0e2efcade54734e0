"""The only way an ad gets onto a page. Whoever has pages without ads gets not a byte of it.

{% ad_slot "beside" field=page.guide.field %}   the reserved box, with an ad when there is one
{% ad_script %}                                 in the head of pages that may have boxes: what counts them
"""

from collections.abc import Mapping
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from ads.models import Placement
from ads.selection import choose
from ads.shelf import SHAPES, shelf
from billing.entitlements import has
from billing.plans import Feature
from kit.cache import keep_for

ROTATION_SECONDS = 600  # a stored page shows other ads after this long
TEMPLATES = {Placement.LIST: "ads/list_slot.html"}
LABELS = {Placement.BESIDE: "beside the text", Placement.BETWEEN: "between chapters", Placement.LIST: "in the list"}
NOTHING = SafeString("")

register = template.Library()


@register.simple_tag(takes_context=True)
def ad_slot(context: Mapping[str, Any], placement: str, field: str = "") -> SafeString:
    """Raises ValueError for a placement that is none."""
    request: HttpRequest = context["request"]
    place = Placement(placement)
    if not _sees_ads(request):
        return NOTHING
    keep_for(request, ROTATION_SECONDS)
    taken: set[int] = request.__dict__.setdefault("ads_taken", set())
    ad = choose(shelf.ads(), place, field=field or "", taken=taken, now=timezone.now())
    if ad:
        taken.add(ad.id)
    shown = {"ad": ad, "placement": place, "label": LABELS[place], "shape": SHAPES[place], "is_counted": not _is_staff(request)}
    return SafeString(render_to_string(TEMPLATES.get(place, "ads/slot.html"), shown))


@register.simple_tag(takes_context=True)
def ad_script(context: Mapping[str, Any]) -> SafeString:
    request: HttpRequest = context["request"]
    if not _sees_ads(request) or _is_staff(request):
        return NOTHING
    return SafeString(render_to_string("ads/script.html"))


def _sees_ads(request: HttpRequest) -> bool:
    return not has(request.user, Feature.AD_FREE)


def _is_staff(request: HttpRequest) -> bool:
    """Staff see ads but are not counted."""
    return bool(getattr(request.user, "is_staff", False))
