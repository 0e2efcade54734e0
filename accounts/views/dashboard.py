"""Where one arrives after signing in: what to do next."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.keeping.closing import closing_soon
from accounts.keeping.dashboard_parts import parts_for
from accounts.keeping.maps import maps_in_progress
from accounts.keeping.next_steps import next_steps
from kit.http import MemberRequest


@require_safe
def dashboard(request: MemberRequest) -> HttpResponse:
    steps = next_steps(request.user)
    context = {
        "steps": steps,
        "is_tracking": bool(steps) or request.user.tracked.kept().exists(),
        "closing": closing_soon(request.user),
        "maps": maps_in_progress(request.user),
        "parts": parts_for(request.user),
    }
    return render(request, "accounts/dashboard.html", context)
