"""Career guides: list, form, publishing."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse

from careers.models import Guide
from careers.preview import preview_path
from newsroom.admin import chapters, guide_views
from newsroom.admin.access import editor
from newsroom.admin.drafts import Readiness, keep, list_used_sources, reasons_against, was_published
from newsroom.admin.forms import WIDE, WIDGETS, GuideForm, line, moment
from newsroom.admin.listing import GuideList, StateFilter, state_words

SHOWN_REASONS = 5


@admin.register(Guide)
class GuideAdmin(admin.ModelAdmin[Guide]):
    form = GuideForm
    fieldsets = chapters.FIELDSETS
    inlines = chapters.ALL_INLINES
    formfield_overrides = WIDGETS
    save_on_top = True
    list_display = ("title", "field", "state", "published", "updated")
    list_filter = (StateFilter, "field")
    list_select_related = ("field",)
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("title", "slug")
    actions = ("publish_selected",)

    class Media:
        js = (Script("js/admin/guide.js", type="module"),)

    # --- list
    @admin.display(description="state", ordering="state")
    def state(self, guide: Guide) -> str:
        return state_words(guide)

    @admin.display(description="published", ordering="published_at")
    def published(self, guide: Any) -> str | None:
        return guide.published_at and moment(guide.published_at)

    @admin.display(description="changed", ordering="updated_at")
    def updated(self, guide: Guide) -> str:
        return moment(guide.updated_at)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[GuideList]:
        return GuideList

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Guides are deleted one by one, with their reasons."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    @admin.action(description="Publish selected guides", permissions=["change"])
    def publish_selected(self, request: HttpRequest, guides: QuerySet[Guide]) -> None:
        for guide in guides.order_by("title"):
            self._publish(request, guide)

    # --- form
    def get_urls(self) -> list[URLPattern]:
        return [*guide_views.urls(self), *super().get_urls()]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Guide | None:
        """Locked while a form is saved, so that two editors' rows never mix."""
        guide = super().get_object(request, object_id, from_field)
        if guide and request.method == "POST":
            return Guide.objects.select_for_update().get(pk=guide.pk)
        return guide

    def get_readonly_fields(self, request: HttpRequest, obj: Guide | None = None) -> tuple[str, ...]:
        return ("slug",) if obj and was_published(obj) else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Guide | None = None) -> dict[str, Sequence[str]]:
        return {} if obj else {"slug": ("title",)}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in {"time_note", "remote_note", "stress_note", "balance_note"}:
            kwargs["widget"] = line(WIDE)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], add: bool = False, change: bool = False, form_url: str = "", obj: Any = None
    ) -> HttpResponse:
        context["blocks"] = list(chapters.blocks(context["adminform"], context["inline_admin_formsets"]))
        context["show_save_and_add_another"] = False
        if obj:
            context["readiness"] = readiness = Readiness(obj)
            context["tasks"] = [(chapters.place(problem), problem.message) for problem in readiness.problems]
            context["preview_url"] = preview_path(obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    # --- saving
    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        guide = form.instance
        for source in list_used_sources(guide):
            self.message_user(request, f"“{source}” was added to the sources, because a figure or case study uses it.", messages.INFO)
        if "_publish" not in request.POST:
            keep(guide, by=editor(request), note="Saved by an editor")

    def response_add(self, request: HttpRequest, obj: Guide, post_url_continue: str | None = None) -> HttpResponse:
        return self._publish_saved(request, obj) if "_publish" in request.POST else super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Guide) -> HttpResponse:
        return self._publish_saved(request, obj) if "_publish" in request.POST else super().response_change(request, obj)

    def _publish_saved(self, request: HttpRequest, guide: Guide) -> HttpResponse:
        if not self.has_change_permission(request, guide) or not self._publish(request, guide):
            keep(guide, by=editor(request), note="Saved by an editor")
        return HttpResponseRedirect(reverse("admin:careers_guide_change", args=[guide.pk]))

    def _publish(self, request: HttpRequest, guide: Guide) -> bool:
        """Publishes and says what came of it; the draft stays as it is when it is refused."""
        reasons = reasons_against(guide, by=editor(request))
        if reasons:
            more = f" And {len(reasons) - SHOWN_REASONS} more." if len(reasons) > SHOWN_REASONS else ""
            said = " ".join(reasons[:SHOWN_REASONS])
            self.message_user(request, f"“{guide}” is saved, but not published. {said}{more}", messages.WARNING)
        else:
            self.log_change(request, guide, "Published.")
            self.message_user(request, f"“{guide}” is published.", messages.SUCCESS)
        return not reasons

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
