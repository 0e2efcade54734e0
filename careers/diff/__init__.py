"""What differs between two versions of a guide, for people to read. Pure: two documents in, sections in page order out."""

from careers.diff.change import Change, Kind, SectionChange, Word
from careers.diff.sections import diff, diff_for_readers, section_titles

__all__ = ["Change", "Kind", "SectionChange", "Word", "diff", "diff_for_readers", "section_titles"]
