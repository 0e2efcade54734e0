"""The same ad in several sources: one stands for all of them."""

from django.db import connection, transaction

# The oldest open duplicate of each that is gone, over or held. What staff closed or removed has no heir: another source must not
# bring it back.
_HEIRS = """
SELECT DISTINCT ON (double.duplicate_of_id) double.duplicate_of_id, double.id
FROM jobs_job double JOIN jobs_job former ON former.id = double.duplicate_of_id
WHERE double.duplicate_of_id IS NOT NULL AND double.state = 'open'
  AND (former.state = 'held' OR (former.state = 'closed' AND former.ending <> 'staff'))
ORDER BY double.duplicate_of_id, double.first_seen_at, double.id
"""
_POINT = """
UPDATE jobs_job SET duplicate_of_id = NULLIF(heirs.heir, jobs_job.id)
FROM unnest(%s::bigint[], %s::bigint[]) AS heirs (former, heir) WHERE jobs_job.{column} = heirs.former
"""


@transaction.atomic
def hand_over() -> int:
    """Let an open duplicate stand where the job that it points to is no longer open; how many did.

    The others point to it, and so does the former one: when that comes back, there are not two to be seen.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HEIRS)
        if heirs := cursor.fetchall():
            pairs = [list(column) for column in zip(*heirs, strict=True)]
            cursor.execute(_POINT.format(column="duplicate_of_id"), pairs)
            cursor.execute(_POINT.format(column="id"), pairs)
    return len(heirs)
