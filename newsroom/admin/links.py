"""The addresses that guides cite: what they answered, and what to do about those that moved."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from procrastinate.exceptions import AlreadyEnqueued

from careers.working import stored
from kit.admin.log import note
from kit.admin.readonly import ReadOnly
from newsroom.admin.access import editor
from newsroom.again import citing, store_again
from newsroom.links.run import FIRST
from newsroom.links.uses import Use, use_new_address, uses_of
from newsroom.models import LinkCheck
from newsroom.tasks import check_links

SHOWN_USES = 3


class LinkList(ChangeList):
    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        links = list(self.result_list)
        uses = uses_of(link.url for link in links)
        for link in links:
            link.uses = uses.get(link.url, [])
        self.result_list = links


@admin.register(LinkCheck)
class LinkCheckAdmin(ReadOnly[LinkCheck]):
    """Written by the worker."""

    list_display = ("address", "state", "used_in", "answer", "moved", "checked_at")
    list_display_links = ("state",)
    list_filter = ("state",)
    search_fields = ("url",)
    ordering = ("url",)
    list_per_page = 50
    show_full_result_count = False
    actions = ("look_again", "use_new_addresses")
    fields = ("address", "state", "used_in", "answer", "moved", "failures", "checked_at", "fine_at", "next_at")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[LinkList]:
        return LinkList

    def has_look_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("newsroom.change_linkcheck"))

    def has_mend_permission(self, request: HttpRequest) -> bool:
        """It changes sources and guides."""
        return self.has_look_permission(request) and request.user.has_perms(["careers.change_source", "careers.change_guide"])

    # --- what is shown
    @admin.display(description="address", ordering="url")
    def address(self, link: LinkCheck) -> SafeString:
        return _link(link.url)

    @admin.display(description="answer", ordering="status")
    def answer(self, link: LinkCheck) -> str:
        return link.error or (str(link.status) if link.status else "")

    @admin.display(description="moved to")
    def moved(self, link: LinkCheck) -> SafeString | str:
        return _link(link.moved_to) if link.moved_to else ""

    @admin.display(description="used in")
    def used_in(self, link: Any) -> SafeString | str:
        uses: list[Use] = link.uses if hasattr(link, "uses") else uses_of([link.url]).get(link.url, [])
        rows = ((reverse("admin:careers_guide_change", args=[use.guide_id]), use.title) for use in uses[:SHOWN_USES])
        shown = format_html_join(", ", '<a href="{}">{}</a>', rows)
        return format_html("{} and {} more", shown, len(uses) - SHOWN_USES) if len(uses) > SHOWN_USES else shown

    # --- what is done
    @admin.action(description="Look again now", permissions=["look"])
    def look_again(self, request: HttpRequest, chosen: QuerySet[LinkCheck]) -> None:
        rows = list(chosen)
        LinkCheck.objects.filter(pk__in=[row.pk for row in rows]).update(next_at=FIRST)
        try:
            with transaction.atomic():
                check_links.configure().defer(timestamp=0)
        except AlreadyEnqueued:
            pass  # the run that waits takes these first
        note(request, rows, "Asked to be looked at again.")
        self.message_user(request, f"{len(rows)} will be looked at by the worker. Open this list again in a minute.", messages.SUCCESS)

    @admin.action(description="Use the new address", permissions=["mend"])
    def use_new_addresses(self, request: HttpRequest, chosen: QuerySet[LinkCheck]) -> None:
        changed = 0
        for link in chosen.filter(state=LinkCheck.State.MOVED):
            words = f"The address {link.url} moved to {link.moved_to}."
            with transaction.atomic():
                done = use_new_address(link)
                note(request, done.sources, words)
                note(request, done.guides, words)
                store_again(citing(done.sources), "The address of a source moved")
                for guide in done.guides:
                    stored(guide, by=editor(request), note="An address moved")
            changed += bool(done.sources or done.guides)
        self.message_user(request, f"{changed} addresses changed. Visitors see them when the guides are published again.", messages.SUCCESS)


def _link(url: str) -> SafeString:
    return format_html('<a href="{}" rel="noreferrer noopener">{}</a>', url, url)
