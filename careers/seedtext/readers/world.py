"""The job in other countries, and the places that the text names."""

from careers.document.schema import Place, World
from careers.seedtext.lines import MAX_LINE, Body, Found
from careers.seedtext.places import named_in
from careers.seedtext.readers.plain import paragraphs
from careers.seedtext.words import count, sentences, shorten


def read(body: Body) -> Found:
    notes: dict[str, str] = {}
    for line in body.lines:
        for sentence in sentences(line.text):
            for name in named_in(sentence):
                notes.setdefault(name, shorten(sentence, MAX_LINE))
    places = [Place(name=name, note=note) for name, note in notes.items()]
    words = f"{paragraphs(len(body.lines))}, {count(len(places), 'place')}"
    return Found(words, {"world": World(text=body.prose(), places=places)})
