"""Scheduled publication: what is due goes live, each guide in a transaction of its own, exactly once."""

import logging
from datetime import datetime

from django.db import transaction
from pydantic import ValidationError

from accounts.models import User
from careers.choices import State
from careers.document import schema
from careers.models import Field, Guide
from careers.publishing import NotReady, publish
from newsroom.models import Transition
from newsroom.states.news import tell_of_failure, tell_of_publication
from newsroom.states.rules import Verb
from newsroom.states.steps import write_down

logger = logging.getLogger(__name__)


def publish_due(now: datetime) -> int:
    """Publishes the scheduled revision of every guide whose moment has come; returns how many went live.

    Safe to run twice at once: a guide that somebody holds is left to them, one that was handled is not due any more.
    """
    due = Guide.objects.filter(state=State.SCHEDULED, goes_live_at__lte=now).order_by("goes_live_at").values_list("pk", flat=True)
    return sum(_go_live(pk, now) for pk in list(due))


def _go_live(pk: int, now: datetime) -> bool:
    with transaction.atomic():
        guide = (
            Guide.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("goes_live")
            .filter(pk=pk, state=State.SCHEDULED, goes_live_at__lte=now)
            .first()
        )
        if guide is None:
            return False
        by = _scheduler(guide)
        try:
            with transaction.atomic():
                _publish(guide, by)
        except (NotReady, ValidationError, Field.DoesNotExist) as error:
            _give_up(guide, by, error)
            return False
        guide.refresh_from_db()
        step = write_down(
            guide, Verb.PUBLISH, State.SCHEDULED, State.PUBLISHED, by=None, note="As scheduled.", revision=guide.listing.revision
        )
        tell_of_publication(step, by)
    logger.info("guide %s went live as scheduled", guide.slug)
    return True


def _publish(guide: Guide, by: User | None) -> None:
    revision = guide.goes_live
    if revision is None:
        raise Field.DoesNotExist("the scheduled revision is gone")
    document = schema.Guide.model_validate(revision.document).model_copy(update={"slug": guide.slug})
    publish(guide, by=by, note="As scheduled", document=document)


def _give_up(guide: Guide, by: User | None, error: Exception) -> None:
    """It becomes a draft again with the reason, and who scheduled it is told."""
    reasons = [problem.message for problem in error.problems] if isinstance(error, NotReady) else ["It is not in today's form any more."]
    guide.state, guide.goes_live_at, guide.goes_live_zone, guide.goes_live = State.DRAFT, None, "", None
    guide.save(update_fields=["state", "goes_live_at", "goes_live_zone", "goes_live"])
    note = f"It could not be published: {' '.join(reasons)}"
    step = write_down(guide, Verb.UNSCHEDULE, State.SCHEDULED, State.DRAFT, by=None, note=note)
    tell_of_failure(step, by)
    logger.warning("guide %s could not go live as scheduled: %s", guide.slug, " ".join(reasons))


def _scheduler(guide: Guide) -> User | None:
    step = Transition.objects.filter(guide=guide, verb=Verb.SCHEDULE).select_related("by").first()
    return step.by if step else None
