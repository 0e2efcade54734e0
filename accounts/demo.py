"""The cast of the demonstration: one account of each kind, for `seed_demo`."""

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import User

EDITORS = "Editors"
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
        user.groups.add(Group.objects.get_or_create(name=EDITORS)[0])  # a migration of the newsroom gave it its rights
