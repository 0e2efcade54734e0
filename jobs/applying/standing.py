"""Who applied for what: one question to the database each."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection

from jobs.applying import listeners
from jobs.models import Application, Job

if TYPE_CHECKING:
    from accounts.models import User

# The same job is known under several numbers when one is a duplicate of another.
_APPLIED = """
SELECT shown.id, max(application.sent_at)
FROM jobs_application AS application
JOIN jobs_job AS sent ON sent.id = application.job_id
JOIN jobs_job AS shown ON coalesce(shown.duplicate_of_id, shown.id) = coalesce(sent.duplicate_of_id, sent.id)
WHERE application.user_id = %s AND application.withdrawn_at IS NULL AND shown.id = ANY(%s)
GROUP BY shown.id
"""


def applied_on(user_id: int, job_ids: Sequence[int]) -> dict[int, datetime]:
    """Number of a job -> when this person applied for it, on our form or elsewhere, without what was withdrawn.

    For lists of jobs; one query, and one for each room that knows of other ways.
    """
    if not job_ids:
        return {}
    found = applied_elsewhere(user_id, job_ids)
    with connection.cursor() as cursor:
        cursor.execute(_APPLIED, [user_id, list(job_ids)])
        return found | dict(cursor.fetchall())


def applied_elsewhere(user_id: int, job_ids: Sequence[int]) -> dict[int, datetime]:
    """The same without our form."""
    return {job: when for ask in listeners.applied_elsewhere for job, when in ask(user_id, job_ids).items()}


def application_for(user: "User", job: Job) -> Application | None:
    """This person's application for this job or for the same one under another number."""
    return Application.objects.of(user).standing().for_job(job).first()
