from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from alerts.admin.links import list_of
from alerts.choices import Kind, Stop, Verdict
from alerts.models import Alert, Delivery, Digest, Subscriber
from alerts.writing import stop
from kit.admin.readonly import ReadOnly


class Who(admin.SimpleListFilter):
    title = "who"
    parameter_name = "who"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("member", "has an account"), ("visitor", "without an account"), ("unconfirmed", "not confirmed"), ("stopped", "stopped")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> QuerySet[Subscriber]:
        match self.value():
            case "member":
                return queryset.exclude(user=None)
            case "visitor":
                return queryset.filter(user=None)
            case "unconfirmed":
                return queryset.filter(confirmed_at=None)
            case "stopped":
                return queryset.exclude(stopped_at=None)
        return queryset


@admin.register(Subscriber)
class SubscriberAdmin(ReadOnly[Subscriber]):
    """Who gets alerts, when, and what they were told."""

    list_display = ("person", "when", "next_at", "mailed_at", "stopped_because", "watches", "digests_link", "ledger")
    list_filter = (Who, "stopped_because")
    search_fields = ("user__email__iexact", "email__iexact")
    search_help_text = "A whole address."
    list_select_related = ("user",)
    ordering = ("-pk",)
    show_full_result_count = False
    exclude = ("key", "former")  # what opens a visitor's page
    actions = ("turn_off",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subscriber]:
        return super().get_queryset(request).annotate(alert_count=Count("alerts", filter=Q(alerts__removed_at=None)))

    @admin.display(description="person")
    def person(self, subscriber: Subscriber) -> str:
        return subscriber.address

    @admin.display(description="weekly day, hour, zone")
    def when(self, subscriber: Subscriber) -> str:
        return f"{subscriber.get_weekday_display()}, {subscriber.hour}:00, {subscriber.time_zone}"

    @admin.display(description="alerts")
    def watches(self, subscriber: Any) -> str:
        return list_of(Alert, f"{subscriber.alert_count:,}", subscriber__id__exact=subscriber.pk)

    @admin.display(description="digests")
    def digests_link(self, subscriber: Subscriber) -> str:
        return list_of(Digest, "Digests", subscriber__id__exact=subscriber.pk)

    @admin.display(description="ledger")
    def ledger(self, subscriber: Subscriber) -> str:
        return list_of(Delivery, "Jobs told", subscriber__id__exact=subscriber.pk)

    @admin.action(description="Turn off all alerts, as this person asked", permissions=["stop"])
    def turn_off(self, request: HttpRequest, chosen: QuerySet[Subscriber]) -> None:
        rows = list(chosen.filter(stopped_at=None))
        for row in rows:
            stop(row, Stop.LEFT, timezone.now())
            self.log_change(request, row, "Turned off all alerts.")
        self.message_user(request, f"{len(rows)} turned off. They can turn them on again themselves.", messages.SUCCESS)

    def has_stop_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("alerts.change_subscriber"))


@admin.register(Alert)
class AlertAdmin(ReadOnly[Alert]):
    """What people want to hear of, and what they say of the jobs that it brings."""

    list_display = (
        "name",
        "subscriber",
        "search",
        "frequency",
        "paused_until",
        "off_at",
        "last_slot",
        "useful",
        "not_for_me",
        "removed_at",
    )
    list_filter = ("kind", "frequency")
    search_fields = ("name", "query", "subscriber__email__iexact", "subscriber__user__email__iexact")
    list_select_related = ("subscriber__user", "guide")
    ordering = ("-pk",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Alert]:
        return super().get_queryset(request).with_verdicts()  # type: ignore[attr-defined,no-any-return]  # our own queryset

    @admin.display(description="search")
    def search(self, alert: Alert) -> str:
        if alert.kind == Kind.GUIDE:
            return (
                format_html('<a href="{}">{}</a>', reverse("careers:guide", args=[alert.guide.slug]), alert.guide) if alert.guide else "–"
            )
        return format_html('<a href="{}?{}">{}</a>', reverse("jobs:list"), alert.query, alert.query or "all jobs")

    @admin.display(description="useful", ordering="useful_count")
    def useful(self, alert: Any) -> str:
        return list_of(Delivery, str(alert.useful_count), alert__id__exact=alert.pk, verdict__exact=Verdict.USEFUL.value)

    @admin.display(description="not for me", ordering="refused_count")
    def not_for_me(self, alert: Any) -> str:
        return list_of(Delivery, str(alert.refused_count), alert__id__exact=alert.pk, verdict__exact=Verdict.NOT_FOR_ME.value)
