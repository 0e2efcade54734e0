from datetime import datetime, time
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from billing.models import Grant
from billing.selling import account_of


class GrantForm(forms.ModelForm[Grant]):
    email = forms.EmailField(label="Email address", help_text="Of the account that gets Plus.")
    until = forms.DateField(label="Until", help_text="The last day, UTC.", widget=forms.DateInput(attrs={"type": "date"}))

    class Meta:
        model = Grant
        fields = ("email", "until", "reason")

    def clean_email(self) -> Any:
        person = get_user_model().objects.filter(email__iexact=self.cleaned_data["email"]).first()
        if person is None:
            raise ValidationError("Nobody has an account with this email address.")
        return person

    def clean_until(self) -> datetime:
        last = datetime.combine(self.cleaned_data["until"], time.max, tzinfo=timezone.get_fixed_timezone(0))
        if last <= timezone.now():
            raise ValidationError("Choose today or a later date.")
        return last


@admin.register(Grant)
class GrantAdmin(admin.ModelAdmin[Grant]):
    """Complimentary Plus. Given and revoked, never changed: the log and the row say by whom and why."""

    form = GrantForm
    list_display = ("person", "until", "state", "reason", "granted_by", "granted_at", "revoked_by")
    list_filter = ("until", "granted_at")
    search_fields = ("account__user__email", "reason")
    list_select_related = ("account__user", "granted_by", "revoked_by")
    actions = ("revoke",)

    @admin.display(description="person", ordering="account__user__email")
    def person(self, grant: Grant) -> str:
        return str(grant.account.user.email if grant.account.user else "deleted account")

    @admin.display(description="state")
    def state(self, grant: Grant) -> str:
        if grant.revoked_at:
            return "revoked"
        return "in force" if grant.until > timezone.now() else "over"

    def save_model(self, request: HttpRequest, obj: Grant, form: Any, change: bool) -> None:
        obj.account = account_of(form.cleaned_data["email"])
        obj.granted_by = request.user if request.user.is_authenticated else None
        super().save_model(request, obj, form, change)

    @admin.action(description="Revoke the chosen plans", permissions=["delete"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[Grant]) -> None:
        now = timezone.now()
        rows = list(chosen.filter(revoked_at=None, until__gt=now).select_related("account__user"))
        for grant in rows:
            grant.revoked_at, grant.revoked_by = now, request.user if request.user.is_authenticated else None
            grant.save(update_fields=["revoked_at", "revoked_by"])
            self.log_change(request, grant, "Revoked.")
        self.message_user(request, f"{len(rows)} revoked. Who pays for Plus keeps it.", messages.SUCCESS)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without deleting: what was given stays on the books."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def has_change_permission(self, request: HttpRequest, obj: Grant | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Grant | None = None) -> bool:
        """Asked without an object it is the right to revoke."""
        return obj is None and super().has_delete_permission(request)
