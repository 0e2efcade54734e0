"""Time zones: the names we know, and how people find theirs in a list."""

import zoneinfo
from functools import cache

REGIONS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def zone_names() -> frozenset[str]:
    """Every zone of the time zone database. Read once: it lies in some 600 files."""
    return frozenset(zoneinfo.available_timezones())


def known(name: str, default: str = "UTC") -> str:
    """The zone, or `default` when there is none of that name (an old browser, a renamed zone)."""
    return name if name in zone_names() else default


Choice = tuple[str, str]


def choices(current: str) -> list[Choice | tuple[str, list[Choice]]]:
    """UTC, then places by region. The current zone is listed even when it goes by an outdated name."""
    regions: dict[str, list[Choice]] = {region: [] for region in REGIONS}
    for name in sorted(zone_names()):
        region, _, place = name.partition("/")
        if place and region in regions:
            regions[region].append((name, place.replace("_", " ").replace("/", ", ")))
    listed: list[Choice | tuple[str, list[Choice]]] = [("UTC", "UTC")]
    if current != "UTC" and current.partition("/")[0] not in regions:
        listed.append((current, current))
    return listed + list(regions.items())
