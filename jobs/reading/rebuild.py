"""Well-formed blocks of text from HTML that a sanitiser has been through. Only tags and attributes written here come out."""

import re
from collections import Counter
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import accumulate

from jobs.reading.addresses import web_address
from jobs.reading.robots import spans_for_robots
from jobs.reading.text import shortened, visible

_HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_EMPHASIS = {"strong": "strong", "b": "strong", "em": "em", "i": "em"}
_LISTS = ("ul", "ol")
_DEEPEST = 3  # lists within lists; deeper ones join the one they are in
_RESERVE = 60  # characters for the end tags of open lists
_MAIL = re.compile(r"mailto:[\w.+-]{1,64}@[\w-]+(\.[\w-]+)+", re.ASCII)
_EMPTY = re.compile(r"<(strong|em|a)\b[^>]*>((?:\s|<br>)*)</\1>")
_EDGES = re.compile(r"^(?:\s|<br>)+|(?:\s|<br>)+$")


@dataclass
class Piece:
    """Text, or one tag of ours; `closes` is the end tag that belongs to a start tag."""

    text: str = ""
    tag: str = ""
    closes: str = ""


@dataclass
class OpenList:
    """`is_implied`: the source has items without a list around them. `in_item`: between <li> and </li> of the source.
    `item_is_open`: an <li> of ours waits for its end."""

    tag: str
    is_implied: bool = False
    in_item: bool = False
    is_written: bool = False
    item_is_open: bool = False


