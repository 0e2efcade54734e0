"""Open jobs on pages of other rooms.

{% open_jobs page as openings %}   the open jobs of the guide whose page this is; nothing for a preview
"""

from collections.abc import Mapping
from typing import Any

from django import template

from careers.page.guide import GuidePage
from jobs.page.guides import GuideFacts
from jobs.page.openings import Openings, shelf
from kit.cache import keep_for

KEEP_SECONDS = 600  # a stored page tells the same jobs for so long, unless staff take one down

register = template.Library()


@register.simple_tag(takes_context=True)
def open_jobs(context: Mapping[str, Any], page: GuidePage) -> Openings | None:
    """None where no job is open."""
    if page.is_preview:
        return None
    keep_for(context["request"], KEEP_SECONDS)
    openings = shelf.of(GuideFacts.of_page(page))
    return openings if openings.total else None
