"""Applying for a job on our form. What was typed comes back in every answer but the one that sent it."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from jobs.applying import stops
from jobs.applying.form import ApplicationForm
from jobs.applying.limits import wait_until
from jobs.applying.sending import AlreadyApplied, TooMany, has_confirmed_address, send_application
from jobs.applying.standing import application_for, applied_elsewhere
from jobs.choices import State
from jobs.models import Application, Job
from kit.http import MemberRequest


@login_not_required  # a form that was sent after the session ran out must not lose its letter
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: MemberRequest, pk: int, slug: str) -> HttpResponseBase:
    job = _job(pk)
    is_post = request.method == "POST"
    if not is_post and slug != job.slug:
        return redirect("jobs:apply", job.pk, job.slug, permanent=True)
    if not request.user.is_authenticated:
        return _stopped(request, job, stops.signed_out(job)) if is_post else redirect_to_login(request.path)
    # Asked first: what a second click sends meanwhile is tracked as well, and must be found as sent, not as noted elsewhere.
    noted = applied_elsewhere(request.user.pk, [job.pk]).get(job.pk)
    if sent := application_for(request.user, job):
        return _applied_before(request, sent)
    if stop := _stop(request, job, noted):
        return _stopped(request, job, stop)
    if not is_post:
        form = ApplicationForm(initial={"name": request.user.display_name})
    elif (form := ApplicationForm(request.POST, request.FILES)).is_valid():
        return _send(request, job, form)
    return render(request, "jobs/apply.html", {"form": form, "job": job}, status=422 if form.errors else 200)


def _send(request: MemberRequest, job: Job, form: ApplicationForm) -> HttpResponseBase:
    try:
        application = send_application(user=request.user, job=job, **form.cleaned_data)
    except AlreadyApplied as before:  # a second click
        return redirect(before.application)
    except TooMany as many:
        return _stopped(request, job, stops.too_many(many.until))
    return redirect(application)


def _job(pk: int) -> Job:
    job = Job.objects.select_related("employer").filter(pk=pk).first()
    if job is None or job.state == State.HELD:
        raise Http404("There is no such job.")
    return job


def _stop(request: MemberRequest, job: Job, noted: datetime | None) -> stops.Stop | None:
    """`noted`: when the person applied by another way, as far as they told us."""
    if not job.is_open:
        return stops.closed()
    if not job.apply_email:
        return stops.moved(job)
    if not has_confirmed_address(request.user):
        return stops.unconfirmed(request.user.email)
    if noted and request.GET.get("again") != "yes":
        return stops.applied_before(job, noted)
    until = wait_until(request.user, job)
    return stops.too_many(until) if until else None


def _stopped(request: MemberRequest, job: Job, stop: stops.Stop) -> HttpResponse:
    letter = request.POST.get("letter", "") if request.method == "POST" else ""
    response = render(request, "jobs/apply_stopped.html", {"job": job, "stop": stop, "letter": letter}, status=stop.status)
    if stop.retry_after:
        response["Retry-After"] = str(stop.retry_after)
    return response


def _applied_before(request: MemberRequest, sent: Application) -> HttpResponseBase:
    when = date_format(localtime(sent.sent_at), "F j, Y")
    messages.info(request, f"You applied on {when}. Here is what you sent.")
    return redirect(sent)
