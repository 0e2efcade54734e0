from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from kit.admin.readonly import ReadOnly
from kit.mail.addresses import revive
from kit.models import DeadAddress, OutgoingMail


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnly[OutgoingMail]):
    """Whether mails reach the mail server. What is in them is not shown: codes and links that open an account are."""

    list_display = ("created_at", "recipient", "stream", "state", "done_at", "tries", "lost", "answer")
    list_filter = ("state", "stream")
    search_fields = ("recipient__iexact", "message_id__exact")
    search_help_text = "A whole address, or a whole Message-ID with its brackets."
    date_hierarchy = "created_at"
    show_full_result_count = False
    fields = ("recipient", "stream", "state", "message_id", "created_at", "due_at", "handed_at", "done_at", "tries", "lost", "answer")

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutgoingMail]:
        return super().get_queryset(request).defer("message")


@admin.register(DeadAddress)
class DeadAddressAdmin(ReadOnly[DeadAddress]):
    """Who gets no alerts, reminders and the like any more, and why. Codes and receipts are sent to them all the same."""

    list_display = ("email", "state", "at", "detail")
    list_filter = ("state",)
    search_fields = ("email__iexact",)
    search_help_text = "A whole address."
    date_hierarchy = "at"
    show_full_result_count = False
    fields = ("email", "state", "at", "detail")
    actions = ("take_again",)

    @admin.action(description="Takes mail again", permissions=["revive"])
    def take_again(self, request: HttpRequest, chosen: QuerySet[DeadAddress]) -> None:
        rows = list(chosen)
        for row in rows:
            self.log_change(request, row, "Takes mail again.")
            revive(row.email)
        self.message_user(request, f"{len(rows)} {'address takes' if len(rows) == 1 else 'addresses take'} mail again.", messages.SUCCESS)

    def has_revive_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("kit.delete_deadaddress"))
