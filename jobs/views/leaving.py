"""Counting who goes on to an employer's site."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from jobs import leaving
from kit.flood import ceiling
from kit.http import short_body
from kit.origin import refuse_other_sites
from kit.robots import is_reader


@login_not_required
@csrf_exempt
@require_POST
def leave_count(request: HttpRequest) -> HttpResponse:
    """Add one to a count. Changes nothing else, so pages that are the same for everybody may send it without a token.

    204 for whatever is well formed, so that nobody learns whether it was counted; 400 for what our script never sends.
    """
    refuse_other_sites(request)
    try:
        job_id = leaving.read_report(short_body(request, leaving.MAX_BODY))
    except leaving.Malformed:
        return HttpResponseBadRequest("This is no report about a job.", content_type="text/plain")
    if is_reader(request) and ceiling.allows(get_adapter(request).get_client_ip(request)):
        leaving.count(job_id)
    return HttpResponse(status=204)
