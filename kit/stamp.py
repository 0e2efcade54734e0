"""The number of the public content, for caches: a stored page is fresh while the number stands."""

from django.db import migrations

from kit.models import ContentStamp


def current() -> int:
    """Number of the committed public content. One query by primary key."""
    return ContentStamp.objects.values_list("number", flat=True).get(pk=1)


def watch(table: str) -> migrations.RunSQL:
    """Migration operation: every statement that changes `table` raises the stamp in the same transaction."""
    trigger = f"{table}_stamp"
    return migrations.RunSQL(
        f"CREATE TRIGGER {trigger} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION public.raise_content_stamp()",
        f"DROP TRIGGER IF EXISTS {trigger} ON {table}",
    )
