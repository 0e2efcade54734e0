"""Pages as tests read them, and their readers."""

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from accounts.models import User
from billing.models import Account, Grant

SLOT = re.compile(r'<aside class="ad[ "].*?</aside>', re.DOTALL)


def slots(page):
    return SLOT.findall(page)


def page(address, client=None, **headers):
    response = (client or Client()).get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def plus(user):
    account = Account.objects.create(user=user, world="live")
    Grant.objects.create(account=account, until=timezone.now() + timedelta(days=9), reason="test")
    return user


def signed_in(**rights):
    client = Client()
    client.force_login(User.objects.create_user("reader@example.org", **rights))
    return client
