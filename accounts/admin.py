from typing import Any

from allauth.socialaccount import admin as _  # noqa: F401  # registers the models below
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.admin import UserSessionAdmin
from allauth.usersessions.models import UserSession
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from accounts.models import User
from accounts.owndata.leaving import delete_account
from billing.answers import GatewayError
from jobs.models import Application


class AddUserForm(AdminUserCreationForm[User]):
    class Meta:
        model = User
        fields = ("email",)


@admin.register(User)
class PersonAdmin(UserAdmin[User]):
    """People. What they keep is theirs and not shown here."""

    add_form = AddUserForm
    add_fieldsets = ((None, {"fields": ("email", "usable_password", "password1", "password2")}),)
    fieldsets = (
        (None, {"fields": ("email", "password", "display_name", "time_zone")}),
        ("Rights", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    list_display = ("email", "display_name", "is_staff", "is_active", "date_joined", "last_login")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")
    search_fields = ("email", "display_name")
    ordering = ("-date_joined",)
    readonly_fields = ("last_login", "date_joined")

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """While Stripe cannot be reached, the account stays."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except GatewayError as error:
            self.message_user(request, f"Not deleted: the subscription at Stripe could not be ended ({error}).", messages.ERROR)
            return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[object_id]))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list[Any], dict[str, int], set[str], list[Any]]:
        """Applications go along with their person; alone staff delete none, so nobody has the right that Django looks for."""
        shown, counts, lacking, protected = super().get_deleted_objects(objs, request)
        return shown, counts, lacking - {str(Application._meta.verbose_name)}, protected

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """As if they did it themselves: what runs at Stripe is ended first, and only now, because whoever may not delete all
        that goes along has not come here. The person is told by mail.
        """
        delete_account(obj)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """People are deleted one by one: each may have a subscription to end."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """The address of an account is changed by its owner, who confirms the new one."""
        return (*self.readonly_fields, "email") if obj else self.readonly_fields


# Other sites to sign in with are set in the environment; tokens are nobody's business.
admin.site.unregister([UserSession, SocialAccount, SocialApp, SocialToken])


@admin.register(UserSession)
class SessionAdmin(UserSessionAdmin):  # type: ignore[misc]
    search_fields = ("user__email", "ip")  # allauth's asks for a user name, which our people do not have
