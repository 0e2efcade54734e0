"""Tags about plans for every template (a builtin, see settings)."""

from django import template
from django.template.context import Context

from billing import world
from billing.entitlements import has
from billing.pages import PlanBox
from billing.plans import PRICE, Feature, line_of

register = template.Library()


@register.inclusion_tag("billing/partials/plan_box.html", takes_context=True)
def plan_box(context: Context) -> dict[str, object]:
    """The box of both plans, for the reader of this request."""
    return {"box": PlanBox(context["request"].user), "site_name": context["site_name"]}


@register.inclusion_tag("billing/partials/plan_hint.html", takes_context=True)
def plan_hint(context: Context, feature: str) -> dict[str, object]:
    """Whose a choice is that the reader's plan lacks, and what that plan costs; nothing for those who have it."""
    lacked = not has(context["request"].user, Feature(feature))
    return {"line": line_of(Feature(feature)) if lacked else None, "price": PRICE, "is_open": world.is_open()}
