"""Saving jobs, as guides are saved (`accounts.views.bookmarks`)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.bookmarks import remove, save_job, seen_job
from accounts.keeping.closing import closing_soon
from accounts.keeping.finding import JOB_SORTS, Finding
from accounts.models import JobBookmark, User
from accounts.models.kept import MAX_NOTE
from accounts.pending import keep_job_for_later, say_job_saved
from accounts.views.chosen import numbers
from accounts.views.notes import answer_note
from jobs.applying.standing import applied_on
from jobs.models import Job
from kit.http import MemberRequest, Request
from kit.redirects import redirect_next

PER_PAGE = 24


@require_safe
def saved_jobs(request: MemberRequest) -> HttpResponseBase:
    """The list, newest first unless asked otherwise. `removed` names jobs just taken off it, to offer the way back."""
    bookmarks = request.user.job_bookmarks
    finding = Finding.read(request.GET, JOB_SORTS)
    page = Paginator(finding.jobs(bookmarks.kept().for_page()), PER_PAGE).get_page(request.GET.get("page"))
    applied = applied_on(request.user.pk, [bookmark.job_id for bookmark in page])
    for bookmark in page:
        bookmark.applied_at = applied.get(bookmark.job_id)
    removed = numbers(request.GET.getlist("removed"))
    context = {
        "page": page,
        "finding": finding,
        "sorts": JOB_SORTS.items(),
        "labels": request.user.labels.by_name(),
        "removed": bookmarks.removed().of_jobs(removed).for_page() if removed else [],
        "closing": closing_soon(request.user),
        "max_note": MAX_NOTE,
        "guide_count": request.user.bookmarks.kept().count(),
        "job_count": bookmarks.kept().count(),
    }
    return render(request, "accounts/saved_jobs.html", context)


@login_not_required
@require_POST
def job_save(request: Request, pk: int) -> HttpResponseBase:
    """Somebody whose session has run out meanwhile signs in first; the job is saved then."""
    if not isinstance(request.user, User):
        return _sign_in_first(request, pk)
    job = _job(pk)
    save_job(user=request.user, job=job)
    if request.htmx:
        return _button(request, job, is_saved=True)
    say_job_saved(request)
    return redirect_next(request, job.get_absolute_url())


@require_POST
def job_remove(request: MemberRequest, pk: int) -> HttpResponseBase:
    bookmark = _bookmark(request, pk)
    remove(bookmark=bookmark)
    if request.htmx:
        return _button(request, bookmark.job, is_saved=False)
    messages.success(request, format_html('Removed. <a href="{}?removed={}">Undo</a>', reverse("accounts:saved_jobs"), pk))
    return redirect_next(request, bookmark.job.get_absolute_url())


@require_POST
def job_note(request: MemberRequest, pk: int) -> HttpResponseBase:
    bookmark = _bookmark(request, pk)
    return answer_note(request, bookmark, back="accounts:saved_jobs")


@login_not_required
@require_GET
def job_start(request: Request, pk: int) -> HttpResponseBase:
    """For visitors: remember the job, sign in, and it is saved (`accounts.pending`)."""
    return redirect(_job(pk)) if request.user.is_authenticated else _sign_in_first(request, pk)


def _sign_in_first(request: Request, pk: int) -> HttpResponseBase:
    job = _job(pk)
    keep_job_for_later(request, pk)
    response = redirect_to_login(job.get_absolute_url())
    return HttpResponseClientRedirect(response.url) if request.htmx else response


def _job(pk: int) -> Job:
    if job := seen_job(pk):
        return job
    raise Http404("There is no such job.")


def _bookmark(request: Request, pk: int) -> JobBookmark:
    assert isinstance(request.user, User)
    bookmark = request.user.job_bookmarks.of_job(pk).for_page().first()
    if bookmark is None:
        raise Http404("This job is not in your list.")
    return bookmark


def _button(request: Request, job: Job, *, is_saved: bool) -> HttpResponse:
    """The form alone, looking as it did on the page: what it needs for that comes back from its hidden fields."""
    compact = request.POST.get("compact", "")[:1]
    context = {"job": job, "is_saved": is_saved, "return_to": request.POST.get("next", ""), "compact": compact}
    return render(request, "jobs/partials/save_button.html", context)
