from decimal import Decimal

import pytest

from jobs.models import Job
from jobs.wording import pay_in_words, place_in_words


@pytest.mark.parametrize(
    ("low", "high", "currency", "period", "words"),
    [
        ("20", "22.50", "USD", "HOUR", "$20–$22.50 an hour"),
        ("30000", None, "EUR", "YEAR", "from €30,000 a year"),
        (None, "400", "GBP", "DAY", "up to £400 a day"),
        ("5000.00", "5000", "CHF", "MONTH", "CHF 5,000 a month"),
        ("0.05", "1", "USD", "WEEK", "$0.05–$1 a week"),
        (None, None, "", "", ""),
    ],
)
def test_pay_is_said_as_stated(low, high, currency, period, words):
    bounds = [None if bound is None else Decimal(bound) for bound in (low, high)]
    assert pay_in_words(Job(pay_minimum=bounds[0], pay_maximum=bounds[1], pay_currency=currency, pay_period=period)) == words


@pytest.mark.parametrize(
    ("place", "workplace", "words"),
    [("Bremen", "hybrid", "Bremen (hybrid)"), ("", "remote", "remote"), ("Bremen", "", "Bremen"), ("", "", "")],
)
def test_place_is_said_as_far_as_it_is_known(place, workplace, words):
    assert place_in_words(Job(place=place, workplace=workplace)) == words
