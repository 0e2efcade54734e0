"""Job outlook: growth rate, status and the source that the page names."""

import re

from careers.choices import Method
from careers.document.figures import Outlook
from careers.document.schema import Source
from careers.seedtext.lines import Body, Found, Line
from careers.seedtext.places import Country, country
from careers.seedtext.readers.header import percent
from careers.seedtext.words import slug

_STATED = re.compile(r"^(Growth Rate|Status|Source)\s*:\s*(.*)$", re.IGNORECASE)
NOT_STATED = "Publication not stated"


def read(body: Body) -> Found:
    stated: dict[str, tuple[Line, str]] = {}
    texts: list[Line] = []
    for line in body.take_all():
        match = _STATED.match(line.text)
        if match and match[2] and match[1].lower() not in stated:
            stated[match[1].lower()] = (line, body.short(line, match[2]))
        else:
            texts.append(line)
    fields: dict[str, object] = {"outlook_text": body.prose(texts)}
    rate = _rate(body, stated)
    source = _source(stated)
    where = _country(body, source)
    if rate is None or where is None:
        body.leave((line for line, _ in stated.values()), "no growth rate" if rate is None else "growth of which country is not said")
        return Found("0 projections", fields)
    if source:
        fields["sources"] = [source]
    label = stated["status"][1] if "status" in stated else None
    note = f"Stated source: {source.publisher}" if source else None
    key = source.key if source else None
    outlook = Outlook(method=Method.EDITOR, percent=rate, place=where.name, country=where.code, source=key, note=note, stated_label=label)
    words = [f"growth {rate:g}%", *([label] if label else []), *([source.publisher] if source else [])]
    return Found(", ".join(words), fields | {"outlook": [outlook]})


def _rate(body: Body, stated: dict[str, tuple[Line, str]]) -> float | None:
    stat = body.page.growth
    if "growth rate" not in stated:
        return stat.value if stat else None
    line, text = stated["growth rate"]
    rate = percent(text)
    if rate is None or not -100 <= rate <= 1000:
        body.fault(line, f"growth rate '{text}' is unreadable")
        return None
    if stat and stat.value != rate:
        body.warn(line, f"the page contradicts itself: growth {stat.value:g}% in line {stat.line}, {rate:g}% here; this one was kept")
    return rate


def _source(stated: dict[str, tuple[Line, str]]) -> Source | None:
    if "source" not in stated:
        return None
    publisher = stated["source"][1]
    key = slug(publisher)
    return Source(key=key, publisher=publisher, title=NOT_STATED, supports="Growth rate") if key else None


def _country(body: Body, source: Source | None) -> Country | None:
    return country("US") if source and source.publisher.startswith("U.S.") else body.page.country
