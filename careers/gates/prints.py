"""Sentences of a guide as numbers, so that the same sentence elsewhere is found by one query."""

import re
from hashlib import blake2b

from careers.choices import Section
from careers.document.prose import texts
from careers.document.schema import Guide
from careers.page.changes import FIELDS
from kit.text import fold

LEAST_WORDS = 12  # shorter sentences are alike by chance

SECTION_OF = {name: section for section, names in FIELDS.items() for name in names}


def prints(guide: Guide) -> dict[int, tuple[str, str]]:
    """Number of each long sentence of the prose -> its section and its words. The number fits a PostgreSQL bigint."""
    found: dict[int, tuple[str, str]] = {}
    for path, text in texts(guide):
        for sentence in re.split(r"(?<=[.!?])\s+|\n+", text):
            words = re.findall(r"\w+", fold(sentence))
            if len(words) >= LEAST_WORDS:
                digest = blake2b(" ".join(words).encode(), digest_size=8).digest()
                where = SECTION_OF.get(path.partition(".")[0], Section.WHAT_YOU_DO)
                found.setdefault(int.from_bytes(digest, signed=True), (where.value, sentence.strip()))
    return found
