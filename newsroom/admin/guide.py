"""Career guides: list, form, saving."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse

from careers.choices import State
from careers.models import Guide
from careers.preview import preview_path
from careers.working import stored
from newsroom import unsaved
from newsroom.admin import chapters, collision_views, guide_views, keeping_views, listing, unsaved_views
from newsroom.admin.access import editor, may_change
from newsroom.admin.drafts import Readiness, list_used_sources, touch_others, was_published
from newsroom.admin.forms import WIDE, WIDGETS, GuideForm, line, moment
from newsroom.bundles.actions import export_selected
from newsroom.readers import votes, waiting
from newsroom.states import RULES, Refused, Verb, allowed, carry_out

SHOWN_REASONS = 5
SHOWN_STEPS = 5
BUTTONS = {"_publish": Verb.PUBLISH, "_submit": Verb.SUBMIT}  # steps that can be taken right after saving


@admin.register(Guide)
class GuideAdmin(admin.ModelAdmin[Guide]):
    form = GuideForm
    fieldsets = chapters.FIELDSETS
    inlines = chapters.ALL_INLINES
    formfield_overrides = WIDGETS
    save_on_top = True
    list_display = ("title", "field", "state_column", "meter", "lacks", "owner", "review_by", "published", "updated")
    list_filter = (listing.StateFilter, listing.MeterFilter, listing.MineFilter, listing.DueFilter, "field")
    list_select_related = ("field", "owner")
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("title", "slug")
    actions = ("publish_selected", export_selected)

    class Media:
        js = (
            Script("js/admin/guide.js", type="module"),
            Script("js/admin/rows.js", type="module"),
            Script("js/admin/writing.js", type="module"),
            Script("js/admin/unsaved.js", type="module"),
        )

    # --- list
    @admin.display(description="state", ordering="state")
    def state_column(self, guide: Guide) -> str:
        return listing.state_words(guide)

    @admin.display(description="filled", ordering="filled")
    def meter(self, guide: Guide) -> str | None:
        return listing.meter(guide)

    @admin.display(description="lacks", ordering="blockers")
    def lacks(self, guide: Guide) -> str | None:
        return listing.lacks(guide)

    @admin.display(description="published", ordering="published_at")
    def published(self, guide: Any) -> str | None:
        return guide.published_at and moment(guide.published_at)

    @admin.display(description="changed", ordering="updated_at")
    def updated(self, guide: Guide) -> str:
        return moment(guide.updated_at)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[listing.GuideList]:
        return listing.GuideList

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Guides are deleted one by one, with their reasons."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(RULES[Verb.PUBLISH].right)

    @admin.action(description="Publish selected guides", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, guides: QuerySet[Guide]) -> None:
        for guide in guides.order_by("title"):
            self._take(request, guide, Verb.PUBLISH)

    # --- form
    def get_urls(self) -> list[URLPattern]:
        return [*guide_views.urls(self), *keeping_views.urls(self), *super().get_urls()]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Guide | None:
        """Locked while a form is saved, so that two editors' rows never mix."""
        guide = super().get_object(request, object_id, from_field)
        if guide and request.method == "POST":
            return Guide.objects.select_for_update().get(pk=guide.pk)
        return guide

    def get_form(self, request: Any, obj: Guide | None = None, change: bool = False, **kwargs: Any) -> Any:
        """What was typed and not saved is shown like a sent form, but never saved by showing it."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        return type("ShownForm", (form,), {"is_valid": lambda _: False}) if getattr(request, "only_shown", False) else form

    def get_readonly_fields(self, request: HttpRequest, obj: Guide | None = None) -> tuple[str, ...]:
        return ("slug",) if obj and was_published(obj) else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Guide | None = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ("title",)}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in {"time_note", "remote_note", "stress_note", "balance_note"}:
            kwargs["widget"] = line(WIDE)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def _changeform_view(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: dict[str, Any] | None
    ) -> HttpResponse:
        """Django's, before which somebody else's save and one's own unsaved copy are looked at."""
        if request.method == "POST":
            if object_id and (answer := collision_views.before_saving(self, request, object_id)):
                return answer
        elif "unsaved" in request.GET and (shown := unsaved_views.restored(request, object_id)):
            with transaction.atomic():  # Django opens none for a GET
                return super()._changeform_view(shown, object_id, form_url, extra_context)  # type: ignore[misc, no-any-return]
        return super()._changeform_view(request, object_id, form_url, extra_context)  # type: ignore[misc, no-any-return]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], add: bool = False, change: bool = False, form_url: str = "", obj: Any = None
    ) -> HttpResponse:
        context["blocks"] = list(chapters.blocks(context["adminform"], context["inline_admin_formsets"]))
        context["show_save_and_add_another"] = False
        context |= self._writing(request, obj)
        if obj:
            obj = Guide.objects.get(pk=obj.pk)  # as it is stored: a form with faults has changed the other
            context["readiness"] = readiness = Readiness(obj)
            context["tasks"] = [(chapters.place(problem.where), problem.message) for problem in readiness.problems]
            context["cautions"] = [(chapters.place(problem.where), problem.message) for problem in readiness.warnings]
            context["open_elements"] = [(chapters.place(e.where), e.name) for e in readiness.meter.open] if readiness.meter else []
            context["preview_url"] = preview_path(obj)
            context["steps"] = allowed(obj, editor(request))
            context["reports"] = waiting(obj)[:SHOWN_STEPS]
            context["votes"] = votes(obj)
            context["moment"] = listing.moment_in_zone(obj)
            context["past_steps"] = [(step, RULES.get(Verb(step.verb))) for step in obj.transitions.select_related("by")[:SHOWN_STEPS]]
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _writing(self, request: HttpRequest, guide: Guide | None) -> dict[str, Any]:
        """Addresses for the scripts of the form, and who has something unsaved here."""
        if not may_change(request):
            return {}
        args = [guide.pk] if guide else []
        new = "" if guide else "_new"
        shown = bool(getattr(request, "only_shown", False))
        return {
            "unsaved": None if shown else unsaved.of(editor(request), guide),
            "is_restored": shown,
            "unsaved_url": reverse(f"admin:careers_guide_unsaved{new}", args=args),
            "discard_url": reverse(f"admin:careers_guide_discard{new}", args=args),
            "others_writing": unsaved.others_writing(editor(request), guide) if guide else [],
        }

    # --- saving
    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        guide = form.instance
        form.save_skills()
        for source in list_used_sources(guide):
            self.message_user(request, f"“{source}” was added to the sources, because something in the guide uses it.", messages.INFO)
        stored(guide, by=editor(request), note="Saved by an editor")
        for other in touch_others(guide):
            stored(other, by=editor(request), note=f"Something that “{guide}” shares with it was saved"[:300])
        unsaved.forget(editor(request), guide if change else None)

    def response_add(self, request: HttpRequest, obj: Guide, post_url_continue: str | None = None) -> HttpResponse:
        return self._after_saving(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Guide) -> HttpResponse:
        return self._after_saving(request, obj) or super().response_change(request, obj)

    def _after_saving(self, request: HttpRequest, guide: Guide) -> HttpResponse | None:
        """Takes the step that a button asks for; the saved draft stays when it is refused."""
        verb = next((verb for button, verb in BUTTONS.items() if button in request.POST), None)
        if verb is None:
            return None
        if request.user.has_perm(RULES[verb].right):
            self._take(request, guide, verb)
        return HttpResponseRedirect(reverse("admin:careers_guide_change", args=[guide.pk]))

    def _take(self, request: HttpRequest, guide: Guide, verb: Verb) -> None:
        if verb == Verb.PUBLISH and Guide.objects.filter(pk=guide.pk, state=State.PUBLISHED).exists():
            self.message_user(request, f"“{guide}” says what visitors see already: there is nothing to publish.", messages.INFO)
            return
        try:
            carry_out(guide, verb, by=editor(request))
        except Refused as refused:
            more = f" And {len(refused.reasons) - SHOWN_REASONS} more." if len(refused.reasons) > SHOWN_REASONS else ""
            said = " ".join(refused.reasons[:SHOWN_REASONS])
            done = "published" if verb == Verb.PUBLISH else "in review"
            self.message_user(request, f"“{guide}” is saved, but not {done}. {said}{more}", messages.WARNING)
        else:
            self.log_change(request, guide, f"{verb.label}.")
            self.message_user(request, f"You {RULES[verb].past} “{guide}”.", messages.SUCCESS)

    # --- deleting
    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        guide = super().get_object(request, object_id)
        if guide and self.has_delete_permission(request, guide) and was_published(guide):
            self.message_user(
                request,
                f"“{guide}” was published, so it is not deleted: people may have kept it or link to it. Take it off the site instead.",
                messages.ERROR,
            )
            return HttpResponseRedirect(reverse("admin:careers_guide_change", args=[guide.pk]))
        return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Parts and revisions go with their guide: no permission of their own is asked for."""
        to_delete, counts, _, protected = super().get_deleted_objects(objs, request)
        lacking = set() if self.has_delete_permission(request) else {Guide._meta.verbose_name}
        return to_delete, counts, lacking, protected
