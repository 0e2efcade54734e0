"""Which Stripe this process talks to, and whether the environment allows it.

    live      real money: a live key
    test      Stripe's test mode: a test key, DEBUG or declared with STRIPE_MODE=test
    sandbox   no key and DEBUG: the local stand-in of `billing.sandbox`, no money moves
    off       no key in production: nothing is sold, everybody is on Free

It is derived, never set: a production site cannot be switched to the sandbox. Every billing row remembers the world it
was made in, and another world does not count it.
"""

import hmac
import sys
from enum import StrEnum

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

SANDBOX_PRODUCT = "prod_sandbox_plus"
SETUP_COMMAND = "billing_setup"  # makes the product and the webhook, so it must run before their ids are known
_PREFIXES = {"sk_live_": "live", "rk_live_": "live", "sk_test_": "test", "rk_test_": "test"}


class World(StrEnum):
    LIVE = "live"
    TEST = "test"
    SANDBOX = "sandbox"
    OFF = "off"


def world() -> World:
    """Raises ImproperlyConfigured for a key that is no secret key of Stripe."""
    key: str = settings.STRIPE_SECRET_KEY
    if not key:
        return World.SANDBOX if settings.DEBUG else World.OFF
    found = next((name for prefix, name in _PREFIXES.items() if key.startswith(prefix)), None)
    if found is None:
        raise ImproperlyConfigured("STRIPE_SECRET_KEY must be a secret or restricted key: sk_live_…, rk_live_…, sk_test_… or rk_test_….")
    return World(found)


def world_of_rows() -> World:
    """The world that new rows belong to. Where billing is off, staff may still give Plus away: in the world to come."""
    return World.LIVE if world() is World.OFF else world()


def is_open() -> bool:
    """Whether Plus can be bought and managed here."""
    return world() is not World.OFF


def plus_product() -> str:
    """Id of the Stripe product that is Plus. A subscription counts by its product, whatever its price."""
    return SANDBOX_PRODUCT if world() is World.SANDBOX else settings.STRIPE_PLUS_PRODUCT


def webhook_secrets() -> list[str]:
    """Signing secrets, any of which may have signed a delivery: two while a secret is being rotated."""
    if world() is World.SANDBOX:
        return [hmac.digest(settings.SECRET_KEY.encode(), b"billing.sandbox", "sha256").hex()]
    return [secret.strip() for secret in settings.STRIPE_WEBHOOK_SECRETS if secret.strip()]


def refuse_misconfiguration(command: str = "") -> None:
    """Raise ImproperlyConfigured for an environment in which money could go wrong. Called when a process starts."""
    here = world()
    declared: str = settings.STRIPE_MODE
    if declared not in {"", World.LIVE, World.TEST}:
        _refuse("STRIPE_MODE must be live or test.")
    if here in {World.SANDBOX, World.OFF}:
        if declared:
            _refuse(f"STRIPE_MODE={declared} needs STRIPE_SECRET_KEY. Without a key leave both unset.")
        return
    if declared and declared != here:
        _refuse(f"STRIPE_MODE={declared}, but STRIPE_SECRET_KEY is a {here} key.")
    if here is World.LIVE and settings.DEBUG:
        _refuse("A live Stripe key and DEBUG do not go together: DEBUG is for development, where no real money moves.")
    if here is World.LIVE and settings.STRIPE_API_BASE:
        _refuse("STRIPE_API_BASE is for tests and must be unset with a live key.")
    if here is World.TEST and not settings.DEBUG and declared != World.TEST:
        _refuse("A test key without DEBUG lets test cards buy Plus. For a staging site declare it with STRIPE_MODE=test.")
    if command != SETUP_COMMAND:
        _refuse_unfinished()


def _refuse_unfinished() -> None:
    if not webhook_secrets():
        _refuse("Set STRIPE_WEBHOOK_SECRETS: it tells Stripe's messages from forged ones. 'manage.py billing_setup' prints it.")
    if not all(secret.startswith("whsec_") for secret in webhook_secrets()):
        _refuse("STRIPE_WEBHOOK_SECRETS must hold signing secrets (whsec_…), separated by commas.")
    if not settings.STRIPE_PLUS_PRODUCT.startswith("prod_"):
        _refuse("Set STRIPE_PLUS_PRODUCT to the product that is Plus (prod_…). 'manage.py billing_setup' makes and prints it.")


def _refuse(reason: str) -> None:
    raise ImproperlyConfigured(reason)


def command_line() -> str:
    """The management command that this process runs; empty for servers."""
    return sys.argv[1] if len(sys.argv) > 1 and sys.argv[0].endswith("manage.py") else ""
