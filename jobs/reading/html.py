"""Descriptions of feeds as HTML that is safe to show: nh3 throws out, then the rest is rebuilt from an allow-list of our own."""

import html
import re

import nh3

from jobs.listing import MAX_DESCRIPTION
from jobs.reading.rebuild import Rebuilt
from jobs.reading.text import shortened, visible

SUMMARY = 300  # characters
_MOST_RAW = 4 * MAX_DESCRIPTION
_MOST_TAGS = 6_000  # of one ad; a parser takes time with the square of the depth, and real ads have a few hundred
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_ESCAPED_TAG = re.compile(r"&lt;/?[a-zA-Z][^<>]{0,2000}?&gt;")

_without_harm = nh3.Cleaner(
    tags={
        "p", "div", "section", "article", "header", "footer", "main", "aside", "blockquote", "pre", "br", "hr", "ul", "ol", "li", "dl",
        "dt", "dd", "table", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "em", "i", "a",
    },
    clean_content_tags={
        "script", "style", "template", "iframe", "object", "embed", "svg", "math", "title", "textarea", "select", "noembed", "noframes",
        "noscript", "xmp", "head", "audio", "video", "button", "canvas",
    },
    attributes={"a": {"href"}},
    url_schemes={"https", "mailto"},
    link_rel=None,
)  # fmt: skip


def clean(raw: str) -> str:
    """Paragraphs, lists, two levels of heading (h3, h4), emphasis and links, well formed, at most MAX_DESCRIPTION characters.

    Markup that came escaped, alone or with a line of the board's own after it, is unescaped once. Text without any markup keeps
    its lines. Links are https or mailto and carry `rel`; pictures, styles and frames go, and so do empty blocks, invisible
    characters and sentences meant for robots. The cut for length falls between blocks; a first block that is too long
    alone is cut within its text. Cleaning what was cleaned changes nothing.
    """
    text = visible(raw[:_MOST_RAW])
    if _ESCAPED_TAG.match(text.lstrip()) or (_ESCAPED_TAG.search(text) and not _TAG.search(text)):
        text = visible(html.unescape(text))
    if text.count("<") > _MOST_TAGS or not _TAG.search(text):
        text = _from_lines(_TAG.sub(" ", text))
    rebuilt = Rebuilt(MAX_DESCRIPTION)
    rebuilt.feed(_without_harm.clean(text))
    return rebuilt.result()


def _from_lines(text: str) -> str:
    paragraphs = re.split(r"\n\s*\n", html.escape(html.unescape(text), quote=False))
    return "".join(f"<p>{paragraph.strip()}</p>".replace("\n", "<br>") for paragraph in paragraphs)


def summary(cleaned: str) -> str:
    """The first words of cleaned HTML as text, at most SUMMARY characters, cut between words."""
    text = html.unescape(_TAG.sub(" ", re.sub(r"</?(?:strong|em|a)\b[^>]*>", "", cleaned[: SUMMARY * 40])))
    return shortened(" ".join(text.split()), SUMMARY)
