import pytest

from careers.document.figures import PayBand
from careers.page.pay import pay_chart

BASE = {"place": "United States", "country": "US", "currency": "USD", "unit": "year"}


def measured(**amounts):
    return PayBand.model_validate(BASE | {"method": "measured", "period": "May 2024"} | amounts)


def editor(**amounts):
    return PayBand.model_validate(BASE | {"method": "editor"} | amounts)


FULL = measured(p10=30_000, p25=40_000, median=50_000, p75=60_000, p90=80_000)
SEED = editor(range_min=33_000, range_max=52_000, median=42_500, entry=35_850, mid=42_500, senior=49_150, top=52_000)


def percent(position):
    return float(position.rstrip("%"))


def test_positions_follow_the_amounts():
    chart = pay_chart(FULL, "Kite makers")
    low, median, high = (percent(point.x) for point in (chart.low, chart.median, chart.high))
    assert (median - low) / (high - low) == pytest.approx((50_000 - 30_000) / (80_000 - 30_000), abs=0.01)
    assert percent(chart.core_x) + percent(chart.core_width) == pytest.approx(percent(chart.senior.x), abs=0.2)


def test_an_editors_range_never_speaks_of_shares_of_people():
    chart = pay_chart(SEED, "Kite makers")
    words = " ".join([chart.finding, chart.description, chart.low.label, chart.high.label, chart.entry.label])
    for claim in ("1 in", "half", "Half", "percentile", "earn"):
        assert claim not in words


def test_a_survey_speaks_of_shares_of_people():
    chart = pay_chart(FULL, "Kite makers")
    assert chart.finding == "Half of kite makers earn more than $50,000 a year"
    assert chart.low.label == "1 in 10 under"


def test_a_figure_for_a_wider_occupation_names_it():
    band = FULL.model_copy(update={"occupation": "Craft workers"})
    assert "craft workers" in pay_chart(band, "Kite makers").finding


def test_labels_stay_inside_the_drawing_and_close_ones_move_apart():
    chart = pay_chart(measured(p10=30_000, p25=31_000, median=32_000, p75=33_000, p90=80_000), "Kite makers")
    assert not chart.one_row
    for point in (chart.low, chart.entry, chart.median, chart.senior, chart.high):
        assert 10 <= percent(point.text_x) <= 90
    assert percent(chart.entry.text_x) >= 23  # it ends there


def test_the_table_repeats_no_amount_under_two_names():
    amounts = [row.amount for row in pay_chart(SEED, "Kite makers").rows]
    assert len(amounts) == len(set(amounts))


def test_hours_are_not_worked_out_where_people_work_part_of_the_year():
    chart = pay_chart(FULL.model_copy(update={"full_year": False}), "Teachers")
    assert chart.other_unit == ""
    assert {row.other for row in chart.rows} == {""}


def test_hourly_figures_use_2080_hours_a_year():
    row = pay_chart(FULL, "Kite makers").rows[2]
    assert (row.name, row.amount, row.other) == ("Median", "$50,000", "$24.04")


@pytest.mark.parametrize("band", [measured(median=50_000), measured(p10=40_000, median=40_000), editor()])
def test_too_few_amounts_are_not_drawn(band):
    assert pay_chart(band, "Kite makers") is None
