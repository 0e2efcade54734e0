"""All figures of all working copies, the oldest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils import timezone

from careers.models import Outlook, PayBand, Source
from newsroom.figures.ages import age
from newsroom.figures.words import period_of, receipt, said, years

PER_PAGE = 50
KINDS: dict[str, type[PayBand] | type[Outlook]] = {"pay": PayBand, "outlook": Outlook}
NONE = "none"  # in the address: figures without a source


@dataclass(frozen=True)
class Key:
    """Enough of a figure to sort it: its rows are read for one page only."""

    kind: str
    pk: int
    age: float | None


@dataclass(frozen=True)
class Row:
    kind: str
    figure: PayBand | Outlook
    age: float | None

    @property
    def said(self) -> str:
        return said(self.figure)

    @property
    def receipt(self) -> str:
        return receipt(self.figure)

    @property
    def period(self) -> str:
        return period_of(self.figure)


@dataclass(frozen=True)
class Wanted:
    """Key of a source, or NONE; a publisher. Empty: all."""

    source: str = ""
    publisher: str = ""

    @property
    def condition(self) -> Q:
        by_source = Q(source=None) if self.source == NONE else Q(source__key=self.source) if self.source else Q()
        return by_source & (Q(source__publisher=self.publisher) if self.publisher else Q())


def keys(wanted: Wanted, today: date) -> list[Key]:
    """Unknown ages first, then the oldest. Two queries."""
    bands = PayBand.objects.filter(wanted.condition).values_list("pk", "period", "source__period")
    outlooks = Outlook.objects.filter(wanted.condition).values_list("pk", "period_from", "period_to", "source__period")
    found = [Key("pay", pk, age(own or of_source or "", today)) for pk, own, of_source in bands]
    found += [Key("outlook", pk, age(years(start, end) or of_source or "", today)) for pk, start, end, of_source in outlooks]
    return sorted(found, key=lambda key: (key.age is not None, -(key.age or 0), key.kind, key.pk))


def page(wanted: Wanted, number: str) -> tuple[Page[Key], list[Row]]:
    """The page nearest to the number, and its rows. At most four queries."""
    shown = Paginator(keys(wanted, timezone.localdate()), PER_PAGE).get_page(number)
    found: dict[tuple[str, int], PayBand | Outlook] = {}
    for kind, model in KINDS.items():
        if chosen := [key.pk for key in shown.object_list if key.kind == kind]:
            rows_of_kind = model._default_manager.filter(pk__in=chosen).select_related("guide", "source")
            found |= {(kind, figure.pk): figure for figure in rows_of_kind}
    rows = [Row(key.kind, found[key.kind, key.pk], key.age) for key in shown.object_list if (key.kind, key.pk) in found]
    return shown, rows


def sources() -> Sequence[Source]:
    """That figures use, for the filters."""
    used = Q(pk__in=PayBand.objects.exclude(source=None).values("source")) | Q(pk__in=Outlook.objects.exclude(source=None).values("source"))
    return list(Source.objects.filter(used).order_by("publisher", "title", "period"))
