"""Education: the text, and the levels that its words name."""

import re

from careers.choices import Education
from careers.document.schema import EducationLevel
from careers.seedtext.lines import Body, Found
from careers.seedtext.readers.plain import paragraphs
from careers.seedtext.words import sentences

_WORDS = {
    Education.NONE: r"no formal (?:education|credential|qualification)",
    Education.HIGH_SCHOOL: r"high school|GED",
    Education.CERTIFICATE: r"certificates?|certificate programs?|vocational diploma",
    Education.SOME_COLLEGE: r"some college",
    Education.ASSOCIATE: r"associate(?:['’]?s)?(?=\s(?:or\s\S+\s)?(?:degree|diploma))|associate['’]s",
    Education.BACHELOR: r"bachelor(?:['’]?s)?",
    Education.MASTER: r"master['’]s|masters?(?=\s(?:of|degree))|MBA",
    Education.DOCTORAL: r"doctora(?:l|te)|Ph\.?D",
}
_LEVEL = re.compile("|".join(rf"(?P<{level.name}>\b(?:{words})(?!\w))" for level, words in _WORDS.items()), re.IGNORECASE)


def levels(text: str) -> tuple[Education | None, Education | None]:
    """Minimum and preferred: the lowest level of the first sentence that names one, and the next higher one named."""
    rows = [[Education[match.lastgroup] for match in _LEVEL.finditer(sentence) if match.lastgroup] for sentence in sentences(text)]
    named = [level for row in rows for level in row]
    if not named:
        return None, None
    minimum = min(next(row for row in rows if row))
    return minimum, next((level for level in named if level > minimum), None)


def read(body: Body) -> Found:
    minimum, preferred = levels(" ".join(line.text for line in body.lines))
    words = [paragraphs(len(body.lines))]
    for name, level in (("minimum", minimum), ("preferred", preferred)):
        if level is not None:
            body.derive(body.heading, f"{name} education: {level.label.lower()}, from the words of the section")
            words.append(f"{name} {level.label.lower()}")
    return Found(", ".join(words), {"education": EducationLevel(minimum=minimum, preferred=preferred, text=body.prose())})
