"""The queue of guides to look through, and the button that says that one is right."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from careers.models import Guide
from newsroom.admin.access import editor, may_change, may_view
from newsroom.review import Outdated, in_a_year, mark_reviewed
from newsroom.review.queue import KINDS, Wanted, page

GuideAdmin = ModelAdmin[Guide]
MOST_AHEAD = timedelta(days=3 * 366)


def urls(admin: GuideAdmin) -> list[URLPattern]:
    def staff(view: Any) -> Any:
        return admin.admin_site.admin_view(partial(view, admin))

    return [
        path("review/", require_safe(staff(queue)), name="careers_guide_review"),
        path("<int:pk>/reviewed/", require_POST(staff(reviewed)), name="careers_guide_reviewed"),
    ]


class ReviewedForm(forms.Form):
    """`seen`: the day that the guide was due when the page was made; empty for none."""

    next = forms.DateField(label="Next time by", widget=forms.DateInput(attrs={"type": "date"}))
    seen = forms.DateField(required=False, widget=forms.HiddenInput)

    def clean_next(self) -> date:
        day: date = self.cleaned_data["next"]
        today = timezone.localdate()
        if not today < day <= today + MOST_AHEAD:
            raise ValidationError("Choose a day to come, within three years.")
        return day


@dataclass(frozen=True)
class Row:
    guide: Guide
    form: ReviewedForm


def queue(admin: GuideAdmin, request: HttpRequest) -> HttpResponse:
    return _answer(admin, request)


def reviewed(admin: GuideAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    if not may_change(request):
        raise PermissionDenied
    guide = Guide.objects.filter(pk=pk).first()
    if guide is None:
        raise Http404("There is no such guide.")
    form = ReviewedForm(request.POST, prefix=str(pk))
    if not form.is_valid():
        return _answer(admin, request, refused=(pk, form))
    try:
        mark_reviewed(guide, by=editor(request), next=form.cleaned_data["next"], seen=form.cleaned_data["seen"])
    except Outdated:
        words = f"Nothing was changed: “{guide}” was looked through, or given another day, after you opened this page."
        admin.message_user(request, words, messages.WARNING)
    else:
        day = f"{form.cleaned_data['next']:%-d %B %Y}"
        admin.message_user(request, f"“{guide}” is looked through. It is due again on {day}.", messages.SUCCESS)
    return HttpResponseRedirect(_address(request))


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the address says that can be understood."""
    kind, whose, number = (request.GET.get(name, "") for name in ("show", "whose", "page"))
    found = {"show": kind if kind in KINDS else "", "whose": whose if whose == "mine" else "", "page": number if number.isdecimal() else ""}
    return {name: value for name, value in found.items() if value}


def _address(request: HttpRequest) -> str:
    asked = _asked(request)
    return reverse("admin:careers_guide_review") + (f"?{urlencode(asked)}" if asked else "")


def _answer(admin: GuideAdmin, request: HttpRequest, refused: tuple[int, ReviewedForm] | None = None) -> HttpResponse:
    if not may_view(request):
        raise PermissionDenied
    asked, today = _asked(request), timezone.localdate()
    wanted = Wanted(asked.get("show", ""), editor(request).pk if "whose" in asked else None)
    shown = page(wanted, today, asked.get("page", ""))
    context = {
        **admin.admin_site.each_context(request),
        "opts": Guide._meta,
        "title": "Guides to look through",
        "shown": shown,
        "rows": [Row(guide, _form(guide, today, refused)) for guide in shown.object_list],
        "kinds": KINDS,
        "asked": asked,
        "query": urlencode(asked),
        "today": today,
        "may_change": may_change(request),
    }
    return TemplateResponse(request, "admin/newsroom/review/queue.html", context, status=422 if refused else 200)


def _form(guide: Guide, today: date, refused: tuple[int, ReviewedForm] | None) -> ReviewedForm:
    """That of the row which was sent and refused keeps what was typed."""
    if refused and refused[0] == guide.pk:
        return refused[1]
    return ReviewedForm(
        prefix=str(guide.pk), initial={"next": in_a_year(today).isoformat(), "seen": guide.review_by and guide.review_by.isoformat()}
    )
