"""Guides and jobs that the person saved. Removed ones are there until they are deleted."""

from accounts.models import Bookmark, JobBookmark
from accounts.owndata.part import table

PARTS = (
    table(
        "saved_guides",
        "Guides that you saved, with your notes. Those with a time in removed_at are no longer in your list and are deleted soon.",
        Bookmark,
        {
            "guide": "guide__slug",
            "title": "revision__document__title",
            "note": "note",
            "saved_at": "created_at",
            "removed_at": "removed_at",
        },
    ),
    table(
        "saved_jobs",
        "Jobs that you saved, with your notes.",
        JobBookmark,
        {
            "job": "job",
            "title": "job__title",
            "employer": "job__employer__name",
            "address": "job__apply_url",
            "note": "note",
            "saved_at": "created_at",
            "removed_at": "removed_at",
        },
    ),
)
