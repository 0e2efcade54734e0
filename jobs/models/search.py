from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from jobs.models.job import Job


class SearchRow(models.Model):
    """What search reads of one open job: narrow, so that a million rows stay in memory. Written by triggers alone.

    `pay`: top of the yearly range in whole US dollars; NULL when unknown or in another currency. `vector`: words of
    title, employer and skills, and every filter as a lexeme (see `jobs.search.lexemes`), stored out of line.
    """

    job = models.OneToOneField(Job, on_delete=models.CASCADE, primary_key=True, related_name="+")
    posted_at = models.DateTimeField()
    pay = models.IntegerField(null=True)
    workplace = models.CharField(max_length=8)
    kind = models.CharField(max_length=12)
    level = models.CharField(max_length=8)
    guide_id = models.BigIntegerField(null=True)
    field_id = models.BigIntegerField(null=True)
    employer_id = models.BigIntegerField()
    vector = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["vector"], fastupdate=False, name="searchrow_vector"),
            models.Index(fields=["-posted_at", "-job"], name="searchrow_newest"),
        ]

    def __str__(self) -> str:
        return str(self.job_id)
