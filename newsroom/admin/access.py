"""Who may do what: a guide and its parts are one thing, so one permission holds for all of them."""

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

if TYPE_CHECKING:
    from accounts.models import User


def editor(request: HttpRequest) -> "User":
    """The person behind an admin request."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user


def may_change(request: HttpRequest) -> bool:
    return request.user.has_perm("careers.change_guide")


def may_view(request: HttpRequest) -> bool:
    return may_change(request) or request.user.has_perm("careers.view_guide")


class WithGuide:
    """Admin of something that belongs to a guide: whoever may change guides may change it."""

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may_view(request)

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may_change(request) or (obj is None and request.user.has_perm("careers.add_guide"))

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may_change(request)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return may_change(request)
