"""Pay beside the guide: what is drawn, what is said, and what is not compared."""

from decimal import Decimal

import pytest

from careers.document.figures import PayBand
from careers.tests.factories import PLAIN
from jobs.models import Job
from jobs.page.guides import GuideFacts
from jobs.page.pay import pay_line

MEASURED = PLAIN["pay"][0]
EDITORS = {"method": "editor", "place": "United States", "country": "US", "currency": "USD", "unit": "year"}


def facts(**changes):
    return GuideFacts(1, "kite-maker", "Kite maker", "Kite makers", "crafts", "Crafts", PayBand.model_validate(MEASURED | changes))


def line(least, most, guide, *, currency="USD", period="YEAR"):
    bounds = {"pay_minimum": least and Decimal(least), "pay_maximum": most and Decimal(most)}
    return pay_line(Job(title="Kite maker", pay_currency=currency, pay_period=period, **bounds), guide)


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (46_000, 50_000, "above the median"),
        (30_000, 44_999, "below the median"),
        (41_000, 46_500, "near the median"),
        (45_000, 45_000, "near the median"),
        (50_000, None, "starts above the median"),
        (45_000, None, "starts at the median"),
        (None, 40_000, "ends below the median"),
    ],
)
def test_where_the_pay_lies_is_said_in_words(least, most, said):
    assert line(least, most, facts()).compared == said


def test_the_line_is_drawn_on_the_scale_of_the_guide():
    drawn = line(40_000, 50_000, facts()).line
    assert (drawn.x, drawn.width, drawn.median_x) == ("25.0%", "25.0%", "37.5%")
    assert (drawn.scale_from, drawn.scale_to) == ("$30,000", "$70,000")


@pytest.mark.parametrize(("least", "most"), [(100_000, 120_000), (1_000, 2_000), (1_000, 200_000), (45_000, None), (None, 45_000)])
def test_no_bar_leaves_the_drawing_or_vanishes(least, most):
    drawn = line(least, most, facts()).line
    start, width = (float(value.removesuffix("%")) for value in (drawn.x, drawn.width))
    assert start >= 0
    assert width >= 2
    assert start + width <= 100.01


@pytest.mark.parametrize(
    ("currency", "period", "why"),
    [
        ("EUR", "YEAR", "pays in EUR and the guide’s figures are in USD"),
        ("USD", "HOUR", "states pay an hour and the guide’s figures are a year"),
    ],
)
def test_another_currency_or_period_is_not_compared_and_says_why(currency, period, why):
    found = line(20, 25, facts(), currency=currency, period=period)
    assert why in found.why_not
    assert (found.line, found.compared) == (None, "")


def test_a_guide_by_the_hour_compares_with_pay_by_the_hour():
    by_hour = facts(unit="hour", p10=15, p25=18, median=20, p75=25, p90=30)
    assert line(25, 28, by_hour, period="HOUR").compared == "above the median"
    assert "an hour" in line(40_000, 50_000, by_hour).why_not


def test_an_editors_figure_is_no_median():
    band = PayBand.model_validate(EDITORS | {"range_min": 30_000, "median": 42_000, "range_max": 60_000})
    guide = GuideFacts(1, "kite-maker", "Kite maker", "Kite makers", "crafts", "Crafts", band)
    assert line(50_000, 55_000, guide).compared == "above the typical pay"


def test_unknown_stays_unknown():
    assert line(None, None, facts(), currency="", period="").line is None
    assert line(None, None, facts(), currency="", period="").compared == ""
    assert line(40_000, 50_000, None).compared == line(40_000, 50_000, None).why_not == ""
    only_median = facts(p10=None, p25=None, p75=None, p90=None)
    assert (line(50_000, 60_000, only_median).line, line(50_000, 60_000, only_median).compared) == (None, "above the median")
