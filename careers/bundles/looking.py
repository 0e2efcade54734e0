"""What a guide file would change, without writing anything."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import ValidationError

from careers import former, importing
from careers.bundles.archive import Entry
from careers.choices import Section
from careers.document import rows, schema
from careers.importing import ImportRefused
from careers.models import Guide, Skill, SkillAlias
from careers.page.changes import changed_sections
from kit.text import fold


class Look(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True)
class Looked:
    """`lines`: what to know, a line each: the sections that change, or why it is refused. `seen_at`: when the guide was last saved."""

    look: Look
    slug: str = ""
    lines: tuple[str, ...] = ()
    seen_at: datetime | None = None


class Looker:
    """Looks at files one after the other; names of skills are read once."""

    def __init__(self) -> None:
        self._names = {fold(alias): name for alias, name in SkillAlias.objects.values_list("name", "skill__name")}
        self._names |= {fold(name): name for name in Skill.objects.values_list("name", flat=True)}

    def look(self, entry: Entry) -> Looked:
        if entry.fault:
            return Looked(Look.REFUSED, lines=(entry.fault,))
        try:
            document, reading = importing.read_bytes(entry.data)
            importing.check_field(document)
        except ImportRefused as error:
            return Looked(Look.REFUSED, lines=in_lines(error))
        guide = Guide.objects.select_related("field").known_as(document.slug)
        if guide is None:
            return Looked(Look.NEW, document.slug)
        try:
            standing = rows.read(guide)
        except ValidationError:
            return Looked(Look.REFUSED, guide.slug, ("The draft of this guide contradicts itself: mend it in its form first.",))
        if reading:
            document = importing.keep_editors_words(document, standing)
        return self._compare(guide, standing, document)

    def _compare(self, guide: Guide, standing: schema.Guide, document: schema.Guide) -> Looked:
        moved = (f"It names the former address {document.slug}.",) if document.slug != guide.slug else ()
        wanted = self._with_todays_skills(former.of_today(document, guide))
        if wanted == standing:
            return Looked(Look.SAME, guide.slug, moved, guide.updated_at)
        sections = changed_sections(standing.model_dump(mode="json"), wanted.model_dump(mode="json"))
        return Looked(Look.CHANGED, guide.slug, (*moved, *_changes(sections)), guide.updated_at)

    def _with_todays_skills(self, document: schema.Guide) -> schema.Guide:
        """As the lists read once they are stored: each skill once, by its own name."""
        groups = [group.model_copy(update={"skills": self._todays(group.skills)}) for group in document.skill_map.groups]
        return document.model_copy(
            update={
                "technical_skills": document.technical_skills.model_copy(update={"items": self._todays(document.technical_skills.items)}),
                "soft_skills": document.soft_skills.model_copy(update={"items": self._todays(document.soft_skills.items)}),
                "skill_map": document.skill_map.model_copy(update={"groups": groups}),
            }
        )

    def _todays(self, names: list[str]) -> list[str]:
        """The first of two names of one skill decides its place."""
        return list({fold(name): name for name in (self._names.get(fold(name), name) for name in names)}.values())


def in_lines(error: ImportRefused) -> tuple[str, ...]:
    return tuple(f"Line {line}: {why}" if line else why for line, why in error.problems)


def _changes(sections: list[Section]) -> list[str]:
    """Headings of what differs; what stands in no section is named as a whole."""
    return [str(section.label) for section in sections] or ["Title, field, codes, other names or notes in the margin"]
