from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from billing import answers, figures
from billing.models import Account, Grant, Milestone
from billing.plans import amount_in_words
from billing.sync import sync
from billing.world import World
from kit.admin.readonly import ReadOnly

DASHBOARD = "https://dashboard.stripe.com"


class OfAccount(admin.TabularInline[Any, Account]):
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Account | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Account | None = None) -> bool:
        return False


class Milestones(OfAccount):
    model = Milestone
    fields = ("at", "kind", "subscription_id", "amount", "currency")


class Grants(OfAccount):
    model = Grant
    fk_name = "account"
    fields = readonly_fields = ("until", "reason", "granted_by", "granted_at", "revoked_at", "revoked_by")


class State(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("member", "has Plus"), ("grace", "in grace"), ("ending", "ending"), ("twice", "pays twice"), ("disputed", "disputed")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Account]) -> QuerySet[Account]:
        match self.value():
            case "member":
                return queryset.filter(is_member=True)
            case "grace":
                return queryset.filter(is_member=True, status="past_due")
            case "ending":
                return queryset.filter(is_member=True, ends_at__gt=timezone.now())
            case "twice":
                return queryset.filter(live_subscriptions__gt=1)
            case "disputed":
                return queryset.exclude(disputed_at=None)
        return queryset


@admin.register(Account)
class AccountAdmin(ReadOnly[Account]):
    """What we know of each customer, with the way to the truth at Stripe."""

    list_display = ("person", "world", "status", "is_member", "price", "paid_through", "ends_at", "synced_at", "at_stripe")
    list_filter = (State, "world", "status")
    search_fields = ("user__email", "customer_id", "subscription_id")
    list_select_related = ("user",)
    actions = ("bring_up_to_date", "settle_dispute")
    inlines = (Milestones, Grants)
    change_list_template = "admin/billing/account/change_list.html"

    @admin.display(description="person", ordering="user__email")
    def person(self, account: Account) -> str:
        return str(account.user.email if account.user else "deleted account")

    @admin.display(description="a month", ordering="amount")
    def price(self, account: Account) -> str:
        return amount_in_words(account.amount, account.currency) if account.amount is not None else "–"

    @admin.display(description="Stripe")
    def at_stripe(self, account: Account) -> str:
        if not account.customer_id or account.world == World.SANDBOX:
            return "–"
        where = f"{DASHBOARD}{'/test' if account.world == World.TEST else ''}/customers/{account.customer_id}"
        return format_html('<a href="{}" rel="noopener noreferrer">Open</a>', where)

    @admin.action(description="Bring up to date with Stripe", permissions=["view"])
    def bring_up_to_date(self, request: HttpRequest, chosen: QuerySet[Account]) -> None:
        done, failed = 0, []
        for account in chosen:
            try:
                sync(account.pk)
                done += 1
            except answers.GatewayError as error:
                failed.append(f"{self.person(account)}: {error}")
        self.message_user(request, f"{done} brought up to date.", messages.SUCCESS)
        for words in failed:
            self.message_user(request, words, messages.ERROR)

    @admin.action(description="The dispute is settled", permissions=["settle"])
    def settle_dispute(self, request: HttpRequest, chosen: QuerySet[Account]) -> None:
        """Who disputed a payment may subscribe again."""
        rows = list(chosen.exclude(disputed_at=None))
        Account.objects.filter(pk__in=[account.pk for account in rows]).update(disputed_at=None)
        for account in rows:
            self.log_change(request, account, "The dispute is settled.")
        self.message_user(request, f"{len(rows)} settled.", messages.SUCCESS)

    def has_settle_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("billing.change_account")

    def get_urls(self) -> list[URLPattern]:
        ours = require_safe(self.admin_site.admin_view(partial(members, self)))
        return [path("members/", ours, name="billing_members"), *super().get_urls()]


def members(site: AccountAdmin, request: HttpRequest) -> HttpResponse:
    """Members, new, ended, in grace, and monthly recurring revenue over time."""
    if not site.has_view_permission(request):
        raise PermissionDenied
    context = {**site.admin_site.each_context(request), "opts": Account._meta, "title": "Members and revenue", "page": figures.overview()}
    return TemplateResponse(request, "admin/billing/account/members.html", context)
