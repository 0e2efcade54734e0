"""What rooms above this one show on the dashboard. They enter themselves when they start; no signals."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import User


@dataclass(frozen=True)
class DashboardPart:
    """A section: its template, which finds `content` as `part.content`."""

    template: str
    content: Any


_MAKERS: list[Callable[[User], DashboardPart]] = []


def enter(maker: Callable[[User], DashboardPart]) -> None:
    _MAKERS.append(maker)


def parts_for(user: User) -> list[DashboardPart]:
    return [make(user) for make in _MAKERS]
