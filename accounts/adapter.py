"""What allauth leaves to the project: redirects, mail, words, and what happens after signing in."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.mails import with_html
from accounts.models import User
from accounts.pending import save_pending

EMAIL_CHANGED = "account/email/email_changed"
TOO_MANY = "Too many tries. Wait a few minutes, then try again"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed",
        "duplicate_email": "This is your email address already. Enter another one",
        "email_password_mismatch": "Email address and password do not match. Check both, or sign in with a code",
        "email_taken": "There is an account with this email address. Enter another one",
        "enter_current_password": "This is not your current password. Enter it again",
        "incorrect_code": "This is not the code we sent. Check it, or ask for a new one",
        "incorrect_password": "This is not your password. Enter it again",
        "rate_limited": TOO_MANY,
        "same_as_current": "This is your email address already. Enter another one",
        "too_many_login_attempts": TOO_MANY,
    }

    def is_safe_url(self, url: str) -> bool:
        """This site only. allauth would allow every host of ALLOWED_HOSTS and CSRF_TRUSTED_ORIGINS."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure())

    def save_user(self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True) -> User:
        user.time_zone = form.cleaned_data.get("time_zone") or user.time_zone
        saved: User = super().save_user(request, user, form, commit=commit)
        return saved

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        save_pending(request, user)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def get_email_verification_redirect_url(self, email_address: object) -> str:
        return reverse("account_email")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Built from SITE_URL: the Host header of whoever asks does not reach the mail."""
        path: str = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", key)

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Of a change of address both are told: the old one may not have wanted it, the new one learns that it is done."""
        if template_prefix == EMAIL_CHANGED and context:
            super().send_notification_mail(template_prefix, user, context, context["to_email"])
        super().send_notification_mail(template_prefix, user, context, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        site = {"email": email, "site_name": settings.SITE_NAME, "site_url": settings.SITE_URL}
        with_html(self.render_mail(template_prefix, email, context | site)).send()


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": "Set up an app or a passkey first",
        "incorrect_code": "This code does not fit. Enter the newest one that the app shows, or a recovery code",
        "unverified_email": "Confirm your email address first",
    }

    def generate_authenticator_name(self, user: User, type: str) -> str:
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def build_totp_svg(self, url: str) -> str:
        """On a white ground: a camera reads it in the dark theme too."""
        svg: str = super().build_totp_svg(url)
        return svg.replace("<path", '<rect width="100%" height="100%" fill="white"/><path', 1)

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)
