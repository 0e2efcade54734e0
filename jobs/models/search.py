"""What the search of jobs reads: one narrow row for every job that people may find."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from jobs.models.job import Job


class SearchRow(models.Model):
    """Written by triggers (`jobs_index` in the migration), never by Python.

    `pay`: US dollars a year, the top of the range; -1 when it is not stated in dollars, so that the order of pay is one index.
    `workplace`, `kind`, `level`: place of the value in its vocabulary from 1, 0 for unknown. `search` holds the words, and each
    filter as a lexeme (docs/search.md).
    """

    job = models.OneToOneField(Job, on_delete=models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="search_row")
    posted_at = models.DateTimeField()
    first_seen_at = models.DateTimeField()
    employer_id = models.BigIntegerField()
    guide_id = models.BigIntegerField(null=True)
    field_id = models.BigIntegerField(null=True)
    pay = models.IntegerField()
    workplace = models.SmallIntegerField()
    kind = models.SmallIntegerField()
    level = models.SmallIntegerField()
    search = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex("search", name="searchrow_search", fastupdate=False),
            models.Index(fields=["-posted_at", "-job"], name="searchrow_newest"),
            models.Index(fields=["-pay", "-posted_at", "-job"], name="searchrow_pay"),
        ]

    def __str__(self) -> str:
        return f"search row of job {self.pk}"


class Word(models.Model):
    """A folded word of titles and employers, and in how many it stands: what a search is spelled after."""

    word = models.CharField(max_length=40, primary_key=True)
    uses = models.PositiveIntegerField()

    class Meta:
        ordering = ["-uses", "word"]

    def __str__(self) -> str:
        return self.word
