"""Guide pages kept in each web process while the public content stands still: worked out once, not per reader."""

import re
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db.models import F
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from careers.models import GuideListing
from careers.page.guide import GuidePage
from careers.page.load import published_page
from careers.structured import guide_data
from kit.templatetags.kit import json_ld

MOST = 300  # guides; about 0.2 MB each


SAVE_SLOT = SafeString("<!-- save -->")  # where each reader's own save control stands in the head
# Where the body leaves room for what depends on the reader. No text of a guide can hold it: comments are cleaned away.
ROOM = re.compile(r"<!-- room: (\w+) -->")
INDENT = re.compile(r"\n\s+")  # of our templates; the texts of a guide hold nothing that keeps its spaces


@dataclass(frozen=True)
class Piece:
    """A stretch of the body, and the name of the room that follows it; empty after the last."""

    html: SafeString
    room: str = ""


@dataclass(frozen=True)
class Parts:
    """What all readers share of a page, as HTML. Nothing personal stands in it."""

    before_save: SafeString
    after_save: SafeString
    body: list[Piece]
    json_ld: SafeString


@dataclass(frozen=True)
class Kept:
    number: int  # content stamp it was made under
    page: GuidePage
    parts: Parts


class Shelf:
    """Least recently read guides go first. Safe for threads."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = Lock()

    def take(self, slug: str, number: int) -> Kept:
        """The page as of content stamp `number`. Two queries when it is not here. Raises GuideListing.DoesNotExist."""
        with self._lock:
            kept = self._kept.get(slug)
            if kept and kept.number == number:
                self._kept.move_to_end(slug)
                return kept
        listing: Any = GuideListing.objects.select_related("field").annotate(reviewed_at=F("guide__reviewed_at")).get(slug=slug)
        page = published_page(listing, reviewed_at=listing.reviewed_at)
        kept = Kept(number, page, render_parts(page, guide_data(page)))
        with self._lock:
            self._kept[slug] = kept
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return kept

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


def render_parts(page: GuidePage, structured: list[dict[str, Any]]) -> Parts:
    hero = _light("careers/guide/_hero.html", page=page, save_slot=SAVE_SLOT)
    before, _, after = hero.partition(SAVE_SLOT)
    return Parts(
        before_save=SafeString(before),
        after_save=SafeString(after),
        body=pieces(_light("careers/guide/_body.html", page=page, share_url=page.url)),
        json_ld=SafeString("".join(json_ld(item) for item in structured)),
    )


def _light(template: str, **context: Any) -> SafeString:
    """Without indentation, which is an eighth of the page, and 3% of it compressed."""
    return SafeString(INDENT.sub("\n", render_to_string(template, context)))


def pieces(html: SafeString) -> list[Piece]:
    stretches = [*ROOM.split(html), ""]  # html, room, html, room, … html, none
    return [Piece(SafeString(stretch), room) for stretch, room in zip(stretches[::2], stretches[1::2], strict=True)]


shelf = Shelf()
