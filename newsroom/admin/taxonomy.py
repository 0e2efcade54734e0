"""Fields of work, skills and sources."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Model, QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.html import format_html_join

from careers.models import Field, Guide, Skill, SkillAlias, Source
from kit.text import Fold, fold
from newsroom.addresses import views as addresses
from newsroom.admin.forms import SourceForm
from newsroom.admin.formsets import OnceMixin
from newsroom.again import citing, naming, store_again
from newsroom.merging import views as merging
from newsroom.tasks import link_jobs

STORED = "Published guides keep the words they were published with. A change here shows when a guide is published again."


def guide_links(guides: QuerySet[Guide]) -> str:
    """For a read-only field; an empty one is shown as a dash by the admin."""
    rows = ((reverse("admin:careers_guide_change", args=[pk]), title) for pk, title in guides.values_list("pk", "title").distinct())
    return format_html_join(", ", '<a href="{}">{}</a>', rows)


@admin.register(Field)
class FieldAdmin(admin.ModelAdmin[Field]):
    list_display = ("name", "slug", "position")
    list_editable = ("position",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}

    def get_urls(self) -> list[URLPattern]:
        return [addresses.field_url(self), merging.field_url(self), *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Field | None = None) -> tuple[str, ...]:
        """Guide files and revisions name fields by their slug: it is changed on a page of its own."""
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Field | None = None) -> dict[str, Any]:
        return {} if obj else dict(self.prepopulated_fields)


def _taken(model: type[Model], name: str, message: str, **but: Any) -> None:
    """Refuses a name that `model` holds already, whatever its case and accents."""
    found = model._default_manager.annotate(folded=Fold("name")).filter(folded=fold(name))
    if found.exclude(**but).exists():
        raise ValidationError(message)


class SkillForm(forms.ModelForm[Skill]):
    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        _taken(SkillAlias, name, "This is an alias of another skill.", skill=self.instance.pk or 0)
        return name


class AliasForm(forms.ModelForm[SkillAlias]):
    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        _taken(Skill, name, "There is a skill of this name.", pk=0)
        return name


class AliasFormSet(OnceMixin, BaseInlineFormSet[SkillAlias, Skill, ModelForm[SkillAlias]]):
    once = ("name",)


class AliasInline(admin.TabularInline[SkillAlias, Skill]):
    model = SkillAlias
    form = AliasForm
    formset = AliasFormSet
    extra = 0


@admin.register(Skill)
class SkillAdmin(admin.ModelAdmin[Skill]):
    form = SkillForm
    fieldsets = ((None, {"fields": ("name", "used_in"), "description": STORED}),)
    readonly_fields = ("used_in",)
    inlines = (AliasInline,)
    list_display = ("name", "guide_count")
    ordering = ("name",)  # said here too: counting drops the model's own, and pages of suggestions need one
    search_fields = ("name", "aliases__name")
    actions = None

    def get_urls(self) -> list[URLPattern]:
        return [*merging.skill_urls(self), *super().get_urls()]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "name" in form.changed_data or any(formset.has_changed() for formset in formsets):
            link_jobs.defer(skill_id=form.instance.pk)
        if "name" in form.changed_data and change:
            store_again(naming(form.instance), "A skill was renamed")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Skill]:
        return super().get_queryset(request).annotate(guide_count=Count("uses__guide", distinct=True))

    @admin.display(description="guides", ordering="guide_count")
    def guide_count(self, skill: Any) -> int:
        return int(skill.guide_count)

    @admin.display(description="used in")
    def used_in(self, skill: Skill) -> str:
        return guide_links(Guide.objects.filter(guideskill_set__skill=skill.pk))


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin[Source]):
    form = SourceForm
    fieldsets = ((None, {"fields": (*SourceForm.Meta.fields, "used_in"), "description": STORED}),)
    list_display = ("title", "publisher", "period", "key", "guide_count")
    ordering = ("publisher", "title")
    search_fields = ("key", "publisher", "title")
    actions = None

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and form.changed_data:
            store_again(citing([obj]), "A source was edited")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        return super().get_queryset(request).annotate(guide_count=Count("uses", distinct=True))

    def get_readonly_fields(self, request: HttpRequest, obj: Source | None = None) -> tuple[str, ...]:
        """Guide files and revisions name sources by their key."""
        return ("key", "used_in") if obj else ("used_in",)

    @admin.display(description="guides", ordering="guide_count")
    def guide_count(self, source: Any) -> int:
        return int(source.guide_count)

    @admin.display(description="used in")
    def used_in(self, source: Source) -> str:
        return guide_links(Guide.objects.filter(guidesource_set__source=source.pk))
