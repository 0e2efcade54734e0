"""Signing in with Google and GitHub appears when their keys are set: the apps are read at start, so in another process."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse

SHOW = """
import django; django.setup()
from django.test import Client
from django.urls import reverse
from django.conf import settings
settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
from django.template.loader import render_to_string
from django.test import RequestFactory
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp
DefaultSocialAccountAdapter.list_apps = lambda *args, **kwargs: [SocialApp(provider="github", client_id="x", secret="y")]
request = RequestFactory().get("/sign-in/")
print(render_to_string("socialaccount/snippets/login.html", {}, request))
print(reverse("github_callback"), reverse("socialaccount_connections"))
"""


def test_without_keys_there_are_no_addresses():
    with pytest.raises(NoReverseMatch):
        reverse("socialaccount_connections")


def test_with_keys_there_is_a_button_that_posts():
    environment = os.environ | {"GITHUB_CLIENT_ID": "x", "GITHUB_CLIENT_SECRET": "y"}
    result = subprocess.run(
        [sys.executable, "-c", SHOW], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    assert "Continue with GitHub" in result.stdout
    assert 'method="post" action="/sign-in/with/github/login/' in result.stdout
    assert "/sign-in/with/github/login/callback/" in result.stdout
