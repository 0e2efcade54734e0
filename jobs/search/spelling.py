"""Words that jobs and guides use, to forgive typing errors: learned by the worker, kept in each process for ten minutes."""

import time
from functools import lru_cache

from django.db import connection, transaction

from careers.search.spelling import correct
from careers.search.vocabulary import Vocabulary
from careers.search.vocabulary import vocabulary as guide_words
from jobs.models import Word

MOST_WORDS = 20_000
KEPT_SECONDS = 600
# All open jobs are read: for the worker only.
LEARN = """
INSERT INTO jobs_word (word, uses)
SELECT word, sum(uses) FROM (
  SELECT regexp_split_to_table(jobs_words(title_folded), ' ') AS word, count(*) AS uses FROM jobs_job WHERE state = 'open' GROUP BY 1
  UNION ALL
  SELECT regexp_split_to_table(jobs_words(name_folded), ' '), 1 FROM jobs_employer WHERE merged_into_id IS NULL
) AS used
WHERE length(word) BETWEEN 3 AND 40 GROUP BY word ORDER BY sum(uses) DESC, word LIMIT %s
"""


@transaction.atomic
def learn_words() -> int:
    """Write the table of words anew; how many there are."""
    Word.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(LEARN, [MOST_WORDS])
        return int(cursor.rowcount)


def corrected(q: str) -> str | None:
    """The search with unknown words replaced by the nearest known ones; None when there is nothing better."""
    return correct(q, _vocabulary(int(time.monotonic() // KEPT_SECONDS)))


def forget() -> None:
    """For tests."""
    _vocabulary.cache_clear()


@lru_cache(maxsize=1)
def _vocabulary(period: int) -> Vocabulary:
    return Vocabulary({**guide_words().words, **dict(Word.objects.values_list("word", "uses"))})
