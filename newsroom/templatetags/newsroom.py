"""What readers may say of a guide, on its page.

{% guide_vote page %}   "Was this guide useful?", and the way to the form; nothing for a preview
"""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from careers.page.guide import GuidePage

register = template.Library()


@register.simple_tag
def guide_vote(page: GuidePage) -> SafeString:
    """The same for every reader, without a token: see "Forms without tokens" in docs/architecture.md."""
    if page.is_preview:
        return SafeString("")
    return SafeString(render_to_string("newsroom/partials/useful.html", {"page": page}))
