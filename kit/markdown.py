"""Markdown written by staff, as HTML that is safe to show."""

import mistune
import nh3
from django.utils.safestring import SafeString

TAGS = {"p", "em", "strong", "a", "ul", "ol", "li", "br", "code"}
_render = mistune.create_markdown(escape=True)


def to_html(markdown: str) -> str:
    """Cleaned HTML: paragraphs, emphasis, links, lists. Everything else becomes plain text."""
    if not markdown.strip():
        return ""
    html = nh3.clean(str(_render(markdown)), tags=TAGS, attributes={"a": {"href"}}, url_schemes={"https", "http", "mailto"}, link_rel=None)
    return html.strip()


def shown(html: str) -> SafeString:
    """Mark HTML that `to_html` made as safe for templates. Nothing else may pass through here."""
    return SafeString(html)
