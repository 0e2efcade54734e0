"""The diff of two documents, section by section as the page has them."""

from collections.abc import Iterable
from typing import Any

from careers.choices import Section
from careers.diff.change import SectionChange
from careers.diff.compare import Comparison
from careers.document.schema import Guide
from careers.page.changes import FIELDS

HEAD = ("title", "slug", "plural", "aliases", "field", "codes", "short_version")
MARGIN = ("notes",)
# What readers do not see. Notes of the source of a label, what is held back, and codes are for staff.
STAFF_ONLY = frozenset({"slug", "codes", "stated_label", "held", "format"})

Document = Guide | dict[str, Any]


def diff(before: Document, after: Document) -> list[SectionChange]:
    """All that differs, in page order; empty for two that say the same. Documents of an older format are compared as far as they go."""
    return _diff(_plain(before), _plain(after))


def diff_for_readers(before: Document, after: Document) -> list[SectionChange]:
    """Without what only staff see, and without marks of Markdown."""
    return _diff(_plain(before), _plain(after), STAFF_ONLY, is_marked=False)


def section_titles(names: Iterable[str]) -> list[str]:
    """Where these fields of the document stand, in page order."""
    return [title for _, title, fields in _groups(set(names)) if set(fields) & set(names)]


def _groups(names: set[str]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Anchor, title and fields of each part of the page; fields that today's schema does not know stand last."""
    groups = [("", "Head of the page", HEAD), *((s.value, s.label, FIELDS[s]) for s in Section), ("", "In the margin", MARGIN)]
    known = {name for _, _, fields in groups for name in fields}
    return [*groups, ("", "Beside the page", tuple(sorted(names - known)))]


def _diff(old: dict[str, Any], new: dict[str, Any], hidden: frozenset[str] = frozenset(), *, is_marked: bool = True) -> list[SectionChange]:
    comparison = Comparison(_sources(old) | _sources(new), hidden, is_marked)
    found = [_section(comparison, *group, old, new) for group in _groups(old.keys() | new.keys())]
    return [section for section in found if section.changes]


def _section(
    comparison: Comparison, anchor: str, title: str, names: tuple[str, ...], old: dict[str, Any], new: dict[str, Any]
) -> SectionChange:
    infos = Guide.model_fields
    changes = [change for name in names for change in comparison.field(name, infos.get(name), old, new)]
    return SectionChange(anchor, title, tuple(changes))


def _plain(document: Document) -> dict[str, Any]:
    return document.model_dump(mode="json") if isinstance(document, Guide) else document


def _sources(document: dict[str, Any]) -> dict[str, str]:
    return {source.get("key", ""): source.get("title", "") for source in document.get("sources") or ()}
