"""The demand gauge: the two ends of its scale, its value, and a text."""

from careers.choices import Demand
from careers.document.schema import Rating
from careers.seedtext.lines import Body, Found
from careers.seedtext.readers.plain import paragraphs
from careers.seedtext.readers.scales import choices, words_of


def read(body: Body) -> Found:
    words = words_of(Demand)
    gauge = body.take_while(lambda line: len(line.text) <= 20 and line.is_title)
    level = words.get(gauge[-1].text.lower()) if len(gauge) in (1, 3) else None
    amount = len(body.lines) - len(gauge)
    text = body.prose()
    if level is None:
        where = gauge[-1] if gauge else body.heading
        body.fault(where, f"demand level missing or unreadable; it is one of {choices(Demand)}, after the ends of the scale")
        return Found("unreadable")
    return Found(f"{level.label}, {paragraphs(amount)}", {"demand": Rating(level=level, text=text)})
