"""Saving guides. Every change is a POST; `bookmark_start` touches nothing but the visitor's own session."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.bookmarks import remove, save_guide, seen_revision
from accounts.keeping.finding import GUIDE_SORTS, Finding
from accounts.models import Bookmark, User
from accounts.models.kept import MAX_NOTE
from accounts.pending import keep_for_later, say_saved
from accounts.views.notes import answer_note
from careers.models import GuideRevision
from kit.http import MemberRequest, Request
from kit.redirects import redirect_next

PER_PAGE = 24


@require_safe
def saved(request: MemberRequest) -> HttpResponseBase:
    """The list, newest first unless asked otherwise. `removed` names guides just taken off it, to offer the way back."""
    bookmarks = request.user.bookmarks
    finding = Finding.read(request.GET, GUIDE_SORTS)
    page = Paginator(finding.guides(bookmarks.kept().for_page()), PER_PAGE).get_page(request.GET.get("page"))
    removed = request.GET.getlist("removed")[:PER_PAGE]
    context = {
        "page": page,
        "finding": finding,
        "sorts": GUIDE_SORTS.items(),
        "labels": request.user.labels.by_name(),
        "removed": bookmarks.removed().of_guides(removed).for_page() if removed else [],
        "max_note": MAX_NOTE,
        "guide_count": bookmarks.kept().count(),
        "job_count": request.user.job_bookmarks.kept().count(),
    }
    return render(request, "accounts/saved.html", context)


@login_not_required
@require_POST
def bookmark_save(request: Request, slug: str) -> HttpResponseBase:
    """Somebody whose session has run out meanwhile signs in first; the guide is saved then."""
    if not isinstance(request.user, User):
        return _sign_in_first(request, slug)
    revision = _revision(slug)
    save_guide(user=request.user, revision=revision)
    if request.htmx:
        return _button(request, slug, revision.guide_id, is_saved=True)
    say_saved(request)
    return redirect_next(request, _guide_page(slug))


@require_POST
def bookmark_remove(request: MemberRequest, slug: str) -> HttpResponseBase:
    bookmark = _bookmark(request, slug)
    remove(bookmark=bookmark)
    if request.htmx:
        return _button(request, slug, bookmark.guide_id, is_saved=False)
    undo = f"{reverse('accounts:saved')}?{urlencode({'removed': slug})}"
    messages.success(request, format_html('Removed. <a href="{}">Undo</a>', undo))
    return redirect_next(request, _guide_page(slug))


@require_POST
def bookmark_note(request: MemberRequest, slug: str) -> HttpResponseBase:
    bookmark = _bookmark(request, slug)
    return answer_note(request, bookmark, back="accounts:saved")


@login_not_required
@require_GET
def bookmark_start(request: Request, slug: str) -> HttpResponseBase:
    """For visitors: remember the guide, sign in, and it is saved (`accounts.pending`)."""
    return redirect(_guide_page(slug)) if request.user.is_authenticated else _sign_in_first(request, slug)


def _sign_in_first(request: Request, slug: str) -> HttpResponseBase:
    _revision(slug)
    keep_for_later(request, slug)
    response = redirect_to_login(_guide_page(slug))
    return HttpResponseClientRedirect(response.url) if request.htmx else response


def _guide_page(slug: str) -> str:
    return reverse("careers:guide", args=[slug])


def _revision(slug: str) -> GuideRevision:
    if revision := seen_revision(slug):
        return revision
    raise Http404("There is no such guide.")


def _bookmark(request: Request, slug: str) -> Bookmark:
    assert isinstance(request.user, User)
    bookmark = request.user.bookmarks.of_guide(slug).for_page().first()
    if bookmark is None:
        raise Http404("This guide is not in your list.")
    return bookmark


def _button(request: Request, slug: str, guide_id: int, *, is_saved: bool) -> HttpResponse:
    """The form alone, looking as it did on the page: what it needs for that comes back from its hidden fields."""
    shown = {name: request.POST.get(name, "")[:300] for name in ("title", "compact", "primary")}
    context = {"slug": slug, "guide_id": guide_id, "is_saved": is_saved, "return_to": request.POST.get("next", ""), **shown}
    return render(request, "accounts/partials/save_button.html", context)
