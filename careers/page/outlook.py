"""The drawing of projected growth, and its label, computed from figure and vintage."""

from dataclasses import dataclass

from careers.document.figures import Outlook
from careers.growth import label
from careers.page.words import percent

ROOM_FOR_VALUE = 18  # percent of the width kept free for the number at the end of the longest bar


@dataclass(frozen=True)
class Bar:
    name: str
    value: str
    x: str
    width: str
    text_x: str
    is_role: bool
    y_text: int
    y_bar: int
    y_value: int


@dataclass(frozen=True)
class OutlookChart:
    finding: str
    measure: str
    description: str
    bars: list[Bar]
    zero_x: str  # empty when every bar starts at the left edge
    height: int


def outlook_chart(outlooks: list[Outlook], plural: str) -> OutlookChart | None:
    """Bars from one zero on one scale; a decline goes to the left. None when nothing is projected."""
    if not outlooks:
        return None
    rows = [(outlook.occupation or plural, outlook.percent, True) for outlook in outlooks]
    everyone = next((outlook.all_jobs_percent for outlook in outlooks if outlook.all_jobs_percent is not None), None)
    if everyone is not None:
        rows.append(("All occupations", everyone, False))
    values = [value for _, value, _ in rows]
    low, high = min(0.0, *values), max(0.0, *values)
    span = (high - low) or 1.0
    room = 100 - ROOM_FOR_VALUE
    zero = abs(low) / span * room
    bars = []
    for number, (name, value, is_role) in enumerate(rows):
        start, end = sorted((zero, zero + value / span * room))
        top = number * 58
        bars.append(
            Bar(
                name, percent(value), f"{start:.1f}%", f"{max(end - start, 0.4):.1f}%", f"{end:.1f}%", is_role, top + 14, top + 22, top + 39
            )
        )
    first = outlooks[0]
    years = f" from {first.period_from} to {first.period_to}" if first.period_from else ""
    return OutlookChart(
        finding=label(first).sentence,
        measure=f"Projected change in the number of jobs{years}, {first.place}",
        description=". ".join(f"{bar.name}: {bar.value}" for bar in bars) + ".",
        bars=bars,
        zero_x=f"{zero:.1f}%" if low else "",
        height=len(rows) * 58 - 4,
    )
