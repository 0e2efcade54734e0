"""What the tracker needs in templates, its own and those of jobs.

{% form_key %}                       the hidden field by which a form does its work once (accounts.tracker.once)
{% move_options status %}            options of the select on a card, its own column chosen
{% tracking_of job as tracking %}    what the reader does about a job; nothing for visitors, who cost no query
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import uuid4

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from accounts.models import TrackedApplication
from accounts.models.tracking_words import Status
from accounts.tracker.birth import applied_on, of_job
from accounts.tracker.departures import is_asked
from jobs.models import Job

register = template.Library()


@register.simple_tag
def form_key() -> SafeString:
    return format_html('<input type="hidden" name="key" value="{}">', uuid4())


@register.simple_tag
@cache
def move_options(status: str) -> SafeString:
    """Made once for each status: a board shows hundreds of them."""
    options = ((value, mark_safe(" selected") if value == status else "", label) for value, label in Status.choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', options)


@dataclass(frozen=True)
class Tracking:
    """`applied_at` None: not yet, as far as the tracker knows. `is_asked`: this person went to the employer's site."""

    application: TrackedApplication | None
    applied_at: datetime | None
    is_asked: bool


@register.simple_tag(takes_context=True)
def tracking_of(context: Mapping[str, Any], job: Job) -> Tracking | None:
    """Two queries for members, three while an application waits to be sent."""
    user = context["request"].user
    if not user.is_authenticated:
        return None
    found = of_job(user, job).kept().first()
    applied_at = applied_on(user.pk, [job.pk]).get(job.pk) if found else None
    return Tracking(found, applied_at, not applied_at and is_asked(user, job))
