"""Case studies and common questions of all guides, and in which guides each of them stands."""

from typing import Any, ClassVar, cast

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from careers.models import CaseShare, CaseStudy, Guide, Question, QuestionShare
from careers.working import stored
from newsroom.admin.access import WithGuide, editor
from newsroom.admin.drafts import list_used_sources
from newsroom.admin.faults import Fault, part_faults
from newsroom.admin.forms import WIDGETS, CheckedForm

Shared = CaseStudy | Question


class PartOfGuideForm(CheckedForm):
    def faults(self) -> list[Fault]:
        return list(part_faults(self.instance))


class CaseForm(PartOfGuideForm):
    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        others = CaseStudy.objects.filter(guide=self.instance.guide).exclude(pk=self.instance.pk)
        if others.filter(slug=slug).exists():
            raise ValidationError("Another case study of this guide has this address.")
        return slug


class _Shares(WithGuide, admin.TabularInline[Any, Any]):
    """Other guides in which it stands too."""

    fields = ("guide", "position")
    autocomplete_fields = ("guide",)
    extra = 0
    verbose_name = "guide that shows it too"
    verbose_name_plural = "guides that show it too"


class CaseShares(_Shares):
    model = CaseShare


class QuestionShares(_Shares):
    model = QuestionShare


class _PartAdmin(WithGuide, admin.ModelAdmin[Any]):
    """New ones are written in the form of their guide. All guides that show one are drafts once it was changed."""

    readonly_fields: ClassVar[Any] = ("guide_link",)
    autocomplete_fields = ("source",)
    formfield_overrides = WIDGETS
    list_select_related: ClassVar[Any] = ("guide",)
    ordering = ("guide__title", "position")
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return cast("QuerySet[Any]", super().get_queryset(request).annotate(share_count=Count("shares")))

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    @admin.display(description="guide", ordering="guide__title")
    def guide_link(self, part: Shared) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("admin:careers_guide_change", args=[part.guide_id]), part.guide)

    @admin.display(description="other guides", ordering="share_count")
    def others(self, part: Any) -> int:
        return int(part.share_count)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        before = _guides_of(form.instance)
        super().save_related(request, form, formsets, change)
        self._changed(request, before | _guides_of(form.instance))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        guides = _guides_of(obj)
        super().delete_model(request, obj)
        self._changed(request, guides)

    def _changed(self, request: HttpRequest, guides: set[int]) -> None:
        """Somebody who has one of the forms open learns that the guide is no longer what it was."""
        for guide in Guide.objects.filter(pk__in=guides).order_by("pk"):
            list_used_sources(guide)
            stored(guide, by=editor(request), note=f"{self.opts.verbose_name_plural} edited".capitalize())


def _guides_of(part: Shared) -> set[int]:
    return {part.guide_id, *part.shares.values_list("guide", flat=True)}


@admin.register(CaseStudy)
class CaseStudyAdmin(_PartAdmin):
    form = CaseForm
    fields = ("guide_link", "title", "slug", "result", "text", "takeaway", "basis", "source", "held")
    inlines = (CaseShares,)
    list_display = ("title", "guide_link", "others", "basis", "held", "result")
    list_filter = ("basis", "held")
    search_fields = ("title", "guide__title")


@admin.register(Question)
class QuestionAdmin(_PartAdmin):
    form = PartOfGuideForm
    fields = ("guide_link", "question", "answer", "source", "held")
    inlines = (QuestionShares,)
    list_display = ("question", "guide_link", "others", "source", "held")
    list_filter = ("held", ("source", admin.EmptyFieldListFilter))
    list_select_related = ("guide", "source")
    search_fields = ("question", "guide__title")
