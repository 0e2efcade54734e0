"""Mails that still wait in the queue, or failed and wait for a person to look at them."""

from django.db import connection

from kit.tasks import deliver_mail

_FORGET = """
DELETE FROM procrastinate_jobs
WHERE task_name = %s AND status <> 'doing'
    AND EXISTS (SELECT FROM jsonb_array_elements_text(args #> '{message,to}') AS address WHERE lower(address) = ANY(%s))
"""


def forget(addresses: list[str]) -> int:
    """Delete the mails to these addresses, in the caller's transaction; how many. What a worker has in hand just now goes out."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, [deliver_mail.name, [address.lower() for address in addresses]])
        return int(cursor.rowcount)
