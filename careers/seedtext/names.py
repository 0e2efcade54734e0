"""Names that a reader should know, found in the guide's own words (FEATURES element 26).

Each name is taken once, by these rules, in the order of reading:

1. "Full Name (ABBR)" in prose. Words such as Association make it an organization, words such as Certified a
   certification, Act a law, Codes a code set. A name without such a word counts as a certification when the
   sentence introduces it so ("certifications such as ..."). Everything else, "Electronic Record (ER)", is no name.
2. A run of capitalised words in prose that ends in Association, Institute and the like, without an abbreviation.
3. Laws and code sets of the list below, wherever they are mentioned, lists included.
4. Products: examples of a tool, and tools that start with the name of a known maker.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from careers.choices import NameKind
from careers.document.schema import NameToKnow, Tool
from careers.seedtext.lines import MAX_LINE, Line
from careers.seedtext.words import sentences

_BODY = "Association|Institute|Society|Council|Academy|Federation|Bureau|Commission"
_KINDS = (
    (NameKind.ORGANIZATION, re.compile(rf"\b(?:{_BODY}|Board|Organi[sz]ation|Chamber|Union|College)\b")),
    (NameKind.CERTIFICATION, re.compile(r"\b(?:Certified|Certification|Certificate|Credential|Licensed|Registered|License)\b")),
    (NameKind.LAW, re.compile(r"\b(?:Act|Regulation|Directive|Law)\b")),
    (NameKind.CODE_SET, re.compile(r"\b(?:Codes?|Classification|Nomenclature|Standard)\b")),
)
_WORD = r"[A-Z][\w&’'/-]*"
_RUN = rf"{_WORD}(?:\s+(?:(?:of|for|and|in|the|on|&)\s+){{0,2}}{_WORD}){{0,9}}"
_ABBREVIATED = re.compile(rf"({_RUN})\s+\(([A-Z][\w&-]*[A-Z][\w&-]*)\)")
_PLAIN_BODY = re.compile(rf"\b((?:{_WORD}\s+(?:of\s+|for\s+)?){{1,5}}(?:{_BODY}))\b(?!\s+(?:of|for)\b)(?!\s+\()")
_INTRODUCES = re.compile(r"\b(?:certif|credential)\w*\s+(?:such as|like|including)\b", re.IGNORECASE)
_LEADING = re.compile(r"^(?:The|A|An|Both|Many|Some|Most|Other)\s+")
_JOINING = {"of", "for", "and", "in", "the", "on", "&"}

# What the text says, its name in full, kind.
_KNOWN = {
    "HIPAA": ("Health Insurance Portability and Accountability Act", NameKind.LAW),
    "GDPR": ("General Data Protection Regulation", NameKind.LAW),
    "FERPA": ("Family Educational Rights and Privacy Act", NameKind.LAW),
    "ADA": ("Americans with Disabilities Act", NameKind.LAW),
    "FMLA": ("Family and Medical Leave Act", NameKind.LAW),
    "SOX": ("Sarbanes-Oxley Act", NameKind.LAW),
    "ICD-10": ("International Classification of Diseases, 10th revision", NameKind.CODE_SET),
    "ICD-11": ("International Classification of Diseases, 11th revision", NameKind.CODE_SET),
    "CPT": ("Current Procedural Terminology", NameKind.CODE_SET),
    "HCPCS": ("Healthcare Common Procedure Coding System", NameKind.CODE_SET),
    "HL7": ("Health Level Seven", NameKind.CODE_SET),
    "DSM-5": ("Diagnostic and Statistical Manual of Mental Disorders, fifth edition", NameKind.CODE_SET),
    "GAAP": ("Generally Accepted Accounting Principles", NameKind.CODE_SET),
    "IFRS": ("International Financial Reporting Standards", NameKind.CODE_SET),
    "PCI DSS": ("Payment Card Industry Data Security Standard", NameKind.CODE_SET),
    "WCAG": ("Web Content Accessibility Guidelines", NameKind.CODE_SET),
}
_KNOWN_IN_TEXT = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, _KNOWN))})(?!\w)")
_MAKER = re.compile(r"^(?:Adobe|Amazon|Apple|Atlassian|Autodesk|Cisco|Google|IBM|Intuit|Microsoft|Oracle|SAP|Salesforce|Zoho)\b")
_GENERIC_END = re.compile(r"\s+(?:Suite|Software|Systems?|Platforms?|Tools?|Applications?|Apps?)$")


def names_to_know(lines: Iterable[Line], tools: Iterable[Tool]) -> list[NameToKnow]:
    said = [(sentence, line.bullet) for line in lines for sentence in sentences(line.text)]
    spelled = {name.abbreviation: name for sentence, bullet in said if not bullet for _, name in _spelled_out(sentence)}
    found: dict[str, NameToKnow] = {}
    for sentence, bullet in said:
        named = list(_mentioned(sentence, spelled))
        if not bullet:
            named += [*_spelled_out(sentence), *_organizations(sentence)]
        for _, name in sorted(named, key=lambda pair: pair[0]):
            _add(found, name)
    for tool in tools:
        for product in _products(tool):
            _add(found, NameToKnow(kind=NameKind.VENDOR, name=product))
    return list(found.values())


def _add(found: dict[str, NameToKnow], name: NameToKnow) -> None:
    """Keep a name once; an abbreviation joins the name that was first met without it."""
    key = name.name.casefold()
    if key in found:
        found[key] = found[key].model_copy(update={"abbreviation": found[key].abbreviation or name.abbreviation})
    elif not name.abbreviation or name.abbreviation not in {old.abbreviation for old in found.values()}:
        found[key] = name


def _spelled_out(sentence: str) -> Iterator[tuple[int, NameToKnow]]:
    for match in _ABBREVIATED.finditer(sentence):
        name = _full_name(match[1], match[2])
        kind = _kind(name) or (NameKind.CERTIFICATION if _INTRODUCES.search(sentence, 0, match.start()) else None)
        if kind and " " in name and len(name) <= MAX_LINE:
            yield match.start(), NameToKnow(kind=kind, name=name, abbreviation=match[2])


def _organizations(sentence: str) -> Iterator[tuple[int, NameToKnow]]:
    for match in _PLAIN_BODY.finditer(sentence):
        name = _LEADING.sub("", match[1])
        if " " in name and len(name) <= MAX_LINE:
            yield match.start(), NameToKnow(kind=NameKind.ORGANIZATION, name=name)


def _mentioned(sentence: str, spelled: Mapping[str | None, NameToKnow]) -> Iterator[tuple[int, NameToKnow]]:
    """Laws and code sets of the list, unless the page itself spells the letters out as something else."""
    for match in _KNOWN_IN_TEXT.finditer(sentence):
        name, kind = _KNOWN[match[0]]
        yield match.start(), spelled.get(match[0]) or NameToKnow(kind=kind, name=name, abbreviation=match[0])


def _kind(name: str) -> NameKind | None:
    return next((kind for kind, words in _KINDS if words.search(name)), None)


def _full_name(run: str, abbreviation: str) -> str:
    """The shortest end of a run of capitalised words whose initials make the abbreviation, else the run."""
    words = run.split()
    for start in reversed(range(len(words))):
        initials = "".join(word[0] for word in words[start:] if word not in _JOINING)
        if words[start] not in _JOINING and initials == re.sub(r"\W", "", abbreviation):
            return " ".join(words[start:])
    return _LEADING.sub("", run)


def _products(tool: Tool) -> list[str]:
    if _MAKER.match(tool.name):
        return [_GENERIC_END.sub("", tool.name)]
    return [example for example in tool.examples if not _KNOWN_IN_TEXT.search(example)]
