"""Guide pages kept in each web process while the public content stands still: worked out once, not per reader."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from careers.models import GuideListing
from careers.page.guide import GuidePage
from careers.page.load import published_page

MOST = 300  # guides; about 0.2 MB each


@dataclass(frozen=True)
class Kept:
    number: int  # content stamp it was made under
    page: GuidePage
    body: SafeString


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
        page = published_page(GuideListing.objects.select_related("field").get(slug=slug))
        kept = Kept(number, page, render_body(page))
        with self._lock:
            self._kept[slug] = kept
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return kept

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()


def render_body(page: GuidePage) -> SafeString:
    """All below the head of the page. Nothing personal stands in it."""
    return render_to_string("careers/guide/_body.html", {"page": page, "share_url": page.url})


shelf = Shelf()
