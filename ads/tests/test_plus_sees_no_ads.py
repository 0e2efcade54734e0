"""The gate of pages without ads. Over every address and template: tests/test_adfree.py."""

import re

import pytest
from django.utils import timezone

from accounts.models import User
from ads.tests.factories import make_ad
from ads.tests.pages import page, plus, signed_in, slots
from billing.models import Grant

pytestmark = pytest.mark.django_db


def test_plus_gets_nothing_of_it(guide, long_list):
    make_ad(with_picture=True)
    client = signed_in()
    plus(User.objects.get())
    for address in (guide, long_list):
        text = page(address, client)
        assert not re.search(r'class="ad[ "-]|ad-box|ads\.js|data-ad|/ads/picture/|/ads/count/|Advertisement', text)
        assert not re.search(r"<li[^>]*>\s*</li>", text)


def test_a_member_who_leaves_plus_sees_ads_again(guide):
    client = signed_in()
    plus(User.objects.get())
    assert not slots(page(guide, client))
    Grant.objects.update(revoked_at=timezone.now())
    assert slots(page(guide, client))
