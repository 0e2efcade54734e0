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

from accounts.bookmarks import remove, restore, save_guide, seen_revision, write_note
from accounts.forms import NoteForm
from accounts.models import Bookmark, User
from accounts.models.kept import MAX_NOTE
from accounts.pending import keep_for_later, say_saved
from careers.models import GuideRevision
from kit.http import MemberRequest, Request
from kit.redirects import redirect_next

PER_PAGE = 24
TO_COMPARE = range(2, 5)


@require_safe
def saved(request: MemberRequest) -> HttpResponseBase:
    """The list, newest first. `removed` names a guide just taken off it, to offer the way back."""
    if "compare" in request.GET:
        return _compare(request, request.GET.getlist("guide"))
    bookmarks = request.user.bookmarks
    removed = request.GET.get("removed")
    page = Paginator(bookmarks.kept().for_page(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "removed": bookmarks.removed().of_guide(removed).for_page().first() if removed else None,
        "max_note": MAX_NOTE,
        "guide_count": page.paginator.count,
        "job_count": request.user.job_bookmarks.kept().count(),
    }
    return render(request, "accounts/saved.html", context)


@login_not_required
@require_POST
def bookmark_save(request: Request, slug: str) -> HttpResponseBase:
    """Somebody whose session has run out meanwhile signs in first; the guide is saved then."""
    if not isinstance(request.user, User):
        return _sign_in_first(request, slug)
    if request.POST.get("undo"):
        restore(bookmark=_bookmark(request, slug))
        messages.success(request, "The guide is back in your list.")
        return redirect_next(request, "accounts:saved")
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
    form = NoteForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "bookmark": bookmark, "back": reverse("accounts:saved")}
        return render(request, "accounts/bookmark_note.html", context, status=422)
    write_note(bookmark=bookmark, note=form.cleaned_data["note"])
    messages.success(request, "Your note is saved.")
    return redirect_next(request, "accounts:saved")


@login_not_required
@require_GET
def bookmark_start(request: Request, slug: str) -> HttpResponseBase:
    """For visitors: remember the guide, sign in, and it is saved (`accounts.pending`)."""
    return redirect(_guide_page(slug)) if request.user.is_authenticated else _sign_in_first(request, slug)


def _compare(request: Request, slugs: list[str]) -> HttpResponseBase:
    if len(slugs) in TO_COMPARE:
        return redirect(f"{reverse('careers:compare')}?{urlencode(dict(zip('abcd', slugs, strict=False)))}")
    messages.error(request, "Choose two, three or four guides to compare.")
    return redirect("accounts:saved")


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
