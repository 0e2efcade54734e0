"""Links within the portal that lead nowhere, and pinned guides that are not to be seen."""

import re

from careers.choices import CHAPTERS, Section
from careers.document.prose import texts
from careers.document.schema import Guide
from careers.gates.context import Context
from careers.gates.prints import SECTION_OF
from careers.gates.problem import Found

LINK = re.compile(r"\]\(\s*<?([^)\s>]+)")
GUIDE = re.compile(r"^/guides/([a-z0-9-]+)/(?:[?#].*)?$")
ANCHORS = {*Section.values, *(anchor for anchor, _, _ in CHAPTERS)}
# Beginnings of addresses that exist for everybody, whatever follows.
KNOWN = ("/guides/field/", "/jobs/", "/questions/", "/compare/", "/about/", "/plus/", "/privacy/", "/accessibility/", "/figures/")


def check(guide: Guide, context: Context) -> Found:
    for path, text in texts(guide):
        where = SECTION_OF.get(path.partition(".")[0], Section.WHAT_YOU_DO)
        for target in LINK.findall(text):
            if said := _fault(target, guide, context):
                yield where, said
    for pin in guide.related:
        if said := _fault(f"/guides/{pin.slug}/", guide, context):
            yield Section.RELATED_ROLES, said


def _fault(target: str, guide: Guide, context: Context) -> str:
    if target.startswith("#"):
        return "" if target[1:] in ANCHORS else f"The page has no place named {target}."
    if not target.startswith("/") or target.startswith("//"):
        return ""  # elsewhere: the link checker looks at those of sources
    if found := GUIDE.match(target):
        slug = found[1]
        if slug in context.public_slugs or slug == guide.slug:
            return ""
        return f"{target} has moved: write today's address." if slug in context.former_slugs else f"{target} is no published guide."
    known = target in {"/", "/guides/"} or target.startswith(KNOWN) or re.match(r"^/guides/[a-z0-9-]+/cases/", target)
    return "" if known else f"{target} is no page of ours."
