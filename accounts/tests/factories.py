"""People for tests."""

import itertools
import re
from typing import Any

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User

PASSWORD = "correct horse battery staple"
_numbers = itertools.count(1)


def make_user(email: str = "", *, password: str | None = PASSWORD, verified: bool = True, **fields: Any) -> User:
    """Somebody who has an account and, unless told otherwise, a confirmed address."""
    user = User.objects.create_user(email or f"person{next(_numbers)}@example.org", password, **fields)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=verified)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def mailed_code() -> str:
    """The code in the newest mail; it stands in the first line."""
    found = re.match(r"[A-Z]{4}-[A-Z]{4}", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found.group()


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
