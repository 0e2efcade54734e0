"""Which mails somebody gets: the page of the account, and the link that stands in each such mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.forms import NotificationsForm
from accounts.preferences import decide, read_unsubscribe, wanted
from kit.http import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request: MemberRequest) -> HttpResponse:
    form = NotificationsForm(request.POST if request.method == "POST" else None, wanted=wanted(request.user))
    if request.method == "POST" and form.is_valid():
        for kind, is_wanted in form.decided().items():
            decide(user=request.user, kind=kind, is_wanted=is_wanted)
        messages.success(request, "Your choice of mails is saved.")
        return redirect("accounts:notifications")
    return render(request, "accounts/notifications.html", {"form": form}, status=422 if form.errors else 200)


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """The page asks and a POST does it: programs that look at links in mails open them all.

    Mail programs post here by themselves, without cookies and without a page of ours before (RFC 8058), so no CSRF token
    is asked for: who has the signed link may do this one thing and its repetition.
    """
    if (found := read_unsubscribe(token)) is None:
        raise Http404("This link is not complete, or the account is gone.")
    user, kind = found
    if request.method == "POST":
        decide(user=user, kind=kind, is_wanted=False)
    context = {"kind": kind, "is_done": not wanted(user)[kind]}
    return render(request, "accounts/unsubscribe.html", context)
