"""Guides and jobs that the person saved, and what they said of skills. Removed ones are there until they are deleted."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef

from accounts.models import Bookmark, JobBookmark, Label, SkillMark
from accounts.owndata.part import table

KEPT = {"note": "note", "saved_at": "created_at", "removed_at": "removed_at"}


def _labels(of: type[Model]) -> ArraySubquery:
    """Names, for one row of `of`."""
    return ArraySubquery(Label.objects.filter(**{f"{of._meta.model_name}s": OuterRef("pk")}).by_name().values("name"))


PARTS = (
    table(
        "saved_guides",
        "Guides that you saved, with your notes. Those with a time in removed_at are no longer in your list and are deleted soon.",
        Bookmark,
        {"guide": "guide__slug", "title": "revision__document__title", "labels": _labels(Bookmark), **KEPT},
        also=(Bookmark.labels.through,),
    ),
    table(
        "saved_jobs",
        "Jobs that you saved, with your notes, and the ad as it was then.",
        JobBookmark,
        {
            "job": "job",
            "title": "job__title",
            "employer": "job__employer__name",
            "address": "job__apply_url",
            "labels": _labels(JobBookmark),
            **KEPT,
            "told_last_day": "told_last_day",
            "ad": "ad",
        },
        also=(JobBookmark.labels.through,),
    ),
    table("labels", "Your labels.", Label, {"name": "name"}),
    table(
        "skills",
        "Skills that you said you have, learn or miss.",
        SkillMark,
        {"skill": "skill__name", "state": "state", "guide": "guide__slug", "marked_at": "marked_at"},
    ),
)
