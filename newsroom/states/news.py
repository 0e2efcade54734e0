"""Who is told of a step by mail: whom it asks for something, and whose work it was. Nobody is told of what they did themselves."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import User
from careers.models import Guide
from kit.mail.letter import send_letter
from newsroom.models import Transition
from newsroom.roles import EDITORS
from newsroom.states.rules import Rule, Verb, submitter

MOST_TOLD = 20


def tell(step: Transition, rule: Rule) -> None:
    """Mails are written in the transaction of the step."""
    people: list[User] = []
    if step.verb == Verb.SUBMIT:
        people = editors()
    elif step.verb in {Verb.SEND_BACK, Verb.PUBLISH, Verb.SCHEDULE} and step.before == "in-review":
        people = list(User.objects.filter(pk=submitter(step.guide) or 0, is_active=True))
    for person in people:
        if person.pk != step.by_id:
            _send(step, person, f"{_name(step.by)} {rule.past} “{step.guide}”")


def tell_of_publication(step: Transition, by: User | None) -> None:
    if by and by.is_active:
        _send(step, by, f"“{step.guide}” is live, as scheduled")


def tell_of_failure(step: Transition, by: User | None) -> None:
    for person in [by] if by and by.is_active else editors():
        _send(step, person, f"“{step.guide}” could not be published as scheduled")


def editors() -> list[User]:
    """Active members of the group, at most MOST_TOLD."""
    group = Group.objects.filter(name=EDITORS).first()
    return list(User.objects.filter(groups=group, is_active=True, is_staff=True).order_by("pk")[:MOST_TOLD]) if group else []


def form_url(guide: Guide) -> str:
    """Absolute address of the guide's form."""
    return f"{settings.SITE_URL}{reverse('admin:careers_guide_change', args=[guide.pk])}"


def _send(step: Transition, person: User, what: str) -> None:
    context: dict[str, Any] = {"what": what, "note": step.note, "form_url": form_url(step.guide)}
    send_letter("emails/guide_step", to=person, context=context)


def _name(person: User | None) -> str:
    return str(person) if person else settings.SITE_NAME
