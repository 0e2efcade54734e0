"""The environment of every test run. A pytest plugin (pyproject.toml: -p), because settings load before any conftest.py.

Every variable that settings read is assigned here, so a developer's .env never reaches a test.
"""

import os

from portal.database import ensure_database_url

VALUES = {
    "DEBUG": "off",
    "SECRET_KEY": "for-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLM",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SITE_URL": "http://testserver",
    "SITE_NAME": "Waymark",
    # A DATABASE_URL in .env is somebody's data. One in the environment is meant, and xdist's workers get theirs so:
    # from the process that started them and keeps the server alive.
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL") or os.environ.get("DATABASE_URL") or "",
    "CACHE_URL": "locmemcache://tests",
    "EMAIL_URL": "",
    "DEFAULT_FROM_EMAIL": "",
    "MAIL_PER_SECOND": "0",
    "ANYMAIL_ESP": "",
    "ANYMAIL_API_KEY": "",
    "ANYMAIL_SECOND_KEY": "",
    "ANYMAIL_SENDER_DOMAIN": "",
    "ANYMAIL_WEBHOOK_SECRET": "",
    "STATEMENT_TIMEOUT_SECONDS": "15",
    "TRUSTED_PROXY_COUNT": "0",
    "GOOGLE_CLIENT_ID": "",
    "GOOGLE_CLIENT_SECRET": "",
    "GITHUB_CLIENT_ID": "",
    "GITHUB_CLIENT_SECRET": "",
    "STRIPE_SECRET_KEY": "",
    "STRIPE_WEBHOOK_SECRETS": "",
    "STRIPE_PLUS_PRODUCT": "",
    "STRIPE_MODE": "",
    "STRIPE_API_BASE": "",
    "STRIPE_TAX": "off",
    "BILLING_COUNT_FROM": "100",
}

os.environ |= VALUES
ensure_database_url("test")