class Rebuilt(HTMLParser):
    """Feed it sanitised HTML once, then ask for the `result`."""

    def __init__(self, most: int) -> None:
        super().__init__(convert_charrefs=True)
        self._most = most
        self._out: list[str] = []
        self._length = 0
        self._is_full = False
        self._block = "p"
        self._pieces: list[Piece] = []
        self._open: list[Piece] = []
        self._within: Counter[str] = Counter()
        self._links: list[bool] = []
        self._lists: list[OpenList] = []
        self._joined = 0  # depth of lists that were joined to the one they are in

    def result(self) -> str:
        self.close()
        self._flush()
        while self._lists:
            self._end_list()
        return "".join(self._out)

    # --- what the parser finds
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _EMPHASIS:
            self._start_inline(f"<{_EMPHASIS[tag]}>", f"</{_EMPHASIS[tag]}>")
        elif tag == "a":
            self._start_link(dict(attrs).get("href") or "")
        elif tag == "br":
            self._pieces.append(Piece(text="\n"))
        else:
            self._flush()
            self._block = _HEADINGS.get(tag, "p")
            if tag in _LISTS:
                self._start_list(tag)
            elif tag == "li":
                self._start_item()

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPHASIS:
            self._end_inline(f"</{_EMPHASIS[tag]}>")
        elif tag == "a" and self._links and self._links.pop():
            self._end_inline("</a>")
        elif tag not in {"a", "br"}:
            self._flush()
            self._block = "p"
            if tag in _LISTS:
                self._end_list()
            elif tag == "li" and self._lists:
                self._end_item(self._lists[-1])
                self._lists[-1].in_item = False

    def handle_data(self, data: str) -> None:
        """Once more without what nobody sees: character references ("&#x202e;") are letters only now."""
        self._pieces.append(Piece(text=re.sub(r"\s+", " ", visible(data))))

    # --- within a block
    def _start_inline(self, tag: str, closes: str) -> None:
        if any(piece.closes == closes for piece in self._open):
            self._within[closes] += 1  # bold in bold says nothing more
            return
        piece = Piece(tag=tag, closes=closes)
        self._open.append(piece)
        self._pieces.append(piece)

    def _end_inline(self, closes: str) -> None:
        if self._within[closes]:
            self._within[closes] -= 1
        elif self._open and self._open[-1].closes == closes:
            self._open.pop()
            self._pieces.append(Piece(tag=closes))

    def _start_link(self, href: str) -> None:
        address = href if _MAIL.fullmatch(href) else web_address(href, schemes=("https",))
        is_link = bool(address) and not any(piece.closes == "</a>" for piece in self._open)
        self._links.append(is_link)
        if is_link:
            self._start_inline(
                f'<a href="{escape(address, quote=False).replace(chr(34), "&quot;")}" rel="nofollow noopener noreferrer">', "</a>"
            )

    def _flush(self) -> None:
        """Write the block that ends here; emphasis that is still open goes on in the next."""
        pieces = [*self._pieces, *(Piece(tag=piece.closes) for piece in reversed(self._open))]
        self._pieces = list(self._open)
        inner = _inner(_without_robots(pieces))
        if not inner or self._is_full:
            return
        while self._lists and self._lists[-1].is_implied and not self._lists[-1].in_item:
            self._end_list()
        if self._lists:
            self._write_item(inner)
        else:
            self._write(f"<{self._block}>{inner}</{self._block}>")
        if self._is_full and not self._out:
            words = shortened("".join(piece.text for piece in pieces).strip(), self._most // 6)  # escaped, a letter takes five at most
            self._out.append(f"<p>{escape(' '.join(words.split()), quote=False)}</p>")

    # --- lists: a start tag is written when the first item with text comes
    def _start_list(self, tag: str) -> None:
        if len(self._lists) >= _DEEPEST or (self._lists and not self._lists[-1].item_is_open):
            self._joined += 1
        else:
            self._lists.append(OpenList(tag))

    def _start_item(self) -> None:
        if not self._lists:
            self._lists.append(OpenList("ul", is_implied=True))
        self._end_item(self._lists[-1])
        self._lists[-1].in_item = True

    def _end_item(self, inside: OpenList) -> None:
        if inside.item_is_open:
            self._out.append("</li>")
            inside.item_is_open = False

    def _end_list(self) -> None:
        if self._joined and not (self._lists and self._lists[-1].is_implied):
            self._joined -= 1
        elif self._lists:
            ended = self._lists.pop()
            self._end_item(ended)
            if ended.is_written:
                self._out.append(f"</{ended.tag}>")

    def _write_item(self, inner: str) -> None:
        inside = self._lists[-1]
        start = "" if inside.is_written else f"<{inside.tag}>"
        between = "<br>" if inside.item_is_open and not self._out[-1].endswith(("</ul>", "</ol>")) else ""
        if self._write(start + (between if inside.item_is_open else "<li>") + inner):
            inside.is_written = inside.item_is_open = True

    def _write(self, chunk: str) -> bool:
        """False when there is no room: nothing is written from then on."""
        if self._length + len(chunk) + _RESERVE * (len(self._lists) + 1) > self._most:
            self._is_full = True
            return False
        self._out.append(chunk)
        self._length += len(chunk) + (len("</li></ul>") if self._lists else 0)
        return True


def _inner(pieces: list[Piece]) -> str:
    """The inside of a block; empty when it holds no visible text."""
    if not any(piece.text.strip("\u00a0 \n") for piece in pieces):
        return ""
    inner = "".join(piece.tag or escape(piece.text, quote=False).replace("\n", "<br>") for piece in pieces)
    while (shorter := _EMPTY.sub(r"\2", inner)) != inner:
        inner = shorter
    inner = re.sub(r" {2,}", " ", inner)  # where empty emphasis was
    return _EDGES.sub("", re.sub(r" *<br> *(?:<br>\s*){2,}", "<br><br>", inner))


def _without_robots(pieces: list[Piece]) -> list[Piece]:
    """The same pieces without the sentences that are meant for robots; tags stay, so what was balanced is."""
    spans = list(spans_for_robots("".join(piece.text for piece in pieces)))
    if not spans:
        return pieces
    starts = accumulate((len(piece.text) for piece in pieces), initial=0)
    return [Piece(_outside(piece.text, start, spans), piece.tag, piece.closes) for piece, start in zip(pieces, starts, strict=False)]


def _outside(text: str, start: int, spans: list[tuple[int, int]]) -> str:
    return "".join(letter for at, letter in enumerate(text, start) if not any(low <= at < high for low, high in spans))
