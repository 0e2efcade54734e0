"""What lists of work have in common: what waits comes first."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest

from careers.choices import WorkState

ALL = "all"


class WorkFilter(admin.SimpleListFilter):
    """By state; what is open when nobody chose."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        return [*WorkState.choices, (ALL, "All")]

    def value(self) -> str:
        value = super().value() or WorkState.OPEN
        return value if value in WorkState or value == ALL else WorkState.OPEN

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset if self.value() == ALL else queryset.filter(state=self.value())

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Without Django's own "All", which would say what is open."""
        for value, title in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": self.value() == value, "query_string": query, "display": title}
