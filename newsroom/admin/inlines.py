"""The repeated parts of a guide inside its form: short rows as tables, long ones as folded stacks."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Prefetch, QuerySet
from django.forms import Textarea
from django.http import HttpRequest

from careers.models import (
    CaseShare,
    CaseStudy,
    DayBlock,
    Guide,
    GuideSkill,
    GuideSource,
    MarginNote,
    NameToKnow,
    Outlook,
    PayBand,
    Question,
    QuestionShare,
    RelatedPin,
    SkillGroup,
    Step,
    Takeaway,
    Tier,
    Tool,
    TrainingOption,
    WorldPlace,
)
from careers.models.fields import LinesField
from newsroom.admin import formsets
from newsroom.admin.access import WithGuide
from newsroom.admin.forms import WIDE, WIDGETS, LevelForm, PartForm, PinForm, line


class _Part(WithGuide):
    form: Any = PartForm
    formset: Any = formsets.PartFormSet
    formfield_overrides: ClassVar[Any] = WIDGETS
    fields: ClassVar[Any]
    extra = 0
    classes: ClassVar[Any] = ("collapse",)
    ordering: ClassVar[Any] = ("position", "pk")
    sizes: ClassVar[dict[str, int]] = {}  # characters that an input of one line shows, where Django's 20 em do not fit

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if size := self.sizes.get(db_field.name):
            kwargs["widget"] = line(size)
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_view_related = False
            field.widget.widget.attrs["data-width"] = "22em"  # a long source would push the table off the screen
        return field


class Table(_Part, admin.TabularInline[Any, Guide]):
    def get_formset(self, request: HttpRequest, obj: Guide | None = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.is_table = True
        return formset


class Stack(_Part, admin.StackedInline[Any, Guide]):
    pass


class TakeawayInline(Table):
    model = Takeaway
    fields = ("position", "text", "section")
    sizes = {"text": 60}


class ToolInline(Table):
    model = Tool
    formset = formsets.ToolFormSet
    fields = ("position", "group", "name", "examples")
    formfield_overrides = {LinesField: {"widget": Textarea(attrs={"rows": 3, "cols": 30})}}
    sizes = {"group": 20, "name": 32}


class PayBandInline(Stack):
    model = PayBand
    autocomplete_fields = ("source",)
    fieldsets = (
        (None, {"fields": ("position", "method", ("place", "country"), ("currency", "unit", "full_year"))}),
        ("Measured pay", {"fields": (("p10", "p25", "p75", "p90"),), "description": "Percentiles of a survey. Only with 'Measured'."}),
        ("Both kinds", {"fields": ("median",)}),
        (
            "Editor's range",
            {"fields": (("range_min", "range_max"), ("entry", "mid", "senior", "top")), "description": "Only with 'Editor's figure'."},
        ),
        ("Receipt", {"fields": (("source", "period"), "occupation", "note")}),
    )
    sizes = {"place": 30, "country": 2, "currency": 3, "occupation": WIDE, "note": WIDE}


class OutlookInline(Stack):
    model = Outlook
    autocomplete_fields = ("source",)
    fields = (
        "position",
        "method",
        ("percent", "all_jobs_percent", "openings_per_year"),
        ("period_from", "period_to"),
        ("place", "country"),
        "source",
        "occupation",
        "note",
        "stated_label",
    )
    sizes = {"place": 30, "country": 2, "occupation": WIDE, "note": WIDE, "stated_label": WIDE}


class WorldPlaceInline(Table):
    model = WorldPlace
    fields = ("position", "name", "note")
    sizes = {"name": 20, "note": 60}


class LevelInline(Stack):
    model = SkillGroup
    form = LevelForm
    fields = ("position", ("title", "description"), "skill_names")
    sizes = {"title": 20, "description": 60}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.prefetch_related(Prefetch("skills", GuideSkill.objects.select_related("skill")))


class StepInline(Stack):
    model = Step
    fields = ("position", ("title", "when"), "text")


class TrainingOptionInline(Table):
    model = TrainingOption
    fields = ("position", "name", "time", "good_for")
    sizes = {"name": 28, "time": 16, "good_for": 36}


class NameInline(Stack):
    model = NameToKnow
    fields = ("position", ("kind", "name", "abbreviation"), "url", "note")
    sizes = {"name": 40, "abbreviation": 10, "url": WIDE, "note": WIDE}


class TierInline(Stack):
    model = Tier
    fields = ("position", ("title", "short_title", "tagline"), ("years_min", "years_max", "kind", "pay_level"), "text")


class PinInline(Table):
    model = RelatedPin
    form = PinForm
    formset = formsets.PinFormSet
    fields = ("position", "slug", "reason")
    sizes = {"reason": 60}


class DayBlockInline(Stack):
    model = DayBlock
    fields = ("position", ("name", "start", "end"), "focus", "tasks")
    sizes = {"focus": WIDE}


class CaseStudyInline(Stack):
    model = CaseStudy
    formset = formsets.CaseFormSet
    autocomplete_fields = ("source",)
    fields = ("position", "title", "slug", "result", "text", "takeaway", ("basis", "source", "held"))
    prepopulated_fields = {"slug": ("title",)}
    sizes = {"title": WIDE, "slug": WIDE, "result": WIDE, "takeaway": WIDE}


class CaseShareInline(Table):
    model = CaseShare
    formset = formsets.CaseShareFormSet
    fields = ("position", "case")
    autocomplete_fields = ("case",)


class QuestionInline(Stack):
    model = Question
    autocomplete_fields = ("source",)
    fields = ("position", "question", "answer", ("source", "held"))
    sizes = {"question": WIDE}


class QuestionShareInline(Table):
    model = QuestionShare
    formset = formsets.QuestionShareFormSet
    fields = ("position", "question")
    autocomplete_fields = ("question",)


class SourceInline(Table):
    model = GuideSource
    formset = formsets.SourceFormSet
    fields = ("position", "source", "supports")
    autocomplete_fields = ("source",)
    sizes = {"supports": 40}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.select_related("source")


class NoteInline(Stack):
    model = MarginNote
    fields = ("position", ("section", "title"), "text")
