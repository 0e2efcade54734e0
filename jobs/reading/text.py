"""One line of text from whatever a feed holds."""

import html
import re

_SURROGATES = "\ud800-\udfff"
# Zero-width, directional and tag characters: invisible, so only good for hiding words or turning them round.
_INVISIBLE = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff"  # the last two may not stand in XML
_DROPPED = re.compile(f"[{_SURROGATES}{_INVISIBLE}{_CONTROLS}]|(?<=[\x00-\x7f])[\u200c\u200d]")  # joiners matter outside Latin


def visible(text: str) -> str:
    """Without characters that nobody sees, that the database refuses (NUL, surrogates), or that reverse the text. Keeps tab and \\n."""
    return _DROPPED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(value: object, limit: int) -> str:
    """A text or number as one line of at most `limit` characters, entities read once, cut with an ellipsis. Anything else is empty."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = str(value)[: limit * 20]
    line = " ".join(visible(html.unescape(text)).split())
    return line if len(line) <= limit else shortened(line, limit)


def shortened(line: str, limit: int) -> str:
    """At most `limit` characters, cut between words where that loses less than a third."""
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    words = cut.rpartition(" ")[0]
    return (words if len(words) > limit * 2 / 3 else cut).rstrip(" ,;:-–—") + "…"
