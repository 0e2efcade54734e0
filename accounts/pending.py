"""What a visitor wanted to save: kept in the visitor's session until there is an account to save it to."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from accounts.bookmarks import save_guide, save_job, seen_job, seen_revision
from accounts.models import User

# Names in the session, which the sign-in pages read too.
GUIDE, JOB = "guide_to_save", "job_to_save"


def keep_for_later(request: HttpRequest, slug: str) -> None:
    request.session[GUIDE] = slug


def keep_job_for_later(request: HttpRequest, pk: int) -> None:
    request.session[JOB] = pk


def save_pending(request: HttpRequest, user: User) -> None:
    """Save it, once, right after signing in by whatever way."""
    for name, (save, say) in _SAVING.items():
        wanted = request.session.pop(name, None)
        if wanted and save(user, wanted):
            say(request)


def say_saved(request: HttpRequest) -> None:
    messages.success(request, format_html('Saved. <a href="{}">See all saved guides</a>', reverse("accounts:saved")))


def say_job_saved(request: HttpRequest) -> None:
    messages.success(request, format_html('Saved. <a href="{}">See all saved jobs</a>', reverse("accounts:saved_jobs")))


def _save_guide(user: User, slug: str) -> bool:
    revision = seen_revision(slug)
    return bool(revision and save_guide(user=user, revision=revision))


def _save_job(user: User, pk: int) -> bool:
    job = seen_job(pk)
    return bool(job and save_job(user=user, job=job))


_SAVING: dict[str, tuple[Callable[..., bool], Callable[[HttpRequest], None]]] = {
    GUIDE: (_save_guide, say_saved),
    JOB: (_save_job, say_job_saved),
}
