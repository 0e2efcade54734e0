"""A moment that somebody names by the clock of a place."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MOST_AHEAD = timedelta(days=366)


def moment_of(day: date, clock: time, zone: str) -> datetime:
    """The moment in UTC. Where clocks go back and the hour comes twice, the first one.

    Raises ValueError when clocks skip that hour. `zone` is an IANA name.
    """
    local = datetime.combine(day, clock, ZoneInfo(zone))
    moment = local.astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise ValueError(f"There is no {clock:%H:%M} on that day in {zone}: clocks go forward then.")
    return moment


def why_not(moment: datetime, now: datetime) -> str:
    """Why nothing can be scheduled for then; empty when it can."""
    if moment <= now:
        return "This moment has passed. Choose one to come, or publish now."
    return "Choose a day within a year." if moment > now + MOST_AHEAD else ""
