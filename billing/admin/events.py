from django.contrib import admin

from billing.models import StripeEvent
from kit.admin.readonly import ReadOnly


@admin.register(StripeEvent)
class StripeEventAdmin(ReadOnly[StripeEvent]):
    """What Stripe told us, and what became of it."""

    list_display = ("received_at", "type", "status", "customer_id", "attempts", "error", "id")
    list_filter = ("status", "type")
    search_fields = ("id", "customer_id")
    date_hierarchy = "received_at"
    show_full_result_count = False
