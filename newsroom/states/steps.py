"""Carrying out a verb: checked, done and written down in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from accounts.models import User
from careers.choices import State
from careers.completeness import problems
from careers.document import rows, schema
from careers.models import Guide, GuideListing, GuideRevision
from careers.publishing import publish, withdraw
from careers.working import stored
from newsroom.models import Transition
from newsroom.states.clock_task import wake_at
from newsroom.states.moments import why_not
from newsroom.states.news import tell
from newsroom.states.rules import RULES, Rule, Verb, fits


class Refused(ValueError):
    """Nothing was done. `reasons` are sentences for the person who asked."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__(" ".join(reasons))


@dataclass(frozen=True)
class When:
    """A moment to come, and the zone that it was named in (IANA)."""

    moment: datetime
    zone: str


@transaction.atomic
def carry_out(guide: Guide, verb: Verb, *, by: User, note: str = "", when: When | None = None, seen: int | None = None) -> Transition:
    """Take the step and write it down. `seen` is the number of the newest revision that the person looked at.

    Raises PermissionDenied, or Refused with reasons; then nothing has changed.
    """
    rule = RULES[verb]
    if not by.has_perm(rule.right):
        raise PermissionDenied
    guide = Guide.objects.select_for_update().get(pk=guide.pk)
    _check(rule, guide, by, note, when)
    document = _document(rule, guide)
    revision = _newest(guide, by)
    if seen is not None and revision is not None and seen != revision.number:
        raise Refused("The guide was changed after you opened this page. Look at it again, then decide.")
    before = State(guide.state)
    _do(rule, guide, document, revision, by=by, note=note, when=when)
    shown = GuideListing.objects.get(guide=guide).revision if verb == Verb.PUBLISH else revision
    step = write_down(guide, verb, before, rule.after, by=by, note=note, revision=shown)
    tell(step, rule)
    return step


def write_down(
    guide: Guide, verb: Verb, before: str, after: str, *, by: User | None, note: str, revision: GuideRevision | None = None
) -> Transition:
    return Transition.objects.create(guide=guide, verb=verb, before=before, after=after, by=by, note=note.strip(), revision=revision)


def _check(rule: Rule, guide: Guide, by: User, note: str, when: When | None) -> None:
    if guide.state not in rule.before or not fits(rule, guide, by):
        raise Refused(f"“{guide}” is {State(guide.state).label.lower()} now, so this is not possible any more.")
    if rule.needs_note and not note.strip():
        raise Refused("Say why: the note stays with the guide.")
    if (rule.verb == Verb.SCHEDULE) != (when is not None):
        raise Refused("Choose the moment.")
    if when and (why := why_not(when.moment, timezone.now())):
        raise Refused(why)


def _document(rule: Rule, guide: Guide) -> schema.Guide | None:
    """What a gated step would show. Raises Refused with all that blocks it."""
    if not rule.is_gated:
        return None
    try:
        document = rows.read(guide)
    except ValidationError as error:
        raise Refused("The draft contradicts itself; its form says where.") from error
    if found := problems(document.for_readers()):
        raise Refused(*(problem.message for problem in found))
    return document


def _newest(guide: Guide, by: User) -> GuideRevision | None:
    """The working copy as a stored revision: what is asked for, scheduled and published is always one that can be read again."""
    stored(guide, by=by)
    return guide.revisions.first()


def _do(
    rule: Rule,
    guide: Guide,
    document: schema.Guide | None,
    revision: GuideRevision | None,
    *,
    by: User,
    note: str,
    when: When | None,
) -> None:
    match rule.verb:
        case Verb.PUBLISH:
            publish(guide, by=by, note=note[:300], document=document)
        case Verb.RETIRE:
            withdraw(guide)
        case _:
            guide.state = rule.after
            guide.goes_live_at = when.moment if when else None
            guide.goes_live_zone = when.zone if when else ""
            guide.goes_live = revision if when else None
            guide.save(update_fields=["state", "goes_live_at", "goes_live_zone", "goes_live"])
            if when:
                wake_at(when.moment)
