"""Sections that say far less than the same section of other guides."""

from careers.document.schema import Guide
from careers.gates.context import Context
from careers.gates.problem import Found
from careers.gates.sizes import sizes

FAR_SHORTER = 0.4  # of the usual number of words
WORTH_SAYING = 20  # words; below that a section is short everywhere


def check(guide: Guide, context: Context) -> Found:
    for section, words in sizes(guide).items():
        usual = context.usual_words.get(section, 0)
        if 0 < words < FAR_SHORTER * usual and usual >= WORTH_SAYING:
            yield section, f"“{section.label}” has {words} words; other guides have about {usual}."
