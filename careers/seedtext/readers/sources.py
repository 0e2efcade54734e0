"""Sources and references, one a line."""

import re

from careers.document.schema import Source
from careers.seedtext.lines import Body, Found
from careers.seedtext.words import count, slug

_URL = re.compile(r"https?://[^\s<>\"'()]+")
_PUBLISHER = re.compile(r"^(.{2,100}?)(?:\s+[–—-]\s+|:\s+)(.+)$")


def read(body: Body) -> Found:
    sources: dict[str, Source] = {}
    for line in body.take_all():
        url = _URL.search(line.text)
        text = _URL.sub("", line.text).strip(" ()–—-:,.") or (url[0].split("/")[2] if url else "")
        key = slug(text)
        if not key or key in sources or (url and len(url[0]) > 500):
            body.leave([line], "names no source, or one that stands in this list already")
            continue
        parts = _PUBLISHER.match(body.short(line, text))
        publisher, title = (parts[1], parts[2]) if parts else (text, text)
        sources[key] = Source(key=key, publisher=body.short(line, publisher), title=body.short(line, title), url=url[0] if url else None)
    return Found(count(len(sources), "item"), {"sources": list(sources.values())})
