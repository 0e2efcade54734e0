"""The kinds of things that hang on an application, by the word for them in addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone

from accounts.models import ApplicationDocument, ApplicationTask, Contact, Interview, Part, TrackedApplication, User
from accounts.tracker.forms import ContactForm, EditForm, InterviewForm, TaskForm


@dataclass(frozen=True)
class Kind:
    """`name` stands within sentences. Documents have no form here: they are files, and are not edited."""

    slug: str
    name: str
    model: type[Part]
    form: type[EditForm[Any]] | None

    def form_for(self, user: User, data: QueryDict | None, part: Part) -> EditForm[Any]:
        assert self.form is not None
        more: dict[str, Any] = {"user": user} if self.form is InterviewForm else {}
        return self.form(data, instance=part, **more)

    def new(self, application: TrackedApplication) -> Part:
        return self.model(application=application)


KINDS: Mapping[str, Kind] = {
    kind.slug: kind
    for kind in (
        Kind("contacts", "contact", Contact, ContactForm),
        Kind("tasks", "task", ApplicationTask, TaskForm),
        Kind("interviews", "interview", Interview, InterviewForm),
        Kind("documents", "document", ApplicationDocument, None),
    )
}


def save(form: EditForm[Any]) -> Part:
    """Write what a valid form says. A changed interview counts up, so that calendars take it over."""
    part: Part = form.save(commit=False)
    if isinstance(part, Interview):
        part.version += bool(part.pk)
        part.updated_at = timezone.now()
    part.save()
    return part
