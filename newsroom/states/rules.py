"""Which verb leads from which state to which, and who may say it. Data: the admin, the checks and the tests read this table."""

from dataclasses import dataclass

from django.db.models import TextChoices

from accounts.models import User
from careers.choices import State
from careers.models import Guide, GuideListing
from newsroom.models import Transition


class Verb(TextChoices):
    SUBMIT = "submit", "Ask for review"
    TAKE_BACK = "take-back", "Take back"
    SEND_BACK = "send-back", "Send back"
    SCHEDULE = "schedule", "Schedule"
    UNSCHEDULE = "unschedule", "Take off the schedule"
    PUBLISH = "publish", "Publish"
    RETIRE = "retire", "Take off the site"
    REOPEN = "reopen", "Make it a draft again"
    REVIEW = "review", "Looked through"  # changes no state: newsroom.review


WRITE, EDIT = "careers.change_guide", "careers.publish_guide"
ANY = frozenset(State)


@dataclass(frozen=True)
class Rule:
    """`right` is a permission. `is_gated`: what blocks publication blocks the step. `of_public`: only while the guide is on the site."""

    verb: Verb
    before: frozenset[State]
    after: State
    right: str
    past: str  # for messages and mails: "Ann asked for review of ..."
    needs_note: bool = False
    is_gated: bool = False
    of_public: bool = False
    of_submitter: bool = False


RULES = {
    rule.verb: rule
    for rule in (
        Rule(Verb.SUBMIT, frozenset({State.DRAFT}), State.IN_REVIEW, WRITE, "asked for review of"),
        Rule(Verb.TAKE_BACK, frozenset({State.IN_REVIEW}), State.DRAFT, WRITE, "took back", of_submitter=True),
        Rule(Verb.SEND_BACK, frozenset({State.IN_REVIEW}), State.DRAFT, EDIT, "sent back", needs_note=True),
        Rule(
            Verb.PUBLISH,
            frozenset({State.DRAFT, State.IN_REVIEW, State.SCHEDULED, State.RETIRED}),
            State.PUBLISHED,
            EDIT,
            "published",
            is_gated=True,
        ),
        Rule(
            Verb.SCHEDULE,
            frozenset({State.DRAFT, State.IN_REVIEW, State.SCHEDULED}),
            State.SCHEDULED,
            EDIT,
            "scheduled",
            is_gated=True,
        ),
        Rule(Verb.UNSCHEDULE, frozenset({State.SCHEDULED}), State.DRAFT, EDIT, "took off the schedule"),
        Rule(Verb.REOPEN, frozenset({State.RETIRED}), State.DRAFT, WRITE, "reopened"),
        Rule(Verb.RETIRE, ANY - {State.RETIRED}, State.RETIRED, EDIT, "took off the site", needs_note=True, of_public=True),
    )
}


def allowed(guide: Guide, user: User) -> list[Rule]:
    """The steps that this person may take with the guide now, in the order of the table. At most three queries."""
    return [rule for rule in RULES.values() if guide.state in rule.before and user.has_perm(rule.right) and fits(rule, guide, user)]


def fits(rule: Rule, guide: Guide, user: User) -> bool:
    """The conditions of a rule beyond state and right."""
    if rule.of_public and not GuideListing.objects.filter(guide=guide).exists():
        return False
    return not rule.of_submitter or submitter(guide) == user.pk


def submitter(guide: Guide) -> int | None:
    """Who asked for the review that goes on."""
    return Transition.objects.filter(guide=guide, verb=Verb.SUBMIT).values_list("by", flat=True).first()
