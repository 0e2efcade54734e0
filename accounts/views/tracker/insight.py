"""What somebody's own applications say."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.tracker import drawings
from accounts.tracker.insight import ENOUGH, insight
from kit.http import MemberRequest


@require_safe
def application_insight(request: MemberRequest) -> HttpResponse:
    found = insight(request.user)
    context = {
        "insight": found,
        "enough": ENOUGH,
        "funnel": drawings.funnel(found.funnel),
        "rates": drawings.rates(found.careers),
        "weeks": drawings.weeks(found.weeks),
    }
    return render(request, "accounts/tracker/insight.html", context)
