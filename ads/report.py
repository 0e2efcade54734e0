"""What a browser reports of the ads on one page: which were seen, which was followed."""

import re
from dataclasses import dataclass

from ads.models import Placement

MAX_BODY = 120  # bytes
_PLACES = "|".join(Placement.values)
_PART = rf"(?:seen|click)=[1-9][0-9]{{0,11}}\.(?:{_PLACES})"
_BODY = re.compile(rf"{_PART}(?:&{_PART})*", re.ASCII)
_EACH = re.compile(rf"(seen|click)=([0-9]+)\.({_PLACES})", re.ASCII)


class Malformed(Exception):
    """Not what our script sends."""


@dataclass(frozen=True)
class Mark:
    """An ad in a place."""

    creative_id: int
    placement: Placement


@dataclass(frozen=True)
class Report:
    seen: frozenset[Mark]
    clicked: Mark | None


def read_report(body: bytes) -> Report:
    """seen=12.beside&seen=9.list&click=12.beside: at most three seen, each place once, and one click. Raises Malformed."""
    try:
        text = body.decode("ascii")
    except UnicodeDecodeError as error:
        raise Malformed from error
    if len(text) > MAX_BODY or not _BODY.fullmatch(text):
        raise Malformed
    found = [(what, Mark(int(number), Placement(place))) for what, number, place in _EACH.findall(text)]
    seen = [mark for what, mark in found if what == "seen"]
    clicks = [mark for what, mark in found if what == "click"]
    if len({mark.placement for mark in seen}) < len(seen) or len(clicks) > 1:
        raise Malformed
    return Report(frozenset(seen), clicks[0] if clicks else None)
