"""What the stored versions of guides changed, found without reading whole documents."""

from collections.abc import Collection

from django.db import connection

# The fields that differ from the version before. Only their names leave the database: a document has about 30 kB.
CHANGED = """
SELECT revision.id, array_agg(part.key)
FROM careers_guiderevision revision
JOIN careers_guiderevision before ON before.guide_id = revision.guide_id AND before.number = revision.number - 1
CROSS JOIN LATERAL (
  SELECT key FROM jsonb_each(revision.document) now FULL JOIN jsonb_each(before.document) old USING (key)
  WHERE now.value IS DISTINCT FROM old.value
) part
WHERE revision.id = ANY(%s) GROUP BY revision.id
"""


def changed_fields(revisions: Collection[int]) -> dict[int, set[str]]:
    """By key of the revision: the fields of its document that differ from the version before. One query.

    A first version is not in it, nor is one that says the same.
    """
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, [list(revisions)])
        return {pk: set(names) for pk, names in cursor.fetchall()}
