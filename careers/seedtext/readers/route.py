"""The way in: each paragraph is a step. Titles and durations are for the editor."""

from careers.document.schema import Route, Step
from careers.seedtext.lines import Body, Found
from careers.seedtext.words import count


def read(body: Body) -> Found:
    steps = [Step(text=body.prose([line])) for line in body.take_all()]
    return Found(count(len(steps), "step"), {"route": Route(steps=steps)})
