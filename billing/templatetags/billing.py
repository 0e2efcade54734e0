"""Tags about plans for every template (a builtin, see settings)."""

from django import template
from django.template.context import Context

from billing.pages import PlanBox

register = template.Library()


@register.inclusion_tag("billing/partials/plan_box.html", takes_context=True)
def plan_box(context: Context) -> dict[str, object]:
    """The box of both plans, for the reader of this request."""
    return {"box": PlanBox(context["request"].user), "site_name": context["site_name"]}
