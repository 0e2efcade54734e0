"""What changed in a guide since somebody saved it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.bookmarks import see_revision
from accounts.models import Bookmark
from careers.diff import diff_for_readers
from careers.models import GuideRevision
from kit.http import MemberRequest


@require_safe
def changes(request: MemberRequest, slug: str) -> HttpResponse:
    """From the revision that was to be seen then to what the public sees today."""
    bookmark = _bookmark(request, slug)
    shown = bookmark.guide.listing
    sections = diff_for_readers(bookmark.revision.document, shown.document) if bookmark.is_updated else []
    return render(request, "accounts/guide_changes.html", {"bookmark": bookmark, "listing": shown, "sections": sections})


@require_POST
def seen(request: MemberRequest, slug: str) -> HttpResponse:
    """Mark as seen what the page showed: a revision that was published meanwhile stays to be told."""
    bookmark = _bookmark(request, slug)
    number = request.POST.get("revision", "")
    published = GuideRevision.objects.defer("document").filter(guide=bookmark.guide_id, kind=GuideRevision.Kind.PUBLISHED)
    revision = published.filter(number=int(number)).first() if number.isascii() and number.isdecimal() and len(number) < 10 else None
    if revision is None:
        raise Http404("There is no such version of this guide.")
    see_revision(bookmark=bookmark, revision=revision)
    messages.success(request, f"{bookmark.guide.listing.title}: you have seen what changed.")
    return redirect("accounts:saved")


def _bookmark(request: MemberRequest, slug: str) -> Bookmark:
    """Of a guide that is on the site, kept by this person."""
    kept = request.user.bookmarks.kept().filter(guide__listing__slug=slug)
    bookmark = kept.select_related("revision", "guide__listing__revision").defer("guide__listing__revision__document").first()
    if bookmark is None:
        raise Http404("This guide is not in your list.")
    return bookmark
