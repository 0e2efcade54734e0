"""The page that lists all figures by age, and the page that gives one a new source."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from careers.models import Guide, Outlook, PayBand, Source
from careers.working import stored
from newsroom.admin.access import editor, may_change, may_view
from newsroom.admin.drafts import list_used_sources
from newsroom.admin.figure_form import FORMS, FigureForm, new_source_form
from newsroom.admin.forms import SourceForm
from newsroom.figures import receipt, said
from newsroom.figures.listing import KINDS, NONE, Wanted, page, sources

GuideAdmin = ModelAdmin[Guide]
Figure = PayBand | Outlook


def urls(admin: GuideAdmin) -> list[URLPattern]:
    def staff(view: Any) -> Any:
        return admin.admin_site.admin_view(partial(view, admin))

    asks = require_http_methods(["GET", "HEAD", "POST"])
    return [
        path("figures/", require_safe(staff(figures)), name="careers_guide_figures"),
        path("figures/<slug:kind>/<int:pk>/", asks(staff(figure)), name="careers_guide_figure"),
    ]


def figures(admin: GuideAdmin, request: HttpRequest) -> HttpResponse:
    if not may_view(request):
        raise PermissionDenied
    found = sources()
    wanted = Wanted(
        source=_one_of(request, "source", {NONE, *(source.key for source in found)}),
        publisher=_one_of(request, "publisher", {source.publisher for source in found}),
    )
    shown, rows = page(wanted, request.GET.get("page", ""))
    context = {
        "title": "Figures by age",
        "rows": rows,
        "shown": shown,
        "wanted": wanted,
        "sources": found,
        "publishers": sorted({source.publisher for source in found}),
        "may_change": may_change(request),
    }
    return _answer(admin, request, "list.html", context)


def _one_of(request: HttpRequest, name: str, known: set[str]) -> str:
    """A filter that names nothing is none."""
    value = request.GET.get(name, "")
    return value if value in known else ""


def figure(admin: GuideAdmin, request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Numbers, period and source of one figure, changed in one transaction."""
    if not may_change(request):
        raise PermissionDenied
    if kind not in KINDS:
        raise Http404("There is no such kind of figure.")
    with transaction.atomic():
        found = _figure(kind, pk, is_locked=request.method == "POST")
        title = f"New source for {said(found)}"
        form, new = _forms(request, kind, found)
        if request.method == "POST" and _is_valid(request, form, new):
            _save(admin, request, form, new)
            admin.message_user(request, f"The figure of “{found.guide}” is changed in its draft.", messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:careers_guide_figures"))
    context = {
        "title": title,
        "figure": found,
        "receipt": receipt(_figure(kind, pk)),
        "form": form,
        "new": new,
        "errors": _errors(form, new),
    }
    return _answer(admin, request, "change.html", {**context, "may_add": request.user.has_perm("careers.add_source")})


def _figure(kind: str, pk: int, *, is_locked: bool = False) -> Figure:
    """With its guide, which is locked first, as the guide's own form does."""
    try:
        found: Figure = KINDS[kind]._default_manager.select_related("guide", "source").get(pk=pk)
        if is_locked:
            found.guide = Guide.objects.select_for_update().get(pk=found.guide_id)
            found.refresh_from_db(fields=[field.attname for field in found._meta.concrete_fields if field.name != "guide"])
    except (PayBand.DoesNotExist, Outlook.DoesNotExist, Guide.DoesNotExist) as error:
        raise Http404("There is no such figure.") from error
    return found


def _forms(request: HttpRequest, kind: str, found: Figure) -> tuple[FigureForm, SourceForm]:
    data = request.POST if request.method == "POST" else None
    form, new = FORMS[kind](data, instance=found), new_source_form(data)
    form.takes_new_source = data is not None and new.has_changed()
    return form, new


def _is_valid(request: HttpRequest, form: FigureForm, new: SourceForm) -> bool:
    if form.takes_new_source and not request.user.has_perm("careers.add_source"):
        raise PermissionDenied
    return all([form.is_valid(), new.is_valid()])


def _save(admin: GuideAdmin, request: HttpRequest, form: FigureForm, new: SourceForm) -> None:
    by, changed = editor(request), form.save(commit=False)
    if form.takes_new_source:
        source: Source = new.save()
        LogEntry.objects.log_actions(str(by.pk), [source], ADDITION, "Added for a figure.")
        changed.source = source
    changed.save()
    guide: Guide = changed.guide
    list_used_sources(guide)
    stored(guide, by=by, note="A figure has a new source")
    admin.log_change(request, guide, f"Figure changed: {said(changed)}. {receipt(changed)}.")


def _errors(form: FigureForm, new: SourceForm) -> list[str]:
    """What belongs to no field."""
    return [*form.non_field_errors(), *new.non_field_errors()]


def _answer(admin: GuideAdmin, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context.get("form") is not None and context["form"].is_bound else 200
    shown = {**admin.admin_site.each_context(request), "opts": Guide._meta, **context}
    return TemplateResponse(request, f"admin/newsroom/figures/{template}", shown, status=status)
