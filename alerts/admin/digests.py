from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from alerts.admin.links import list_of
from alerts.models import Delivery, Digest
from alerts.page.judged import judged
from kit.admin.readonly import ReadOnly


@admin.register(Digest)
class DigestAdmin(ReadOnly[Digest]):
    """What was sent to whom for which day, and whether the mail server has it. None can be sent again."""

    list_display = ("slot", "subscriber", "state", "mail_state", "told", "notes", "created_at")
    list_filter = ("state", "mail__state")
    search_fields = ("subscriber__email__iexact", "subscriber__user__email__iexact")
    search_help_text = "A whole address."
    list_select_related = ("subscriber__user", "mail")
    date_hierarchy = "created_at"
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Digest]:
        return super().get_queryset(request).defer("mail__message").annotate(job_count=Count("deliveries"))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        return lookup in {"run__id__exact", "subscriber__id__exact"} or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    @admin.display(description="mail", ordering="mail__state")
    def mail_state(self, digest: Digest) -> str:
        return digest.mail.get_state_display() if digest.mail else "–"

    @admin.display(description="jobs")
    def told(self, digest: Any) -> str:
        return list_of(Delivery, f"{digest.job_count:,}", digest__id__exact=digest.pk)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly[Delivery]):
    """The ledger: which job was told to whom, by which alert, and what they said of it."""

    list_display = ("day", "subscriber", "job_link", "employer", "alert", "verdict", "reason", "judged_at")
    list_filter = ("verdict", "reason")
    search_fields = ("subscriber__email__iexact", "subscriber__user__email__iexact")
    search_help_text = "A whole address."
    list_select_related = ("subscriber__user", "job__employer", "alert", "digest")
    ordering = ("-pk",)
    show_full_result_count = False
    change_list_template = "admin/alerts/delivery/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        return super().get_queryset(request).defer("job__description", "digest__sections")

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        ours = {"digest__id__exact", "subscriber__id__exact", "alert__id__exact", "job__employer__id__exact"}
        return lookup in ours or super().lookup_allowed(lookup, value, request)  # type: ignore[arg-type]

    @admin.display(description="day", ordering="digest__slot")
    def day(self, delivery: Delivery) -> str:
        return f"{delivery.digest.slot:%Y-%m-%d}"

    @admin.display(description="job")
    def job_link(self, delivery: Delivery) -> str:
        return format_html('<a href="{}">{}</a>', delivery.job.get_absolute_url(), delivery.job.title)

    @admin.display(description="employer")
    def employer(self, delivery: Delivery) -> str:
        return delivery.job.employer.name

    def get_urls(self) -> list[URLPattern]:
        ours = require_safe(self.admin_site.admin_view(partial(verdicts, self)))
        return [path("verdicts/", ours, name="alerts_verdicts"), *super().get_urls()]


def verdicts(site: DeliveryAdmin, request: HttpRequest) -> HttpResponse:
    """What readers say of the jobs that we send them, by employer and by alert."""
    if not site.has_view_permission(request):
        raise PermissionDenied
    context = {
        **site.admin_site.each_context(request),
        "opts": Delivery._meta,
        "title": "What readers say",
        "page": judged(request.GET.get("days", "")),
    }
    return TemplateResponse(request, "admin/alerts/delivery/verdicts.html", context)
