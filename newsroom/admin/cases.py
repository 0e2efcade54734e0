"""Case studies of all guides in one list."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from careers.models import CaseStudy
from newsroom.admin.access import WithGuide, editor
from newsroom.admin.drafts import keep, list_used_sources
from newsroom.admin.faults import Fault, part_faults
from newsroom.admin.forms import WIDGETS, CheckedForm


class CaseForm(CheckedForm):
    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        others = CaseStudy.objects.filter(guide=self.instance.guide).exclude(pk=self.instance.pk)
        if others.filter(slug=slug).exists():
            raise ValidationError("Another case study of this guide has this address.")
        return slug

    def faults(self) -> list[Fault]:
        return list(part_faults(self.instance))


@admin.register(CaseStudy)
class CaseStudyAdmin(WithGuide, admin.ModelAdmin[CaseStudy]):
    """New ones are written in the form of their guide."""

    form = CaseForm
    fields = ("guide_link", "title", "slug", "result", "text", "takeaway", "basis", "source")
    readonly_fields = ("guide_link",)
    autocomplete_fields = ("source",)
    formfield_overrides = WIDGETS
    list_display = ("title", "guide_link", "basis", "result")
    list_filter = ("basis",)
    list_select_related = ("guide",)
    search_fields = ("title", "guide__title")
    ordering = ("guide__title", "position")
    actions = None

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    @admin.display(description="guide", ordering="guide__title")
    def guide_link(self, case: CaseStudy) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("admin:careers_guide_change", args=[case.guide_id]), case.guide)

    def save_model(self, request: HttpRequest, obj: CaseStudy, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        list_used_sources(obj.guide)
        self._changed(request, obj)

    def delete_model(self, request: HttpRequest, obj: CaseStudy) -> None:
        super().delete_model(request, obj)
        self._changed(request, obj)

    def _changed(self, request: HttpRequest, case: CaseStudy) -> None:
        """Somebody who has the guide's form open learns that the guide is no longer what it was."""
        case.guide.save(update_fields=["updated_at"])
        keep(case.guide, by=editor(request), note="Case study edited")
