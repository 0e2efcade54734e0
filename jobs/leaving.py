"""How often people follow the link to an employer's own site: counted by our script, gathered by `kit.tally`, written in sums."""

import re
from collections import Counter
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from kit.tally import Tally

MAX_BODY = 24  # bytes
_BODY = re.compile(rb"job=([1-9][0-9]{0,17})")

Key = tuple[int, date]  # of a job, and the day (UTC)

# Jobs that are gone, or never were, are dropped. In the order of their keys, so that writers of several processes wait for
# each other instead of for ever.
UPSERT = """
INSERT INTO jobs_jobday (job_id, day, leaves)
SELECT told.job_id, told.day, told.leaves
FROM unnest(%s::bigint[], %s::date[], %s::int[]) AS told (job_id, day, leaves)
JOIN jobs_job AS job ON job.id = told.job_id AND job.apply_url <> ''
ORDER BY told.job_id, told.day
ON CONFLICT (job_id, day) DO UPDATE SET leaves = jobs_jobday.leaves + excluded.leaves
"""


class Malformed(Exception):
    """Not what our script sends."""


def read_report(body: bytes) -> int:
    """job=12: the number of a job. Raises Malformed."""
    if not (found := _BODY.fullmatch(body)):
        raise Malformed
    return int(found[1])


def count(job_id: int) -> None:
    tally.add([(job_id, timezone.now().date())])


@transaction.atomic
def write_sums(sums: Counter[Key]) -> None:
    keys = sorted(sums)
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [[key[0] for key in keys], [key[1] for key in keys], [sums[key] for key in keys]])


tally: Tally[Key] = Tally(write_sums, "counts of job links")
