"""Reports of readers: a list of work, and a form that settles one."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from careers.choices import Section
from kit.admin.log import note
from newsroom.admin.access import editor
from newsroom.admin.chapters import PLACES
from newsroom.admin.work import WaitingFilter
from newsroom.models import ReaderReport
from newsroom.readers import VOTE_DAYS, votes
from newsroom.readers.settling import SETTLED, settle, take_in_hand


class SettleForm(forms.ModelForm[ReaderReport]):
    answer = forms.CharField(
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8, "cols": 80}),
        help_text="Is mailed to the reader when you save the report as done or declined. The address is removed then.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_settled = data.get("state") in SETTLED
        if is_settled and not data.get("note", "").strip():
            self.add_error("note", "Say what was done, or why nothing is.")
        if data.get("answer"):
            if not self.instance.email:
                self.add_error("answer", "The reader left no address, or it was removed.")
            elif not is_settled:
                self.add_error("answer", "An answer settles the report: choose done or declined, or leave the answer empty.")
        return data


@admin.register(ReaderReport)
class ReaderReportAdmin(admin.ModelAdmin[ReaderReport]):
    """Readers write them. What waits longest comes first."""

    form = SettleForm
    list_display = ("said", "kind", "guide", "where", "state", "assigned_to", "wants_answer", "created_at")
    list_filter = (WaitingFilter, "kind")
    search_fields = ("guide__title", "text")
    ordering = ("created_at", "pk")
    show_full_result_count = False
    list_per_page = 50
    actions = ("assign_to_me",)
    fieldsets = (
        (None, {"fields": ("kind", "text", "guide_links", "where", "revision_number", "email", "votes", "created_at")}),
        ("What becomes of it", {"fields": ("state", "assigned_to", "note", "answer", "settled")}),
    )
    readonly_fields = ("kind", "text", "guide_links", "where", "revision_number", "email", "votes", "created_at", "settled")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReaderReport]:
        return super().get_queryset(request).select_related("guide", "assigned_to", "settled_by")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    # --- what is shown
    @admin.display(description="report", ordering="text")
    def said(self, report: ReaderReport) -> str:
        return Truncator(report.text).words(15)

    @admin.display(description="section", ordering="section")
    def where(self, report: ReaderReport) -> str:
        return report.get_section_display() or "The guide as a whole"

    @admin.display(description="wants an answer", boolean=True)
    def wants_answer(self, report: ReaderReport) -> bool:
        return bool(report.email)

    @admin.display(description="guide")
    def guide_links(self, report: ReaderReport) -> SafeString:
        """To the form of the guide, where the section is written, and to the page."""
        guide = report.guide
        place = PLACES.get(Section(report.section), "") if report.section else ""
        form = reverse("admin:careers_guide_change", args=[guide.pk]) + (f"#{place}" if place else "")
        here = format_html('<a href="{}">{}</a>', form, guide)
        if not hasattr(guide, "listing"):
            return here
        page = guide.listing.get_absolute_url() + (f"#{report.section}" if report.section else "")
        return format_html('{} (<a href="{}">on the site<span class="visually-hidden">: {}</span></a>)', here, page, guide)

    @admin.display(description="votes")
    def votes(self, report: ReaderReport) -> str:
        yes, no = votes(report.guide)
        return f"{yes} yes, {no} no in the last {VOTE_DAYS} days"

    @admin.display(description="settled")
    def settled(self, report: ReaderReport) -> str:
        if report.settled_at is None:
            return ""
        return f"{report.settled_at:%Y-%m-%d} by {report.settled_by or 'somebody who left'}"

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "assigned_to":
            kwargs["queryset"] = get_user_model()._default_manager.filter(is_staff=True, is_active=True).order_by("email")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    # --- what is done
    def save_model(self, request: HttpRequest, obj: ReaderReport, form: Any, change: bool) -> None:
        """Only what the form holds is written: the reader's address may be gone meanwhile."""
        if obj.state not in SETTLED:
            obj.settled_at = obj.settled_by = None
        obj.save(update_fields=["state", "assigned_to", "note", "settled_at", "settled_by"])
        if obj.state in SETTLED and settle(obj, by=editor(request), answer=form.cleaned_data.get("answer", "")):
            self.message_user(request, "The answer is on its way to the reader, and the address is removed.", messages.SUCCESS)

    @admin.action(description="Assign to me", permissions=["change"])
    def assign_to_me(self, request: HttpRequest, chosen: QuerySet[ReaderReport]) -> None:
        taken = take_in_hand(chosen, by=editor(request))
        note(request, taken, "Assigned to themselves.")
        self.message_user(request, f"{len(taken)} assigned to you. They are listed as in hand.", messages.SUCCESS)
