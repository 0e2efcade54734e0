from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from jobs.applying.sending import send_again
from jobs.choices import Delivery
from jobs.models import Application


@admin.register(Application)
class ApplicationAdmin(admin.ModelAdmin[Application]):
    """Whether applications reach the employers. Who wrote them and what is in them is nobody's business here."""

    list_display = ("__str__", "job", "employer", "sent_at", "delivery", "delivery_at", "withdrawn_at")
    list_filter = ("delivery",)
    search_fields = ("job__title", "job__employer__name")
    list_select_related = ("job__employer",)
    date_hierarchy = "sent_at"
    show_full_result_count = False
    fields = ("job", "sent_at", "delivery", "delivery_at", "withdrawn_at")
    actions = ("send_again",)

    @admin.display(description="employer")
    def employer(self, application: Application) -> str:
        return application.job.employer.name

    @admin.action(description="Send again what could not be delivered", permissions=["send"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[Application]) -> None:
        failed = chosen.filter(delivery=Delivery.FAILED).select_related("job")
        sent = [application for application in failed if send_again(application=application)]
        for application in sent:
            self.log_change(request, application, "Sent again.")
        self.message_user(request, f"{len(sent)} are sent again by the worker.", messages.SUCCESS)

    def has_send_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("jobs.change_application"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
