"""Impressions and clicks of one ad, for staff: by day and by place."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from ads.models import AdDay, Creative, Placement

DAYS = 30  # of the drawing, today included
PLOT_TOP, PLOT_HEIGHT = 24, 110  # pixels


@dataclass(frozen=True)
class Count:
    impressions: int
    clicks: int

    @property
    def rate(self) -> str:
        return rate(self.impressions, self.clicks)


@dataclass(frozen=True)
class Column:
    """A day of the drawing: places in percent of the width, heights in pixels from the top."""

    day: date
    count: Count
    x: str
    middle: str
    width: str
    y: int
    height: int
    has_tick: bool


@dataclass(frozen=True)
class Overview:
    total: Count
    places: list[tuple[str, Count]]
    days: list[tuple[date, Count]]  # oldest first, without gaps

    @property
    def finding(self) -> str:
        """What the drawing shows, in a sentence."""
        best, count = max(self.days, key=lambda row: row[1].impressions)
        if not count.impressions:
            return f"Not seen in the last {DAYS} days"
        return f"Seen {sum(row.impressions for _, row in self.days):,} times in {DAYS} days, most on {best:%B %-d}"

    @property
    def busy_days(self) -> list[tuple[date, Count]]:
        """For the table, newest first."""
        return [(day, count) for day, count in reversed(self.days) if count.impressions or count.clicks]

    @property
    def most(self) -> int:
        return max(count.impressions for _, count in self.days)

    @property
    def columns(self) -> list[Column]:
        wide = 100 / DAYS
        found = []
        for place, (day, count) in enumerate(self.days):
            height = round(count.impressions / (self.most or 1) * PLOT_HEIGHT)
            x, middle = f"{place * wide + wide * 0.15:.1f}%", f"{(place + 0.5) * wide:.1f}%"
            y = PLOT_TOP + PLOT_HEIGHT - height
            found.append(Column(day, count, x, middle, f"{wide * 0.7:.1f}%", y, height, (DAYS - 1 - place) % 7 == 0))
        return found


def rate(impressions: int, clicks: int) -> str:
    """Clicks per impression; a dash before the first."""
    return f"{clicks / impressions:.2%}" if impressions else "–"


def overview(creative: Creative, today: date) -> Overview:
    """Two questions to the database. `today` in UTC, as days are counted."""
    rows = AdDay.objects.filter(creative=creative).order_by()
    sums = {"seen": Sum("impressions"), "followed": Sum("clicks")}
    places = {place: Count(seen, followed) for place, seen, followed in rows.values_list("placement").annotate(**sums)}
    first = today - timedelta(days=DAYS - 1)
    recent = rows.filter(day__gte=first).values_list("day").annotate(**sums)
    by_day = {day: Count(seen, followed) for day, seen, followed in recent}
    nothing = Count(0, 0)
    return Overview(
        Count(sum(count.impressions for count in places.values()), sum(count.clicks for count in places.values())),
        [(place.label, places[place]) for place in Placement if place in places],
        [(day, by_day.get(day, nothing)) for day in (first + timedelta(days=n) for n in range(DAYS))],
    )
