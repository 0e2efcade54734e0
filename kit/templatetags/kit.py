"""Tags and filters that every template may use (a builtin, see settings)."""

import json
from functools import cache

from django import template
from django.forms import BoundField
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from lucide.templatetags.lucide import lucide

from kit import words

register = template.Library()

STEPS = 5
# What the class `icon` says already; every page holds a dozen of these.
_SAID_BY_CSS = ' fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def money(amount: int | None, currency: str = "USD") -> str:
    """$42,500, C$42,500, CHF 42,500; nothing for an unknown amount."""
    return words.money(amount, currency)


@register.filter
def percent(value: float | None) -> str:
    """+10%, −3%; nothing for an unknown value."""
    return "" if value is None else words.percent(value)


@register.simple_tag
def meter(value: int | None, label: str, *, big: bool = False) -> SafeString:
    """Five steps, of which `value` are filled. Stands beside the word for it; nothing for an unknown value."""
    if value is None:
        return SafeString("")
    steps = format_html_join("", "<i{}></i>", ((mark_safe(' class="on"') if step <= value else "",) for step in range(1, STEPS + 1)))
    kind = "meter meter--big" if big else "meter"
    return format_html('<span class="{}" role="img" aria-label="{}: {} out of {}">{}</span>', kind, label, int(value), STEPS, steps)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A Lucide icon as decoration: as large as the text beside it, unseen by screen readers."""
    svg = str(lucide(name + "", size=None, aria_hidden="true", **{"class": "icon"}))
    return SafeString(svg.replace(_SAID_BY_CSS, "").replace("\n  ", "").replace("\n", "").replace(" />", "/>"))


@register.simple_tag
def json_ld(data: object) -> SafeString:
    """A block of schema.org data that no text in it can close."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_IN_SCRIPT)
    return SafeString(f'<script type="application/ld+json">{text}</script>')


@register.inclusion_tag("components/field.html")
def field(bound: BoundField) -> dict[str, BoundField]:
    """Label, hint, errors and control of a form field."""
    return {"field": bound}


@register.simple_tag
def control(bound: BoundField, css: str = "input") -> SafeString:
    """The control alone, in our looks. Django ties it to the hint and the errors by aria-describedby."""
    own = bound.field.widget.attrs.get("class", "")
    return bound.as_widget(attrs={"class": f"{own} {css}".strip()})


class Capture(template.Node):
    child_nodelists = ("nodelist",)  # blocks inside stay blocks that pages fill

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        context[self.name] = SafeString(self.nodelist.render(context).strip())  # escaped where it was written
        return SafeString("")


@register.tag
def capture(parser: Parser, token: Token) -> Capture:
    """`{% capture name %}…{% endcapture %}`: keep what stands inside, to show it in more than one place."""
    _, name = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return Capture(name, nodelist)
