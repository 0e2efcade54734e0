"""Jobs like one: of the same guide, then by shared skills and words of the title; in the same country before others.

At a million jobs this must read a few hundred index entries whatever the guide or skill, so candidates are the newest of
the guide and of each skill, and the choice among them is made here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from jobs.matching import words
from jobs.models import Job
from jobs.page.card import Card, cards

MOST = 5
NEWEST = 100  # of the guide, and of each skill
SKILLS = 5  # that are looked at
QUERY = """
WITH kin AS (
  (SELECT id, 0 AS shared FROM jobs_job
    WHERE guide_id = %(guide)s AND state = 'open' ORDER BY posted_at DESC LIMIT %(newest)s)
  UNION ALL
  SELECT theirs.job_id, 1 FROM unnest(%(skills)s::bigint[]) AS ours (skill_id)
    CROSS JOIN LATERAL (
      SELECT job_id FROM jobs_job_skills WHERE skill_id = ours.skill_id ORDER BY job_id DESC LIMIT %(newest)s
    ) AS theirs
), candidate AS (SELECT id, sum(shared) AS shared FROM kin GROUP BY id)
SELECT job.id, coalesce(job.guide_id = %(guide)s, false), job.place_country, candidate.shared, job.title, job.posted_at
FROM candidate JOIN jobs_job job USING (id)
WHERE job.state = 'open' AND job.duplicate_of_id IS NULL AND job.id <> %(job)s
  AND (job.valid_through IS NULL OR job.valid_through >= statement_timestamp())
"""


@dataclass(frozen=True)
class Candidate:
    id: int
    is_same_guide: bool
    country: str
    shared_skills: int
    title: str
    posted_at: datetime


def similar(job: Job, skill_ids: Iterable[int]) -> list[Card]:
    """At most five open jobs. Two queries at most, and one for guides that are met for the first time."""
    chosen = best(job, candidates(job, list(skill_ids)[:SKILLS]))
    rows = Job.objects.for_cards().in_bulk([one.id for one in chosen])
    return cards(rows[one.id] for one in chosen if one.id in rows)


def candidates(job: Job, skill_ids: list[int]) -> list[Candidate]:
    if job.guide_id is None and not skill_ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(QUERY, {"job": job.pk, "guide": job.guide_id, "skills": skill_ids, "newest": NEWEST})
        return [Candidate(*row) for row in cursor.fetchall()]


def best(job: Job, found: Iterable[Candidate]) -> list[Candidate]:
    """Same guide first; then the same country; then what they share; then the newest.

    One of another guide must share two things: skills, or words of the title.
    """
    title = set(words(job.title))

    def share(one: Candidate) -> int:
        return one.shared_skills + len(title & set(words(one.title)))

    def rank(one: Candidate) -> tuple[bool, bool, int, datetime]:
        is_near = bool(job.place_country) and one.country == job.place_country
        return one.is_same_guide, is_near, share(one), one.posted_at

    return sorted((one for one in found if one.is_same_guide or share(one) >= 2), key=rank, reverse=True)[:MOST]
