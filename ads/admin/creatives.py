from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from ads import figures
from ads.admin.pictures import PictureInline
from ads.counting import mark_spent
from ads.models import Creative, Shape, State
from ads.shelf import Ad


class CreativeForm(forms.ModelForm[Creative]):
    class Meta:
        model = Creative
        fields = ("name", "title", "text", "link", "shape", "is_on", "starts_at", "ends_at", "fields", "weight", "cap")
        widgets = {"fields": forms.CheckboxSelectMultiple, "text": forms.TextInput(attrs={"size": 90})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Django's admin puts two inputs under one label: each gets a name that is read aloud."""
        super().__init__(*args, **kwargs)
        for name in ("starts_at", "ends_at"):
            field: Any = self.fields[name]
            for part, words in zip(field.widget.widgets, ("date", "time"), strict=True):
                part.attrs["aria-label"] = f"{field.label}, {words}"


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return list(State.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Creative]) -> QuerySet[Creative]:
        state = self.value()
        if state not in State.values:
            return queryset
        return queryset.filter(pk__in=Creative.objects.in_state(State(state or ""), timezone.now()).values("pk"))


@admin.register(Creative)
class CreativeAdmin(admin.ModelAdmin[Creative]):
    form = CreativeForm
    fieldsets = (
        (None, {"fields": ("name", "title", "text", "link")}),
        ("Where", {"fields": ("shape", "fields")}),
        ("When and how often", {"fields": ("is_on", "starts_at", "ends_at", "weight", "cap")}),
    )
    inlines = (PictureInline,)
    list_display = ("name", "state", "seen", "followed", "rate", "weight", "shape", "starts_at", "ends_at")
    list_filter = (StateFilter, "shape", "fields")
    search_fields = ("name", "title", "link")
    ordering = ("name",)
    actions = ("switch_on", "switch_off")
    change_form_template = "admin/ads/creative/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Creative]:
        return Creative.objects.with_counts().order_by("name")

    @admin.display(description="state")
    def state(self, creative: Creative) -> str:
        return creative.state(timezone.now()).label

    @admin.display(description="impressions", ordering="seen")
    def seen(self, creative: Any) -> int:
        return int(creative.seen)

    @admin.display(description="clicks", ordering="followed")
    def followed(self, creative: Any) -> int:
        return int(creative.followed)

    @admin.display(description="rate")
    def rate(self, creative: Any) -> str:
        return figures.rate(creative.seen, creative.followed)

    @admin.action(description="Switch on", permissions=["change"])
    def switch_on(self, request: HttpRequest, chosen: QuerySet[Creative]) -> None:
        self._switch(request, chosen, is_on=True)

    @admin.action(description="Switch off", permissions=["change"])
    def switch_off(self, request: HttpRequest, chosen: QuerySet[Creative]) -> None:
        self._switch(request, chosen, is_on=False)

    def _switch(self, request: HttpRequest, chosen: QuerySet[Creative], *, is_on: bool) -> None:
        count = Creative.objects.filter(pk__in=list(chosen.values_list("pk", flat=True))).update(is_on=is_on)
        self.message_user(request, f"{count} switched {'on' if is_on else 'off'}.", messages.SUCCESS)

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Creative, form: ModelForm[Creative], change: bool) -> None:
        """Whether the cap is reached is asked anew: staff may have changed it, and the form may be older than the last count."""
        obj.spent_at = None
        super().save_model(request, obj, form, change)
        if obj.cap is not None:
            mark_spent({obj.pk: obj.cap})

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if creative := context.get("original"):
            context["figures"] = figures.overview(creative, timezone.now().date())
            context["state"] = creative.state(timezone.now()).label
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        page = require_safe(self.admin_site.admin_view(partial(preview, self)))
        return [path("<int:pk>/preview/", page, name="ads_creative_preview"), *super().get_urls()]


def preview(site: CreativeAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The ad in each of its boxes, on a page of the site, so that its own styles show it."""
    if not site.has_view_permission(request):
        raise PermissionDenied
    creative = Creative.objects.select_related("picture").defer("picture__data").filter(pk=pk).first()
    if creative is None:
        raise Http404("There is no such ad.")
    shapes = [shape for shape in (Shape.BOX, Shape.BAND) if creative.shape in {Shape.ANY, shape}]
    return TemplateResponse(request, "ads/preview.html", {"ad": Ad.of(creative), "shapes": shapes})
