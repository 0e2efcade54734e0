"""What other rooms' pages show of the newsroom."""

from typing import Any

from django import template

from newsroom.dashboard import dashboard

register = template.Library()


@register.inclusion_tag("admin/newsroom/dashboard.html", takes_context=True)
def newsroom_dashboard(context: dict[str, Any]) -> dict[str, Any]:
    """On the first page of the admin, for whoever may see guides."""
    may_see = context["request"].user.has_perm("careers.view_guide")
    return {"dashboard": dashboard() if may_see else None}
