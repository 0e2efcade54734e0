import pytest

from careers.document.figures import Outlook
from careers.growth import label
from careers.page.outlook import outlook_chart


def outlook(percent, **changes):
    values = {"method": "measured", "percent": percent, "place": "United States", "country": "US", "period_from": 2024, "period_to": 2034}
    return Outlook.model_validate(values | {"all_jobs_percent": 3.1} | changes)


NO_VINTAGE = {"period_from": None, "period_to": None}


@pytest.mark.parametrize(
    ("percent", "words"),
    [
        (28.5, "much faster than average"),
        (7.0, "much faster than average"),
        (6.4, "faster than average"),
        (5.0, "faster than average"),
        (4.4, "about as fast as average"),
        (2.6, "about as fast as average"),
        (1.2, "slower than average"),
        (0.2, "little or no change"),
        (-0.4, "little or no change"),
        (-0.6, "declining"),
        (-14, "declining"),
    ],
)
def test_the_label_is_the_wording_of_the_vintage(percent, words):
    assert label(outlook(percent)).short == words


@pytest.mark.parametrize("percent", [6.5, 4.5, 2.5, 0.5, -0.5])
def test_at_a_half_the_wording_is_not_known_and_arithmetic_speaks(percent):
    assert "computed from the figures" in label(outlook(percent)).basis


@pytest.mark.parametrize("percent", [9.5, 7.5, 28.5])
def test_a_half_inside_one_wording_is_no_question(percent):
    assert label(outlook(percent)).short == "much faster than average"


def test_without_a_vintage_the_figure_is_compared_with_all_jobs():
    found = label(outlook(10, **NO_VINTAGE))
    assert found.short == "faster than average"
    assert "3.1%" in found.basis


def test_without_anything_to_compare_nothing_is_claimed():
    assert label(outlook(10, all_jobs_percent=None, **NO_VINTAGE)).short == ""


def test_another_country_does_not_borrow_the_bls_wording():
    assert "computed from the figures" in label(outlook(5, country="DE")).basis


def test_bars_share_one_scale_from_zero():
    role, everyone = outlook_chart([outlook(6.2)], "Kite makers").bars
    assert float(role.width.rstrip("%")) == pytest.approx(float(everyone.width.rstrip("%")) * 2, abs=0.2)
    assert role.x == everyone.x == "0.0%"


def test_a_decline_goes_left_of_zero():
    chart = outlook_chart([outlook(-6)], "Kite makers")
    role, everyone = chart.bars
    assert float(role.x.rstrip("%")) < float(chart.zero_x.rstrip("%"))
    assert everyone.x == chart.zero_x
    assert role.value == "−6%"
    assert chart.finding == "The number of jobs is shrinking"
