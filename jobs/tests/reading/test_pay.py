"""Pay is what a source states, or unknown."""

from decimal import Decimal

import pytest

from jobs.choices import PayPeriod
from jobs.listing import Pay
from jobs.reading.pay import amount, currency_of, pay_between, period_in, period_of, read_pay_text

HOUR, DAY, MONTH, YEAR = PayPeriod.HOUR, PayPeriod.DAY, PayPeriod.MONTH, PayPeriod.YEAR


def pay(low, high, currency="USD", period=YEAR):
    return Pay(currency, period, low and Decimal(low), high and Decimal(high))


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("$75k - $95k", pay(75_000, 95_000)),
        ("$31,2k- $52k", pay(31_200, 52_000)),
        ("$60k–$72k", pay(60_000, 72_000)),
        ("$40- $60k", pay(40_000, 60_000)),
        ("50-60k EUR", pay(50_000, 60_000, "EUR")),
        ("$60k-$130k (depending on experience)", pay(60_000, 130_000)),
        ("$100,000 - $150,000", pay(100_000, 150_000)),
        ("$80,000 - $100,000 + 401(k)", pay(80_000, 100_000)),
        ("$50-$75 /hour", pay(50, 75, period=HOUR)),
        ("$14/hour", pay(14, 14, period=HOUR)),
        ("£500 per day", pay(500, 500, "GBP", DAY)),
        ("5.500 EUR/month", pay(5_500, 5_500, "EUR", MONTH)),
        ("€45.000 - €55.000", pay(45_000, 55_000, "EUR")),
        ("CHF 90'000 per year", pay(90_000, 90_000, "CHF")),
        ("70 000 – 80 000 PLN monthly", pay(70_000, 80_000, "PLN", MONTH)),
        ("C$80k annually", pay(80_000, 80_000, "CAD")),
        ("$80k CAD", pay(80_000, 80_000, "CAD")),
        ("up to $90k", pay(None, 90_000)),
        ("from $90k", pay(90_000, None)),
        ("US$ 100,000+", pay(100_000, None)),
    ],
)
def test_pay_in_words_is_read_with_what_the_documentation_says(text, stated):
    assert read_pay_text(text, currency="USD", period=YEAR) == stated


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "Competitive", "DOE", "$0", "0 - 0", "OTE $25k - $35k", "$50k on-target earnings", "$60k plus commission", "10% equity",
        "$20 - $35", "$90k - $60k", "€50k - $60k", "£50k or €60k", "$15 per hour, paid weekly", "$1.5M", "15 LPA", "20 lakhs",
        "$1 $2 $3", None, 90_000,
        ["$90k"], "$" * 300, "1" * 200, "²k", "$٥٠k",
    ],
)  # fmt: skip
def test_other_words_are_unknown(text):
    assert read_pay_text(text, currency="USD", period=YEAR) is None


@pytest.mark.parametrize("text", ["$90k a year", "90,000 yearly", "€90k", "90k"])
def test_without_documentation_nothing_is_filled_in(text):
    assert read_pay_text(text) is None


def test_but_what_is_stated_in_full_is_read():
    assert read_pay_text("€90k a year") == pay(90_000, 90_000, "EUR")


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (72_800, "72800"), ("72800", "72800"), ("72,800", "72800"), ("1,234,567", "1234567"), ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("31.000", "31000"), ("26.01", "26.01"), (26.01, "26.01"), ("12,5", "12.50"), (" 90 ", "90"), (0.1 + 0.2, "0.30"),
    ],
)  # fmt: skip
def test_amounts_in_numbers_and_text(value, read):
    assert amount(value) == Decimal(read)


@pytest.mark.parametrize(
    "value",
    [
        0,
        "0",
        "0.00",
        -5,
        "-5",
        "",
        " ",
        "abc",
        "1e5",
        "NaN",
        "Infinity",
        float("nan"),
        float("inf"),
        10**400,
        "9" * 29,
        "1,23,456",
        True,
        None,
        [],
        {},
    ],
)
def test_what_is_no_amount_is_unknown(value):
    assert amount(value) is None


def test_an_amount_of_thousands_of_digits_is_unknown():
    assert amount(10**5000) is None


@pytest.mark.parametrize(
    ("low", "high", "currency", "period"),
    [
        (60_000, 80_000, "", YEAR), (60_000, 80_000, "USD", None), (60_000, 80_000, "ABC", YEAR), (60_000, 80_000, None, YEAR),
        (80_000, 60_000, "USD", YEAR), (0, 0, "USD", YEAR), ("0", None, "USD", YEAR), (None, None, "USD", YEAR), (75, 95, "USD", YEAR),
        (2_000_000, 2_000_000, "USD", HOUR), (3_000_000_000, None, "VND", YEAR),
    ],
)  # fmt: skip
def test_pay_that_is_not_whole_or_not_believable_is_unknown(low, high, currency, period):
    assert pay_between(low, high, currency, period) is None


def test_one_bound_is_enough():
    assert pay_between("0", "80000", "usd", YEAR) == pay(None, 80_000)


@pytest.mark.parametrize(
    ("word", "period"),
    [
        ("yearly", YEAR), ("YEAR", YEAR), ("annual", YEAR), ("1 YEAR", YEAR), ("per-year-salary", YEAR), ("monthly", MONTH),
        ("MONTH", MONTH),
        ("per-hour-wage", HOUR), ("HOUR", HOUR), ("1 HOUR", HOUR), ("per-day-wage", DAY), ("per-week-salary", PayPeriod.WEEK),
        ("bi-week-salary", None), ("one-time", None), ("2 WEEK", None), ("NONE", None), ("", None), (None, None), (12, None),
    ],
)  # fmt: skip
def test_periods_by_every_name(word, period):
    assert period_of(word) == period


def test_a_title_of_a_range_may_name_its_period():
    assert period_in("Annual Salary:") == YEAR
    assert period_in("Hourly rate, paid monthly") is None


@pytest.mark.parametrize(("code", "read"), [("USD", "USD"), (" eur ", "EUR"), ("XYZ", ""), ("$", ""), (None, ""), (840, "")])
def test_currencies_are_iso_codes(code, read):
    assert currency_of(code) == read
