"""The account itself. Secrets stay out: passwords, keys of passkeys and apps, and session keys open doors."""

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from accounts.models import DataExport, NotificationPreference, User
from accounts.owndata.part import Part, Row, table

COLUMNS = ("email", "display_name", "time_zone", "date_joined", "last_login", "has_password", "is_staff")


def _account(user: User) -> Iterator[Row]:
    known = (user.email, user.display_name, user.time_zone, user.date_joined, user.last_login)
    yield (*known, user.has_usable_password(), user.is_staff)


PARTS = (
    Part("account", "Your account.", COLUMNS, _account, (User,)),
    table(
        "email_addresses",
        "Your email addresses.",
        EmailAddress,
        {"email": "email", "confirmed": "verified", "primary": "primary"},
    ),
    table(
        "sign_in_methods",
        "Passkeys, authenticator apps and recovery codes, without the secrets in them.",
        Authenticator,
        {"kind": "type", "name": "data__name", "created_at": "created_at", "last_used_at": "last_used_at"},
    ),
    table(
        "other_sites",
        "Other sites that you sign in with, and what they told us.",
        SocialAccount,
        {"site": "provider", "number_there": "uid", "connected_at": "date_joined", "last_login": "last_login", "told": "extra_data"},
    ),
    table(
        "browsers",
        "Browsers in which your account is open.",
        UserSession,
        {"address": "ip", "browser": "user_agent", "since": "created_at", "last_seen_at": "last_seen_at"},
    ),
    table(
        "mails",
        "What you decided about mails. A kind that is not here is wanted.",
        NotificationPreference,
        {"kind": "kind", "is_wanted": "is_wanted", "decided_at": "decided_at"},
    ),
    table(
        "exports",
        "When you asked for a copy like this one.",
        DataExport,
        {"asked_at": "asked_at", "ready_at": "ready_at", "state": "state"},
    ),
)
