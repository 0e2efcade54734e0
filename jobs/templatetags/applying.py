"""What the apply area of a job shows.

{% apply_link job as link %}         address and host of the employer's own page; nothing for one that we do not link to
{% application_of job as sent %}     what the person who reads has sent for this job; nothing for visitors, who cost no query
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django import template

from jobs.applying.standing import application_for
from jobs.models import Application, Job
from jobs.reading.addresses import web_address

register = template.Library()


@dataclass(frozen=True)
class Link:
    address: str
    host: str


@register.simple_tag
def apply_link(job: Job) -> Link | None:
    """Checked when it came in, and again here: what is no web address never becomes a link."""
    address = web_address(job.apply_url)
    return Link(address, (urlsplit(address).hostname or "").removeprefix("www.")) if address else None


@register.simple_tag(takes_context=True)
def application_of(context: Mapping[str, Any], job: Job) -> Application | None:
    user = context["request"].user
    return application_for(user, job) if user.is_authenticated else None
