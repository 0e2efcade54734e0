"""Somebody else saved first: both are shown, and the second puts them together, takes over, or lets go."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from pydantic import ValidationError

from careers.document import rows, schema
from careers.models import Guide
from careers.working import stored
from newsroom import unsaved
from newsroom.admin.access import editor, may_change
from newsroom.admin.drafts import list_used_sources
from newsroom.admin.faults import in_words
from newsroom.admin.unsaved_views import form_of
from newsroom.collision.meeting import Meeting, met, seen_of
from newsroom.collision.plain import label, plain
from newsroom.collision.posted import NotValid, document_of
from newsroom.collision.three_way import MINE, Comparison, compare, merged

GuideAdmin = ModelAdmin[Guide]


def before_saving(admin: Any, request: Any, object_id: str) -> HttpResponse | None:
    """Called with a sent form. None: nobody saved meanwhile, or the form has faults and comes back with them.

    Otherwise what was sent is kept, and the answer leads to the page that shows both.
    """
    guide = Guide.objects.select_for_update().filter(pk=int(object_id)).first() if object_id.isdecimal() else None
    if guide is None or not may_change(request):
        return None
    meeting = met(guide, seen_of(request.POST))
    if meeting is None:
        return None
    unsaved.keep(editor(request), guide, request.POST, seen_of(request.POST))
    try:
        document_of(admin, request, guide, request.POST)
    except (NotValid, ValidationError):
        request.only_shown = True
        words = f"{_name(meeting)} saved this guide meanwhile. Mend what is marked, then save: you will be asked how to put both together."
        admin.message_user(request, words, messages.WARNING)
        return None
    return HttpResponseRedirect(reverse("admin:careers_guide_meet", args=[guide.pk]))


@dataclass(frozen=True)
class Choice:
    """One field of the document that both changed."""

    name: str
    label: str
    theirs: str
    mine: str


def meet(admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    """Shows both, and on POST writes what was chosen as the new working copy."""
    if not may_change(request):
        raise PermissionDenied
    with transaction.atomic():
        guide = Guide.objects.select_for_update().filter(pk=pk).first()
        if guide is None:
            raise Http404("There is no such guide.")
        kept = unsaved.of(editor(request), guide)
        meeting = met(guide, kept.seen) if kept else None
        if kept is None or meeting is None:
            return HttpResponseRedirect(form_of(guide) + ("?unsaved=1" if kept else ""))
        try:
            mine = document_of(admin, request, guide, unsaved.fields_of(kept))
        except (NotValid, ValidationError):
            return HttpResponseRedirect(form_of(guide) + "?unsaved=1")
        comparison = compare(meeting.base, meeting.theirs, mine)
        if request.method == "POST" and (answer := _decide(admin, request, guide, meeting, mine, comparison)):
            return answer
    context = {
        **admin.admin_site.each_context(request),
        "opts": Guide._meta,
        "title": f"{_name(meeting)} saved “{guide}” while you were writing",
        "guide": guide,
        "their_name": _name(meeting),
        "number": meeting.number,
        "only_mine": [label(name) for name in comparison.only_mine],
        "only_theirs": [label(name) for name in comparison.only_theirs],
        "choices": [Choice(name, label(name), plain(meeting.theirs, name), plain(mine, name)) for name in comparison.both],
    }
    return TemplateResponse(request, "admin/careers/guide/meet.html", context)


def _decide(
    admin: Any, request: HttpRequest, guide: Guide, meeting: Meeting, mine: schema.Guide, comparison: Comparison
) -> HttpResponse | None:
    """None: the page is shown again, with a message."""
    if request.POST.get("number") != str(meeting.number):
        admin.message_user(request, "The guide was saved once more meanwhile. Here is how it stands now.", messages.WARNING)
        return None
    if "_mine" in request.POST:
        take = {*comparison.only_mine, *comparison.only_theirs, *comparison.both}
    else:
        chosen = {name for name in comparison.both if request.POST.get(f"choice-{name}") == MINE}
        take = {*comparison.only_mine, *chosen}
    try:
        document = merged(meeting.theirs, mine, take).model_copy(update={"slug": guide.slug})
    except ValidationError as error:
        admin.message_user(request, f"Put together like this the guide contradicts itself: {'; '.join(in_words(error))}", messages.ERROR)
        return None
    rows.write(document, guide)
    list_used_sources(guide)
    stored(guide, by=editor(request), note=f"Put together with what {_name(meeting)} saved"[:300])
    unsaved.forget(editor(request), guide)
    admin.log_change(request, guide, f"Put together with what {_name(meeting)} saved.")
    admin.message_user(request, f"“{guide}” is saved with what you chose.", messages.SUCCESS)
    return HttpResponseRedirect(form_of(guide))


def _name(meeting: Meeting) -> str:
    return str(meeting.by) if meeting.by else "Somebody"
