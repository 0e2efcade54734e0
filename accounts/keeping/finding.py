"""Searching, narrowing and ordering what one keeps."""

from dataclasses import dataclass
from typing import Self

from django.db.models import Case, Count, F, IntegerField, TextField, Value, When, Window
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Concat
from django.http import QueryDict
from django.utils.http import urlencode

from accounts.models.bookmark import BookmarkQuerySet
from accounts.models.job_bookmark import JobBookmarkQuerySet
from jobs.models import Job
from kit.text import Fold, fold

LONGEST = 100  # characters of a search that are read
MOST_WORDS = 8
NEWEST = "newest"
JOB_SORTS = {NEWEST: "Newest", "closing": "Closing soon", "pay": "Highest pay"}
GUIDE_SORTS = {NEWEST: "Newest", "title": "By title"}


@dataclass(frozen=True)
class Finding:
    """What somebody looks for in their list. `label`: the name of one; `sort`: a key of the list's orders."""

    q: str = ""
    label: str = ""
    sort: str = NEWEST

    @classmethod
    def read(cls, query: QueryDict, sorts: dict[str, str]) -> Self:
        """What is not understood is left out."""
        sort = query.get("sort", "")
        return cls(
            q=" ".join(query.get("q", "")[:LONGEST].split()),
            label=query.get("label", "")[:LONGEST].strip(),
            sort=sort if sort in sorts else NEWEST,
        )

    @property
    def query(self) -> str:
        """For addresses; empty for the whole list in its usual order."""
        asked = {"q": self.q, "label": self.label, "sort": "" if self.sort == NEWEST else self.sort}
        return urlencode({name: value for name, value in asked.items() if value})

    def jobs(self, rows: JobBookmarkQuerySet) -> JobBookmarkQuerySet:
        text = Concat(
            "job__title_folded", Value(" "), "job__employer__name_folded", Value(" "), Fold("job__place"), Value(" "), Fold("note"),
            output_field=TextField(),
        )  # fmt: skip
        found = rows.holding(text, self._words).labelled(self.label)
        if self.sort == "closing":
            return _closing_first(found)
        return _pay_first(found) if self.sort == "pay" else found

    def guides(self, rows: BookmarkQuerySet) -> BookmarkQuerySet:
        title = Fold(Coalesce("guide__listing__title", KeyTextTransform("title", "revision__document")))
        text = Concat(title, Value(" "), Fold("note"), output_field=TextField())
        found = rows.holding(text, self._words).labelled(self.label)
        return found.order_by(title, "pk") if self.sort == "title" else found

    @property
    def _words(self) -> list[str]:
        return fold(self.q).split()[:MOST_WORDS]


def _closing_first(rows: JobBookmarkQuerySet) -> JobBookmarkQuerySet:
    """Open ones by their last day, then open ones without, then what is closed."""
    standing = Case(When(job__in=Job.objects.open(), then=0), default=1, output_field=IntegerField())
    return rows.annotate(standing=standing).order_by("standing", F("job__valid_through").asc(nulls_last=True), "-created_at", "-pk")


def _pay_first(rows: JobBookmarkQuerySet) -> JobBookmarkQuerySet:
    """By the year. Amounts of different currencies are not set against each other: the currency of most jobs comes first."""
    shared = Window(Count("pk"), partition_by=F("job__pay_currency"))
    by_year = Coalesce("job__year_maximum", "job__year_minimum")
    stated = Case(When(job__pay_currency="", then=1), default=0, output_field=IntegerField())
    return rows.annotate(shared=shared).order_by(
        stated, "-shared", "job__pay_currency", by_year.desc(nulls_last=True), "-created_at", "-pk"
    )
