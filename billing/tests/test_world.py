"""Which Stripe a process talks to: decided by the environment, and refused where money could go wrong."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from billing import world
from billing.world import World, refuse_misconfiguration
from tests.source import ROOT

LIVE = {"STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_WEBHOOK_SECRETS": ["whsec_1"], "STRIPE_PLUS_PRODUCT": "prod_1", "STRIPE_MODE": "live"}
TEST = LIVE | {"STRIPE_SECRET_KEY": "sk_test_1", "STRIPE_MODE": "test"}


@pytest.fixture
def be(settings):
    def changed(**values):
        for name, value in values.items():
            setattr(settings, name, value)

    return changed


@pytest.mark.parametrize(
    ("key", "debug", "expected"),
    [
        ("", False, World.OFF),
        ("", True, World.SANDBOX),
        ("sk_live_1", False, World.LIVE),
        ("rk_live_1", False, World.LIVE),
        ("sk_test_1", False, World.TEST),
        ("rk_test_1", True, World.TEST),
    ],
)
def test_the_world_follows_from_key_and_debug(key, debug, expected, be):
    be(STRIPE_SECRET_KEY=key, DEBUG=debug)
    assert world.world() is expected


@pytest.mark.parametrize("key", ["pk_live_1", "pk_test_1", "whsec_1", "sk_1", "password"])
def test_a_key_that_is_no_secret_key_is_refused_and_not_repeated(key, be):
    be(STRIPE_SECRET_KEY=key)
    with pytest.raises(ImproperlyConfigured) as refusal:
        world.world()
    assert key not in str(refusal.value)


@pytest.mark.parametrize(
    "good",
    [
        {},
        {"DEBUG": True},
        LIVE,
        LIVE | {"STRIPE_MODE": ""},
        TEST,
        TEST | {"DEBUG": True, "STRIPE_MODE": ""},
        TEST | {"STRIPE_API_BASE": "http://127.0.0.1:1"},
        LIVE | {"STRIPE_WEBHOOK_SECRETS": ["whsec_1", " whsec_2 ", ""]},
    ],
)
def test_a_good_environment_starts(good, be):
    be(**good)
    refuse_misconfiguration()


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (LIVE | {"DEBUG": True}, "DEBUG"),
        (LIVE | {"STRIPE_WEBHOOK_SECRETS": []}, "STRIPE_WEBHOOK_SECRETS"),
        (LIVE | {"STRIPE_WEBHOOK_SECRETS": ["", "  "]}, "STRIPE_WEBHOOK_SECRETS"),
        (LIVE | {"STRIPE_WEBHOOK_SECRETS": ["sk_live_1"]}, "whsec_"),
        (LIVE | {"STRIPE_PLUS_PRODUCT": ""}, "STRIPE_PLUS_PRODUCT"),
        (LIVE | {"STRIPE_PLUS_PRODUCT": "price_1"}, "STRIPE_PLUS_PRODUCT"),
        (LIVE | {"STRIPE_API_BASE": "http://127.0.0.1:1"}, "STRIPE_API_BASE"),
        (LIVE | {"STRIPE_MODE": "test"}, "live key"),
        (TEST | {"STRIPE_MODE": "live"}, "test key"),
        (TEST | {"STRIPE_MODE": ""}, "STRIPE_MODE=test"),
        (TEST | {"STRIPE_MODE": "staging"}, "live or test"),
        ({"STRIPE_MODE": "live"}, "STRIPE_SECRET_KEY"),
        ({"STRIPE_MODE": "test", "DEBUG": True}, "STRIPE_SECRET_KEY"),
    ],
)
def test_a_bad_environment_does_not_start_and_says_why(bad, words, be):
    be(**bad)
    with pytest.raises(ImproperlyConfigured, match=words) as refusal:
        refuse_misconfiguration()
    assert "sk_live_1" not in str(refusal.value)


def test_the_command_that_makes_product_and_webhook_may_run_before_they_are_known(be):
    be(**LIVE | {"STRIPE_WEBHOOK_SECRETS": [], "STRIPE_PLUS_PRODUCT": ""})
    refuse_misconfiguration(world.SETUP_COMMAND)
    with pytest.raises(ImproperlyConfigured):
        refuse_misconfiguration("billing_reconcile")
    be(DEBUG=True)
    with pytest.raises(ImproperlyConfigured):
        refuse_misconfiguration(world.SETUP_COMMAND)


# --- in processes of their own ------------------------------------------------------------------
WSGI = "import portal.wsgi; from billing import world; print(world.world())"
INSTALL_SANDBOX = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
from django.conf import settings
settings.INSTALLED_APPS.append("billing.sandbox")
import django
django.setup()
print("it runs")
"""


