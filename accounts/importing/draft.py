"""An application that is not written yet, and what there is to say about it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from accounts.models import ApplicationEvent, TrackedApplication
from accounts.models.tracked_parts import Part


class Level(StrEnum):
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Problem:
    level: Level
    text: str


@dataclass
class Draft:
    """`application` and what hangs on it, as rows without keys. `events`: the number that each has in the file, the row, and
    the number of the one that it corrects; a file of others has one event without numbers.
    """

    application: TrackedApplication
    events: list[tuple[int, ApplicationEvent, int | None]]
    parts: list[Part] = field(default_factory=list)
    job: int | None = None  # numbers and names of what it belonged to when it was exported: set where that is still there
    guide: str = ""
    sent: int | None = None
    has_day: bool = True

    @property
    def moments(self) -> list[datetime]:
        return [event.happened_at for _, event, _ in self.events if event.status]


@dataclass
class Reading:
    """What a line became. A line with an error has no draft."""

    draft: Draft | None
    problems: list[Problem]

    @classmethod
    def failed(cls, *texts: str) -> "Reading":
        return cls(None, [Problem(Level.ERROR, text) for text in texts])


class Notes:
    """Problems of one line, and what could not be taken over as it is but shall not be lost: it goes into the note."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.kept: list[str] = []

    def warn(self, text: str) -> None:
        self.problems.append(Problem(Level.WARNING, text))

    def fail(self, text: str) -> None:
        self.problems.append(Problem(Level.ERROR, text))

    def keep(self, name: str, value: str, why: str) -> None:
        self.kept.append(f"{name}: {value}")
        self.warn(f"{why}. It is kept in the note")

    @property
    def has_failed(self) -> bool:
        return any(problem.level is Level.ERROR for problem in self.problems)


Json = dict[str, Any]
