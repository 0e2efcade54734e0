"""Reads career guides that were copied from a page as plain text.

`read` gives a draft guide and an account of every line; see `careers.seedtext.report`. Our own guide files are
read by `careers.document.files`.
"""

from careers.seedtext.reading import read
from careers.seedtext.repair import repair
from careers.seedtext.report import SectionReport, SeedReading, SeedTextError, describe

__all__ = ["SectionReport", "SeedReading", "SeedTextError", "describe", "read", "repair"]
