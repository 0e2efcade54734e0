"""Guides that changed since the reader was told last."""

from collections.abc import Iterable
from typing import Any

from alerts.models import Alert
from careers.models import GuideListing, GuideRevision
from careers.page.changes import changed_sections


def changes(alerts: Iterable[Alert]) -> dict[int, tuple[GuideRevision, list[str]]]:
    """Alert id -> the published state and the headings of what is new in it; alerts without news are absent. Two queries at most.

    A guide that is not published any more has no news. Whoever knows no earlier state is told that it was revised, without details.
    """
    rows = [alert for alert in alerts if alert.guide_id is not None]
    newest = _published({alert.guide_id for alert in rows if alert.guide_id is not None})
    moved = [alert for alert in rows if alert.guide_id in newest and newest[alert.guide_id].pk != alert.revision_id]
    before = GuideRevision.objects.in_bulk({alert.revision_id for alert in moved if alert.revision_id is not None})
    found: dict[int, tuple[GuideRevision, list[str]]] = {}
    for alert in moved:
        after = newest[alert.guide_id or 0]
        old = before.get(alert.revision_id or 0)
        sections = [str(one.label) for one in changed_sections(old.document, after.document)] if old else []
        if sections or old is None:
            found[alert.pk] = (after, sections)
    return found


def _published(guide_ids: set[int]) -> dict[int, GuideRevision]:
    """The newest published revision of each guide that readers can open."""
    if not guide_ids:
        return {}
    open_ids = GuideListing.objects.filter(guide__in=guide_ids).values("guide")
    rows = (
        GuideRevision.objects.filter(guide__in=open_ids, kind=GuideRevision.Kind.PUBLISHED)
        .order_by("guide_id", "-number")
        .distinct("guide_id")
    )
    return {row.guide_id: row for row in rows}


def as_json(alert: Alert, sections: list[str]) -> dict[str, Any]:
    return {"alert": alert.pk, "guide": alert.guide_id, "changed": sections}
