import pytest
from django.core import mail

from accounts.tests.factories import make_user, signed_in
from billing import gateway, pause
from billing.models import Account
from billing.selling import account_of, start_plus
from billing.tests.stripe_twin import KEY, PRODUCT, SECRETS, Twin
from kit.models import ContentStamp


@pytest.fixture(autouse=True)
def _stamp(request) -> None:
    """Tests that commit empty every table, this row too."""
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        ContentStamp.objects.get_or_create(pk=1)


@pytest.fixture
def test_mode(settings):
    settings.STRIPE_SECRET_KEY, settings.STRIPE_MODE = KEY, "test"
    settings.STRIPE_WEBHOOK_SECRETS, settings.STRIPE_PLUS_PRODUCT = list(SECRETS), PRODUCT
    return settings


@pytest.fixture
def twin(test_mode, monkeypatch):
    """Stripe's stand-in. At the end every request and answer must have fitted the package's types."""
    monkeypatch.setattr(pause, "SECONDS", 0.0)
    there = Twin()
    gateway.answer_in_process(there.answer)
    yield there
    gateway.answer_in_process(None)
    assert not there.problems, "\n".join(dict.fromkeys(there.problems))


@pytest.fixture
def member(db):
    return make_user("member@example.org", display_name="Mo")


@pytest.fixture
def client_of():
    return signed_in


@pytest.fixture
def subscriber(twin, member):
    """Somebody who has paid, as far as Stripe and we are concerned."""
    start_plus(member)
    twin.pay(account_of(member).checkout_id)
    twin.deliver_all()
    mail.outbox.clear()
    account = Account.objects.get(user=member)
    assert account.is_member
    return member
