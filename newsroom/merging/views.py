"""Staff pages: choose what to merge into, see what will move, confirm; and skills that look alike."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from careers.models import Field, Skill
from newsroom.again import naming, store_again
from newsroom.merging.alike import MOST_PAIRS, alike
from newsroom.merging.forms import TargetForm
from newsroom.merging.merge import MergeRefused, merge_fields, merge_skills, moving
from newsroom.tasks import link_jobs

RIGHT = "careers.publish_guide"
_NUMBER = re.compile(r"[0-9]{1,18}")
Merge = Callable[[Any, Any], Skill | Field]


def skill_urls(admin: ModelAdmin[Skill]) -> list[URLPattern]:
    looks = require_safe(admin.admin_site.admin_view(partial(_look_alike, admin)))
    return [path("alike/", looks, name="careers_skill_alike"), _url(admin, merge_skills, "careers_skill_merge")]


def field_url(admin: ModelAdmin[Field]) -> URLPattern:
    return _url(admin, merge_fields, "careers_field_merge")


def _url(admin: ModelAdmin[Any], merge: Merge, name: str) -> URLPattern:
    page = require_http_methods(["GET", "HEAD", "POST"])(admin.admin_site.admin_view(partial(_merge, admin, merge)))
    return path("<int:pk>/merge/", page, name=name)


def _merge(admin: ModelAdmin[Any], merge: Merge, request: HttpRequest, pk: int) -> HttpResponse:
    """GET asks for the other one, and with `into` shows what will move; POST does it."""
    row = _row(admin, request, pk)
    data = request.POST if request.method == "POST" else request.GET if "into" in request.GET else None
    form = TargetForm(row, admin.admin_site, None if data is None else {"into": _number(data.get("into", ""))})
    is_chosen = form.is_bound and form.is_valid()
    if request.method == "POST" and is_chosen and (merged := _merged(admin, request, row, form, merge)):
        return HttpResponseRedirect(_change(merged))
    into = form.cleaned_data["into"] if is_chosen and form.is_valid() else None
    context = {"row": row, "form": form, "into": into, "moving": moving(row) if into else [], "is_skill": isinstance(row, Skill)}
    shown = {**admin.admin_site.each_context(request), "opts": admin.opts, "media": admin.media + form.media, **context}
    title = f"Merge “{row}” into another {admin.opts.verbose_name}"
    return TemplateResponse(request, "admin/newsroom/merge.html", {**shown, "title": title}, status=422 if form.errors else 200)


def _number(given: str) -> str:
    """Empty for what is no number of a row: the list of choices cannot be drawn with it."""
    return given if _NUMBER.fullmatch(given) else ""


def _row(admin: ModelAdmin[Any], request: HttpRequest, pk: int) -> Any:
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    row = admin.model._default_manager.filter(pk=pk).first()
    if row is None:
        raise Http404("There is no such skill or field.")
    return row


def _merged(admin: ModelAdmin[Any], request: HttpRequest, row: Any, form: TargetForm, merge: Merge) -> Skill | Field | None:
    into = form.cleaned_data["into"]
    moved = ", ".join(f"{one.rows} {one.label}" for one in moving(row)) or "nothing referred to it"
    try:
        survivor = merge(row, into)
    except MergeRefused as error:  # somebody was quicker
        form.add_error("into", str(error))
        return None
    admin.log_change(request, row, f"Merged into “{into}” (number {into.pk}).")
    admin.log_change(request, survivor, f"“{row}” was merged into it: {moved}.")
    if isinstance(survivor, Skill):
        link_jobs.defer(skill_id=survivor.pk)
        store_again(naming(survivor), "A skill was merged")
    admin.message_user(request, f"“{row}” is “{survivor}” now. Moved: {moved}.", messages.SUCCESS)
    return survivor


def _change(row: Skill | Field) -> str:
    return reverse(f"admin:careers_{row._meta.model_name}_change", args=[row.pk])


def _look_alike(admin: ModelAdmin[Skill], request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    found = alike()
    ids = {pk for pair in found for pk, _ in (pair.one, pair.other)}
    uses = dict(Skill.objects.filter(pk__in=ids).annotate(guides=Count("uses__guide", distinct=True)).values_list("pk", "guides"))
    rows = [
        {"pair": pair, "guides": (uses[pair.one[0]], uses[pair.other[0]])}
        for pair in found
        if pair.one[0] in uses and pair.other[0] in uses
    ]
    context = {**admin.admin_site.each_context(request), "opts": admin.opts, "rows": rows, "most": MOST_PAIRS}
    return TemplateResponse(request, "admin/newsroom/alike.html", {**context, "title": "Skills that look alike"})
