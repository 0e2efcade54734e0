"""Insight as drawings: bars on one scale from zero. x in percent, y in pixels, so that text keeps its size at any width."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.tracker.insight import OfCareer, Stage, Week

ROOM_FOR_VALUE = 22  # percent of the width kept free for the number at the end of the longest bar
ROW = 58  # pixels
WEEK_HEIGHT = 96  # pixels of the tallest column


@dataclass(frozen=True)
class Bar:
    name: str
    value: str
    width: str
    y_text: int
    y_bar: int
    y_value: int


@dataclass(frozen=True)
class Bars:
    bars: Sequence[Bar]
    height: int
    description: str


@dataclass(frozen=True)
class Column:
    x: str
    middle: str
    width: str
    y: int
    height: int
    y_value: int
    value: str
    label: str
    has_label: bool


@dataclass(frozen=True)
class Columns:
    columns: Sequence[Column]
    description: str


def funnel(stages: Sequence[Stage]) -> Bars:
    return _bars([(stage.name, float(stage.count), str(stage.count)) for stage in stages])


def rates(careers: Sequence[OfCareer]) -> Bars:
    """The scale goes to 100 percent, whatever the best is."""
    return _bars([(one.name, one.percent, f"{one.percent}% of {one.sent}") for one in careers], full=100)


def weeks(found: Sequence[Week]) -> Columns:
    most = max((week.sent for week in found), default=0) or 1
    step = 100 / (len(found) or 1)
    columns = []
    for number, week in enumerate(found):
        height = round(WEEK_HEIGHT * week.sent / most)
        columns.append(
            Column(
                x=f"{number * step + step * 0.15:.1f}%",
                middle=f"{number * step + step / 2:.1f}%",
                width=f"{step * 0.7:.1f}%",
                y=24 + WEEK_HEIGHT - height,
                height=height,
                y_value=18 + WEEK_HEIGHT - height,
                value=str(week.sent) if week.sent else "",
                label=f"{week.start:%b} {week.start.day}",
                has_label=number % 4 == 0,
            )
        )
    said = ", ".join(f"week of {week.start:%B} {week.start.day}: {week.sent}" for week in found)
    return Columns(columns, f"Applications sent, {said}.")


def _bars(rows: Sequence[tuple[str, float, str]], full: float = 0) -> Bars:
    most = full or max((value for _, value, _ in rows), default=0) or 1
    bars = []
    for number, (name, value, words) in enumerate(rows):
        top = number * ROW
        width = value / most * (100 - ROOM_FOR_VALUE)
        bars.append(Bar(name, words, f"{max(width, 0.4):.1f}%", top + 14, top + 22, top + 39))
    return Bars(bars, len(rows) * ROW - 4, ". ".join(f"{bar.name}: {bar.value}" for bar in bars) + ".")
