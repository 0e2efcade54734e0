"""What somebody has here, in numbers and words: shown before it is deleted."""

from collections.abc import Callable, Iterator
from typing import Any

from accounts.models import User
from jobs.models import ResumeFile

Kind = tuple[str, str, str, Callable[[User], Any]]  # one, many, what more goes with them, the rows of a person

_KINDS: list[Kind] = [
    ("saved guide", "saved guides", "with your notes", lambda user: user.bookmarks),
    ("saved job", "saved jobs", "with your notes", lambda user: user.job_bookmarks),
    ("application that you keep track of", "applications that you keep track of", "with all that hangs on them", lambda user: user.tracked),
    ("application", "applications", "sent through our form, with the letter", lambda user: user.applications),
    ("resume", "resumes", "kept because you sent it", lambda user: ResumeFile.objects.filter(user=user)),
    ("hidden job", "hidden jobs", "", lambda user: user.hidden_jobs),
]


def enter(kind: Kind) -> None:
    """For rooms above this one, when they start."""
    _KINDS.append(kind)


def belongings(user: User) -> list[str]:
    """A line for each kind of which there is one."""
    return list(_lines(user))


def _lines(user: User) -> Iterator[str]:
    for one, many, more, rows in _KINDS:
        if count := rows(user).count():
            yield f"{count:,} {one if count == 1 else many}{f', {more}' if more else ''}"
