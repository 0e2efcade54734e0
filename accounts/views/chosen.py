"""What is done with several saved guides or jobs at once. Each view asks for the person's own rows only; others are not there."""

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.http import HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from accounts.bookmarks import remove_all, restore_all
from accounts.keeping.finding import GUIDE_SORTS, JOB_SORTS, Finding
from kit.http import MemberRequest

MOST = 24  # a page of the list
TO_COMPARE = range(2, 5)


def numbers(words: Iterable[str]) -> list[int]:
    """Those that are keys of rows, at most MOST."""
    return [int(word) for word in words if word.isascii() and word.isdecimal() and len(word) < 19][:MOST]


@require_POST
def guides_chosen(request: MemberRequest) -> HttpResponseBase:
    slugs = request.POST.getlist("guide")[:MOST]
    if request.POST.get("do") == "compare":
        if len(slugs) in TO_COMPARE:
            return redirect(f"{reverse('careers:compare')}?{urlencode(dict(zip('abcd', slugs, strict=False)))}")
        return _refuse(request, "accounts:saved", "Choose two, three or four guides to compare.")
    if remove_all(request.user.bookmarks.of_guides(slugs)):
        return _back(request, "accounts:saved", GUIDE_SORTS, slugs)
    return _refuse(request, "accounts:saved", "Choose the guides to remove.")


@require_POST
def jobs_chosen(request: MemberRequest) -> HttpResponseBase:
    jobs = numbers(request.POST.getlist("job"))
    if request.POST.get("do") == "compare":
        if len(jobs) in TO_COMPARE:
            return redirect(f"{reverse('accounts:jobs_compare')}?{urlencode({'job': jobs}, doseq=True)}")
        return _refuse(request, "accounts:saved_jobs", "Choose two, three or four jobs to compare.")
    if remove_all(request.user.job_bookmarks.of_jobs(jobs)):
        return _back(request, "accounts:saved_jobs", JOB_SORTS, jobs)
    return _refuse(request, "accounts:saved_jobs", "Choose the jobs to remove.")


@require_POST
def guides_restore(request: MemberRequest) -> HttpResponseBase:
    count = restore_all(request.user.bookmarks.of_guides(request.POST.getlist("guide")[:MOST]))
    return _restored(request, "accounts:saved", count, "guide")


@require_POST
def jobs_restore(request: MemberRequest) -> HttpResponseBase:
    count = restore_all(request.user.job_bookmarks.of_jobs(numbers(request.POST.getlist("job"))))
    return _restored(request, "accounts:saved_jobs", count, "job")


def _back(request: MemberRequest, name: str, sorts: dict[str, str], removed: Sequence[str | int]) -> HttpResponseRedirect:
    """To the list as it was narrowed, which offers to bring back what was removed."""
    asked = Finding.read(request.POST, sorts).query
    gone = urlencode({"removed": removed}, doseq=True)
    return HttpResponseRedirect(f"{reverse(name)}?{asked}{'&' if asked else ''}{gone}")


def _refuse(request: MemberRequest, name: str, words: str) -> HttpResponseRedirect:
    messages.error(request, words)
    return redirect(name)


def _restored(request: MemberRequest, name: str, count: int, noun: str) -> HttpResponseRedirect:
    if count == 1:
        messages.success(request, f"The {noun} is back in your list.")
    elif count:
        messages.success(request, f"{count} {noun}s are back in your list.")
    else:
        messages.info(request, f"Nothing was to bring back: those {noun}s are in your list, or were removed over 30 days ago.")
    return redirect(name)
