"""A guide that a visitor wanted to save: kept in the visitor's session until there is an account to save it to."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from accounts.bookmarks import save_guide, seen_revision
from accounts.models import User

SESSION_KEY = "guide_to_save"


def keep_for_later(request: HttpRequest, slug: str) -> None:
    request.session[SESSION_KEY] = slug


def save_pending(request: HttpRequest, user: User) -> None:
    """Save it, once, right after signing in by whatever way."""
    slug = request.session.pop(SESSION_KEY, None)
    if slug and (revision := seen_revision(slug)):
        save_guide(user=user, revision=revision)
        say_saved(request)


def say_saved(request: HttpRequest) -> None:
    messages.success(request, format_html('Saved. <a href="{}">See all saved guides</a>', reverse("accounts:saved")))
