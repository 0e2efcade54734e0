"""The way out: what goes, what stays, and one button."""

import logging

from allauth.account.decorators import reauthentication_required
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import DeleteForm
from accounts.owndata.leaving import delete_account
from accounts.owndata.standing import belongings
from billing import answers
from kit.http import MemberRequest

logger = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth has no types
def delete(request: MemberRequest) -> HttpResponseBase:
    """A browser left open is not enough: the password, or what stands for it, is asked for again."""
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if request.user.is_staff:
        return _page(request, form, status=409 if request.method == "POST" else 200)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, status=422 if form.errors else 200)
    try:
        delete_account(request.user)
    except answers.GatewayError as error:
        logger.warning("an account was not deleted: its subscription could not be ended: %s", error)
        return _page(request, form, status=503, is_away=True)
    logout(request)
    return redirect("accounts:deleted")


def _page(request: MemberRequest, form: DeleteForm, *, status: int, is_away: bool = False) -> HttpResponse:
    context = {"form": form, "belongings": belongings(request.user), "is_away": is_away}
    return render(request, "accounts/delete.html", context, status=status)


@login_not_required
@require_safe
def deleted(request: HttpRequest) -> HttpResponse:
    """Says it, to whomever: there is nobody any more whom it could say anything about."""
    return render(request, "accounts/deleted.html")
