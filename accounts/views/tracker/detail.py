"""The page of one application, its facts and the salary talked about."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import TrackedApplication
from accounts.models.tracking_words import Status
from accounts.tracker.forms import EditForm, EventForm, FactsForm, SalaryForm
from accounts.tracker.page import application_page
from accounts.views.tracker.access import own
from kit.http import MemberRequest


@require_safe
def application(request: MemberRequest, pk: int) -> HttpResponse:
    return show(request, own(request, pk))


def show(request: MemberRequest, found: TrackedApplication, event_form: EventForm | None = None) -> HttpResponse:
    """The page; with the form of a new entry as it came back, when something was wrong with it."""
    page = application_page(found)
    form = event_form or EventForm(initial={"status": page.status, "day": page.today, "seen": page.seen}, auto_id="event_%s")
    context = {"page": page, "application": found, "event_form": form, "statuses": Status}
    return render(request, "accounts/tracker/application.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def application_edit(request: MemberRequest, pk: int) -> HttpResponseBase:
    return _edit(request, pk, FactsForm, "Job, employer and note")


@require_http_methods(["GET", "HEAD", "POST"])
def application_salary(request: MemberRequest, pk: int) -> HttpResponseBase:
    return _edit(request, pk, SalaryForm, "Salary talked about")


@transaction.atomic
def _edit(request: MemberRequest, pk: int, form_class: type[EditForm[TrackedApplication]], heading: str) -> HttpResponseBase:
    """The row is locked from reading to writing, so that what another tab saves meanwhile is seen."""
    found = own(request, pk)
    if request.method == "POST":
        found = TrackedApplication.objects.select_for_update().get(pk=found.pk)
    form = form_class(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        found.save(update_fields=[name for name in form.cleaned_data if name != "state"])
        messages.success(request, "Saved.")
        return redirect(found)
    context = {"form": form, "application": own(request, pk), "heading": heading}
    return render(request, "accounts/tracker/form.html", context, status=status_of(form))


def status_of(form: EditForm[TrackedApplication]) -> int:
    """409 for what another tab changed meanwhile and nothing else is wrong with, 422 for what cannot be."""
    return 200 if not form.errors else 409 if form.is_stale and len(form.errors) == 1 else 422
