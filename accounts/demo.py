"""The cast of the demonstration: one account of each kind, for `seed_demo`."""

from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from accounts.models import User
from careers.models import GuidePart

CAST = {
    "free@waymark.example": "Farah Lindgren",
    "plus@waymark.example": "Pablo Moreau",
    "consultant@waymark.example": "Marta Lindqvist",
    "editor@waymark.example": "Edie Nakamura",
    "admin@waymark.example": "Ade Brennan",
}


@transaction.atomic
def create_demo_users(password: str) -> list[str]:
    """Make the accounts of CAST with this password; returns their addresses. Run again, it changes what differs.

    Raises RuntimeError unless DEBUG.
    """
    if not settings.DEBUG:
        raise RuntimeError("demonstration accounts are made with DEBUG only: everybody knows their password")
    for email, name in CAST.items():
        _make(email, name, password)
    return list(CAST)


def _make(email: str, name: str, password: str) -> None:
    role = email.partition("@")[0]
    rights = {"is_staff": role in {"editor", "admin"}, "is_superuser": role == "admin"}
    user, _ = User.objects.update_or_create(email=email, defaults=rights, create_defaults={**rights, "display_name": name})
    if not user.check_password(password):
        user.set_password(password)
        user.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(user=user, email=email, defaults={"verified": True, "primary": True})
    if role == "editor":
        user.groups.add(editors())


def editors() -> Group:
    """Staff who write guides: they add and change everything of theirs, and may delete parts but never a guide."""
    group, _ = Group.objects.get_or_create(name="Editors")
    parts = [f"delete_{model._meta.model_name}" for model in apps.get_app_config("careers").get_models() if issubclass(model, GuidePart)]
    allowed = Q(codename__startswith="add_") | Q(codename__startswith="change_") | Q(codename__startswith="view_") | Q(codename__in=parts)
    group.permissions.set(Permission.objects.filter(allowed, content_type__app_label="careers"))
    return group
