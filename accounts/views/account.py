from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import ProfileForm
from accounts.views.preferences import THEMES
from kit.http import MemberRequest


@require_safe
def overview(request: MemberRequest) -> HttpResponse:
    """Everything about the account in rows, each with the way to change it."""
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "address": EmailAddress.objects.get_primary(request.user),
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "themes": THEMES.items(),
        "theme": request.COOKIES.get("theme", ""),
    }
    return render(request, "accounts/account.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Your name and time zone are saved.")
        return redirect("accounts:account")
    return render(request, "accounts/profile.html", {"form": form}, status=422 if form.errors else 200)
