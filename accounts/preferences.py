"""Who wants which mail: asked before one is sent, and changed by its reader, signed in or by the link in the mail itself."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import MailKind, NotificationPreference, User

_signer = Signer(salt="accounts.unsubscribe")


def wants(user: User, kind: MailKind) -> bool:
    """Whether to send this person a mail of this kind. Ask when the mail is about to be written, not hours before."""
    return user.is_active and not NotificationPreference.objects.refused(kind).filter(user=user).exists()


def unwilling(kind: MailKind) -> "QuerySet[NotificationPreference, int]":
    """Numbers of those who do not want it, for a task that goes through many people: `.exclude(user__in=unwilling(kind))`."""
    return NotificationPreference.objects.refused(kind).values_list("user_id", flat=True)


def wanted(user: User) -> dict[MailKind, bool]:
    """Each kind of mail and whether this person gets it. One query."""
    decided = dict(user.notification_preferences.values_list("kind", "is_wanted"))
    return {kind: decided.get(kind, True) for kind in MailKind}


def decide(*, user: User, kind: MailKind, is_wanted: bool) -> None:
    NotificationPreference.objects.update_or_create(user=user, kind=kind, defaults={"is_wanted": is_wanted, "decided_at": timezone.now()})


def unsubscribe_url(user: User, kind: MailKind) -> str:
    """The link for a mail of this kind: give it to `kit.mail.letter.send_letter`. It works signed out and for this kind only.

    It does not run out: a mail may be read a year later. It is signed, so that nobody can make one for somebody else.
    """
    path: str = reverse("accounts:unsubscribe", args=[_signer.sign(f"{user.pk}.{kind}")])
    return settings.SITE_URL + path


def read_unsubscribe(token: str) -> tuple[User, MailKind] | None:
    """Whose mail of which kind this link ends. None: altered, or the account is gone."""
    try:
        number, _, kind = _signer.unsign(token).partition(".")
    except BadSignature:
        return None
    user = User.objects.filter(pk=number).first()
    return (user, MailKind(kind)) if user and kind in MailKind.values else None
