"""Cells of an export: nothing in them runs, and nothing in them is lost."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from accounts.owndata.cells import RISKY, cell, safe, unsafe

TEXTS = ["=1+1", "+1", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", "'", "''=x", "'=x", "'quoted'", "plain", "", "a=b", "é"]


@pytest.mark.parametrize("text", TEXTS)
def test_no_text_begins_as_a_formula_and_each_comes_back_as_it_was(text):
    assert not safe(text).startswith(tuple(set(RISKY) - {"'"}))
    assert unsafe(safe(text)) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (-5, "-5"),
        (Decimal("-1.50"), "-1.50"),
        (True, "true"),
        (None, ""),
        (datetime(2026, 11, 25, 7, 8, tzinfo=UTC), "2026-11-25T07:08:00+00:00"),
        ({"é": [1]}, '{"é": [1]}'),
        ("-5", "'-5"),
    ],
)
def test_numbers_stay_numbers_and_times_are_in_utc(value, expected):
    assert cell(value) == expected
