"""What lists of work have in common: what waits comes first."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

from careers.choices import UNSETTLED, WorkState

WAITING, ALL = "waiting", "all"
EXTRA = {WAITING: "Open or in hand", ALL: "All"}


class WorkFilter(admin.SimpleListFilter):
    """By state; what is open when nobody chose."""

    title = "state"
    parameter_name = "state"
    default: str = WorkState.OPEN

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return [*WorkState.choices, *EXTRA.items()]

    def value(self) -> str:
        value = super().value() or self.default
        return value if value in WorkState or value in EXTRA else self.default

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "all":
                return queryset
            case "waiting":
                return queryset.filter(state__in=UNSETTLED)
            case state:
                return queryset.filter(state=state)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Without Django's own "All", which would say what is open."""
        for value, title in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": self.value() == value, "query_string": query, "display": title}


class WaitingFilter(WorkFilter):
    """What nobody has settled when nobody chose."""

    default = WAITING
