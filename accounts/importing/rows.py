"""All lines of a file with what would become of each: taken, taken with a warning, skipped as a double, or refused."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from accounts.importing import foreign, own
from accounts.importing.columns import Columns, Field
from accounts.importing.draft import Draft, Problem, Reading
from accounts.importing.reading import Sheet
from accounts.models import ApplicationEvent, User
from accounts.models.tracking_words import Status
from kit.text import fold

Key = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """`double`: of what it is one, in words; empty for none."""

    number: int
    draft: Draft | None
    problems: list[Problem]
    double: str
    cells: tuple[str, ...]

    @property
    def state(self) -> str:
        if self.draft is None:
            return "error"
        return "double" if self.double else "warning" if self.problems else "ok"

    @property
    def status(self) -> str:
        """In words, of the last thing that happened."""
        if self.draft is None:
            return ""
        corrected = {corrects for _, _, corrects in self.draft.events}
        standing = [event for number, event, _ in self.draft.events if number not in corrected and event.status]
        return Status(max(standing, key=lambda event: event.happened_at).status).label

    @property
    def moment(self) -> datetime | None:
        return max(self.draft.moments) if self.draft else None


@dataclass(frozen=True)
class Report:
    rows: list[Row]
    takes_doubles: bool

    def count(self, state: str) -> int:
        return sum(row.state == state for row in self.rows)

    @property
    def taken(self) -> list[Draft]:
        return [row.draft for row in self.rows if row.draft and (self.takes_doubles or not row.double)]


def report(user: User, sheet: Sheet, columns: Columns) -> Report:
    """At most two queries, whatever the number of lines."""
    is_own = own.is_own(sheet)
    readings = [
        (line, own.read_line(user, sheet, line) if is_own else foreign.read_line(user, sheet, line, columns)) for line in sheet.lines
    ]
    known = Known(user, [reading.draft for _, reading in readings if reading.draft])
    return Report([_row(line.number, line.cells, reading, known) for line, reading in readings], columns.takes_doubles)


def _row(number: int, cells: tuple[str, ...], reading: Reading, known: "Known") -> Row:
    double = known.double_of(reading.draft, number) if reading.draft else ""
    return Row(number, reading.draft, reading.problems, double, cells)


class Known:
    """What the person has already, and the lines before: the same title and employer on one of the same days is a double."""

    def __init__(self, user: User, drafts: Iterable[Draft]) -> None:
        self._zone = ZoneInfo(user.time_zone)
        self._had: dict[Key, set[date]] = defaultdict(set)
        self._lines: dict[Key, dict[date, int]] = defaultdict(dict)
        wanted = {_key(draft) for draft in drafts}
        mine = user.tracked.kept().values_list("pk", "employer", "title").iterator()
        found = {pk: (fold(employer), fold(title)) for pk, employer, title in mine if (fold(employer), fold(title)) in wanted}
        events = ApplicationEvent.objects.standing().filter(application__user=user, application__in=list(found))
        for pk, moment in events.values_list("application", "happened_at"):
            self._had[found[pk]].add(self._day(moment))

    def double_of(self, draft: Draft, number: int) -> str:
        """In words; and remembers the line for those that follow."""
        key, days = _key(draft), {self._day(moment) for moment in draft.moments}
        had, lines = self._had.get(key, set()), self._lines[key]
        earlier = [lines[day] for day in days if day in lines] if draft.has_day else list(lines.values())
        for day in days:
            lines.setdefault(day, number)
        if had and (had & days or not draft.has_day):
            return "You have this application already"
        return f"The same as line {min(earlier)}" if earlier else ""

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()


def _key(draft: Draft) -> Key:
    return fold(draft.application.employer), fold(draft.application.title)


def shown(row: Row, columns: Columns) -> tuple[str, str]:
    """Title and employer for the list: of a line that was refused, the cells as they are."""
    if row.draft:
        return row.draft.application.title, row.draft.application.employer
    return columns.cell(Field.TITLE, row.cells)[:200], columns.cell(Field.EMPLOYER, row.cells)[:200]