def run(code, **environment):
    everything = os.environ | {"DEBUG": "off", "DJANGO_SETTINGS_MODULE": "portal.settings"} | environment
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=everything, timeout=60, check=False)


GOOD_LIVE = {"STRIPE_SECRET_KEY": "sk_live_1", "STRIPE_WEBHOOK_SECRETS": "whsec_1,whsec_2", "STRIPE_PLUS_PRODUCT": "prod_1"}
GOOD_TEST = GOOD_LIVE | {"STRIPE_SECRET_KEY": "sk_test_1", "STRIPE_MODE": "test"}
CHANGES = ({"STRIPE_WEBHOOK_SECRETS": ""}, {"DEBUG": "on"}, {"STRIPE_SECRET_KEY": "sk_test_1"}, {"STRIPE_MODE": "test"})
FORM_ACTION = (
    "import django; django.setup(); from django.conf import settings as s; print(s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'])"
)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [({}, "off"), ({"DEBUG": "on"}, "sandbox"), (GOOD_LIVE, "live"), (GOOD_TEST, "test")],
)
def test_a_web_process_starts_in_its_world(environment, expected):
    seen = run(WSGI, **environment)
    assert seen.stdout.split()[-1:] == [expected], seen.stderr


@pytest.mark.parametrize("change", CHANGES)
def test_a_web_process_refuses_to_start(change):
    seen = run(WSGI, **GOOD_LIVE | change)
    assert seen.returncode
    assert "ImproperlyConfigured" in seen.stderr
    assert "sk_live_1" not in seen.stderr


@pytest.mark.parametrize("environment", [{}, GOOD_LIVE, {"DEBUG": "on", **GOOD_LIVE, "STRIPE_SECRET_KEY": "sk_test_1"}])
def test_the_sandbox_cannot_be_installed_anywhere_else(environment):
    seen = run(INSTALL_SANDBOX, **environment)
    assert seen.returncode
    assert "billing.sandbox stands in for Stripe" in seen.stderr
    assert "it runs" not in seen.stdout


def test_the_sandbox_is_not_there_in_production_and_there_is_nothing_to_switch_on():
    code = "import django; django.setup(); from django.apps import apps; print(apps.is_installed('billing.sandbox'))"
    assert run(code).stdout.split() == ["False"]
    assert run(code, **GOOD_LIVE).stdout.split() == ["False"]
    assert run(code, DEBUG="on").stdout.split() == ["True"]
    from django.conf import settings

    assert not [name for name in settings.ENV if "SANDBOX" in name]


def test_nothing_stands_in_for_stripe_with_a_live_key_or_none(be):
    from billing import gateway

    for values in (LIVE, {"STRIPE_SECRET_KEY": "", "STRIPE_MODE": ""}):
        be(**values)
        with pytest.raises(RuntimeError):
            gateway.answer_in_process(lambda *request: ("{}", 200, {}))


def test_the_pages_of_stripe_may_follow_a_form_only_where_there_is_a_key():
    assert "stripe" not in run(FORM_ACTION).stdout
    assert "https://checkout.stripe.com" in run(FORM_ACTION, **GOOD_LIVE).stdout
    assert "https://billing.stripe.com" in run(FORM_ACTION, **GOOD_LIVE).stdout
