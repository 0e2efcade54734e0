"""Which column of a file is which field: guessed from the names in the first line, and corrected by the person."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from accounts.importing.reading import Sheet
from accounts.importing.words import says_day_first
from kit.text import fold


class Field(StrEnum):
    TITLE = "title"
    EMPLOYER = "employer"
    PLACE = "place"
    URL = "url"
    STATUS = "status"
    DAY = "day"
    SALARY = "salary"
    NOTE = "note"
    CONTACT = "contact"
    CONTACT_EMAIL = "contact_email"


LABELS = {
    Field.TITLE: "Job title",
    Field.EMPLOYER: "Employer",
    Field.PLACE: "Place",
    Field.URL: "Link to the ad",
    Field.STATUS: "Status",
    Field.DAY: "Date",
    Field.SALARY: "Salary",
    Field.NOTE: "Note",
    Field.CONTACT: "Contact person",
    Field.CONTACT_EMAIL: "Email of the contact",
}

# Names of columns as people give them, folded, best first.
_NAMES = {
    Field.TITLE: ("job title", "title", "position", "role", "job", "position title", "job name", "vacancy"),
    Field.EMPLOYER: ("employer", "company", "company name", "organization", "organisation", "firm", "business"),
    Field.PLACE: ("place", "location", "city", "job location", "where"),
    Field.URL: ("url", "link", "job url", "job link", "job posting", "posting", "posting url", "link to the ad", "website", "ad"),
    Field.STATUS: ("status", "stage", "state", "application status", "outcome", "result", "current status"),
    Field.DAY: ("date applied", "applied on", "applied", "application date", "date", "applied date", "date sent", "submitted"),
    Field.SALARY: ("salary", "pay", "salary range", "compensation", "wage"),
    Field.NOTE: ("note", "notes", "comment", "comments", "remarks", "description"),
    Field.CONTACT: ("contact", "contact person", "contact name", "recruiter", "hiring manager"),
    Field.CONTACT_EMAIL: ("contact email", "email", "recruiter email", "e mail", "contact e mail"),
}


@dataclass(frozen=True)
class Columns:
    """Field -> number of the column, from 0; a field that is not there is not read. `are_days_sure`: the column itself or the
    person says how its dates are meant. `takes_doubles`: not skipped.
    """

    of: dict[str, int] = field(default_factory=dict)
    day_first: bool = False
    are_days_sure: bool = False
    takes_doubles: bool = False

    def cell(self, which: Field, cells: Sequence[str]) -> str:
        number = self.of.get(which)
        return cells[number].strip() if number is not None and number < len(cells) else ""

    def stored(self) -> dict[str, Any]:
        return asdict(self)


def guess(sheet: Sheet) -> Columns:
    """Each column for one field at most; whoever names it best comes first."""
    names = [" ".join(fold(name).replace("_", " ").replace("-", " ").split()) for name in sheet.header]
    of: dict[str, int] = {}
    ranked = sorted((rank, which.value, name) for which, known in _NAMES.items() for rank, name in enumerate(known))
    for _, which, name in ranked:
        if which not in of and name in names and names.index(name) not in of.values():
            of[which] = names.index(name)
    told = says_day_first(days(sheet, of.get(Field.DAY)))
    return Columns(of, day_first=bool(told), are_days_sure=told is not None)


def days(sheet: Sheet, column: int | None) -> list[str]:
    return [line.cells[column] for line in sheet.lines if column is not None and column < len(line.cells)]
