"""The page of one step of a guide: what will happen, what stands against it, a note, and for the schedule a moment."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts import zones
from accounts.models import User
from careers.diff import SectionChange, diff
from careers.models import Guide
from newsroom.admin.access import editor
from newsroom.admin.drafts import Readiness
from newsroom.admin.forms import newest_number
from newsroom.states import RULES, Refused, Rule, Verb, carry_out
from newsroom.states.moments import moment_of
from newsroom.states.rules import fits
from newsroom.states.steps import When

GuideAdmin = ModelAdmin[Guide]

EXPLAINED = {
    Verb.SUBMIT: "Editors are told by mail. You can go on writing; they see what is saved when they look.",
    Verb.TAKE_BACK: "It is a draft again, and editors need not look at it.",
    Verb.SEND_BACK: "It is a draft again. Whoever asked for the review gets your note by mail.",
    Verb.PUBLISH: "Visitors see the saved draft at once, and it is kept as a revision that nobody can change.",
    Verb.SCHEDULE: "What is saved now goes live at that moment by itself. What is written afterwards stays a draft.",
    Verb.UNSCHEDULE: "Nothing goes live by itself any more. The draft stays as it is.",
    Verb.RETIRE: "Visitors no longer find the guide, and its address answers that it is gone. "
    "The draft, its revisions and people's bookmarks stay. You can publish it again at any time.",
    Verb.REOPEN: "It is a draft that can be worked on and published again. Visitors see nothing of it yet.",
}


class StepForm(forms.Form):
    note = forms.CharField(
        max_length=2000, required=False, widget=AdminTextareaWidget(attrs={"rows": 3}), help_text="Stays with the guide. For staff only."
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, rule: Rule, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].required = rule.needs_note

    @property
    def when(self) -> When | None:
        return None


class ScheduleForm(StepForm):
    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}))
    clock = forms.TimeField(label="Time", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    zone = forms.ChoiceField(label="Time zone", choices=lambda: zones.choices("UTC"))
    field_order = ("day", "clock", "zone", "note", "seen")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if {"day", "clock", "zone"} <= data.keys():
            try:
                data["moment"] = moment_of(data["day"], data["clock"], data["zone"])
            except ValueError as error:
                self.add_error("clock", str(error))
        return data

    @property
    def when(self) -> When | None:
        return When(self.cleaned_data["moment"], self.cleaned_data["zone"])


def step(admin: GuideAdmin, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Asks, and on POST takes the step. A step that is not possible any more says so and leads back to the form of the guide."""
    rule = RULES.get(Verb(verb)) if verb in Verb.values else None
    guide = Guide.objects.filter(pk=pk).first()
    if rule is None or guide is None:
        raise Http404("There is no such step.")
    user = editor(request)
    if not user.has_perm(rule.right):
        raise PermissionDenied
    if guide.state not in rule.before or not fits(rule, guide, user):
        admin.message_user(request, f"“{guide}” is {guide.get_state_display().lower()} now, so this is not possible.", messages.WARNING)
        return _to_form(guide)
    form = _form(rule, guide, user, request)
    if request.method == "POST" and form.is_valid() and _take(admin, request, rule, guide, form):
        return _to_form(guide)
    readiness = Readiness(guide) if rule.is_gated or rule.verb == Verb.SUBMIT else None
    context = {
        **admin.admin_site.each_context(request),
        "opts": Guide._meta,
        "title": f"{rule.verb.label}: “{guide}”",
        "guide": guide,
        "rule": rule,
        "explained": EXPLAINED[rule.verb],
        "form": form,
        "readiness": readiness,
        "changes": _changes(readiness),
    }
    return TemplateResponse(request, "admin/careers/guide/step.html", context, status=422 if form.errors else 200)


def _changes(readiness: Readiness | None) -> list[SectionChange]:
    """Between what visitors see and the draft; nothing for a guide that is not on the site."""
    if readiness is None or readiness.listing is None or readiness.document is None:
        return []
    return diff(readiness.listing.document, readiness.document)


def _form(rule: Rule, guide: Guide, user: User, request: HttpRequest) -> StepForm:
    kind = ScheduleForm if rule.verb == Verb.SCHEDULE else StepForm
    data = request.POST if request.method == "POST" else None
    return kind(rule, data, initial={"seen": newest_number(guide), **_moment(guide, user)})


def _moment(guide: Guide, user: User) -> dict[str, Any]:
    """What stands now, or the person's own zone."""
    zone = guide.goes_live_zone or user.time_zone
    if guide.goes_live_at is None:
        return {"zone": zone}
    with timezone.override(zone):
        local = timezone.localtime(guide.goes_live_at)
    return {"zone": zone, "day": local.date(), "clock": local.time()}


def _take(admin: GuideAdmin, request: HttpRequest, rule: Rule, guide: Guide, form: StepForm) -> bool:
    note = form.cleaned_data["note"]
    try:
        carry_out(guide, rule.verb, by=editor(request), note=note, when=form.when, seen=form.cleaned_data["seen"])
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
        return False
    admin.log_change(request, guide, f"{rule.verb.label}. {note}".strip())
    admin.message_user(request, f"You {rule.past} “{guide}”.", messages.SUCCESS)
    return True


def _to_form(guide: Guide) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:careers_guide_change", args=[guide.pk]))
