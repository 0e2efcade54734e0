"""Applications that the person keeps track of. `applications.csv` has all that hangs on each in its own cells too, so that the
file alone can be imported again (accounts.importing.own); only the bytes of documents are files beside it.
"""

from collections.abc import Iterator, Mapping

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, OuterRef
from django.db.models.functions import JSONObject

from accounts.models import (
    ApplicationDocument,
    ApplicationEvent,
    ApplicationImport,
    ApplicationTask,
    CalendarFeed,
    Contact,
    Departure,
    DocumentFile,
    Interview,
    Reminder,
    TrackedApplication,
    User,
)
from accounts.models.tracking_words import DocumentKind
from accounts.owndata.part import Files, Part, Row, batches, table

EVENT = {"number": "pk", "status": "status", "at": "happened_at", "note": "note", "source": "source", "corrects": "corrects"}
EVENT |= {"written_at": "created_at"}
KEPT = {"written_at": "created_at", "removed_at": "removed_at"}
CONTACT = {"name": "name", "role": "role", "email": "email", "phone": "phone", "note": "note"} | KEPT
TASK = {"text": "text", "due_on": "due_on", "done_at": "done_at"} | KEPT
INTERVIEW = {"kind": "kind", "starts_at": "starts_at", "zone": "zone", "minutes": "minutes", "place": "place", "people": "people"}
INTERVIEW |= {"note": "note"} | KEPT
DOCUMENT = {"document": "pk", "name": "name", "kind": "kind", "bytes": "size"} | KEPT
ENDINGS = dict(zip(DocumentKind, ("pdf", "docx", "txt", "png", "jpg", "webp"), strict=True))

PLAIN = {
    "number": "pk",
    "title": "title",
    "employer": "employer",
    "place": "place",
    "url": "url",
    "status": "status",
    "status_at": "status_at",
    "salary_minimum": "salary_minimum",
    "salary_maximum": "salary_maximum",
    "salary_currency": "salary_currency",
    "salary_period": "salary_period",
    "note": "note",
    "job": "job",
    "guide": "guide__slug",
    "sent_application": "sent",
    "written_at": "created_at",
    "removed_at": "removed_at",
    "ad": "frozen",
}
HANGING: Mapping[str, tuple[type[Model], Mapping[str, str]]] = {
    "events": (ApplicationEvent, EVENT),
    "contacts": (Contact, CONTACT),
    "tasks": (ApplicationTask, TASK),
    "interviews": (Interview, INTERVIEW),
    "documents": (ApplicationDocument, DOCUMENT),
}
COLUMNS = (*PLAIN, *HANGING)


def _applications(user: User) -> Iterator[Row]:
    def hanging(model: type[Model], columns: Mapping[str, str]) -> ArraySubquery:
        rows = model._default_manager.filter(application=OuterRef("pk")).order_by("pk")
        return ArraySubquery(rows.values(json=JSONObject(**columns)))

    lists = {f"all_{name}": hanging(*what) for name, what in HANGING.items()}
    return batches(TrackedApplication.objects.filter(user=user).annotate(**lists), (*PLAIN.values(), *lists))


def _documents(user: User) -> Files:
    for pk, kind in batches(ApplicationDocument.objects.filter(application__user=user), ("pk", "kind")):
        for data in DocumentFile.objects.filter(document=pk).values_list("data", flat=True):
            yield f"documents/{pk}.{ENDINGS[kind]}", bytes(data)


def _of_application(name: str, about: str, model: type[Model], columns: Mapping[str, str]) -> Part:
    return table(name, about, model, {"application": "application", "title": "application__title", **columns}, owner="application__user")


PARTS = (
    Part(
        "applications",
        "Applications that you keep track of, with the ad as it was and all that hangs on each. You can import this file again.",
        COLUMNS,
        _applications,
        (TrackedApplication,),
    ),
    _of_application("application_events", "What happened to applications. One that corrects another names it.", ApplicationEvent, EVENT),
    _of_application("contacts", "People at employers.", Contact, CONTACT),
    _of_application("tasks", "Things to do.", ApplicationTask, TASK),
    _of_application("interviews", "Interviews.", Interview, INTERVIEW),
    table(
        "documents",
        "Files that you keep with applications. They are in the folder documents.",
        ApplicationDocument,
        {"application": "application", **DOCUMENT},
        owner="application__user",
        files=_documents,
        also=(DocumentFile,),
    ),
    table(
        "departures",
        "Jobs for which you went to the employer’s own site, and what you said when you came back.",
        Departure,
        {"job": "job", "title": "job__title", "at": "at", "answer": "answer", "answered_at": "answered_at"},
    ),
    table(
        "imports",
        "Files from which you imported applications, while that can be undone.",
        ApplicationImport,
        {"file": "file_name", "uploaded_at": "created_at", "imported_at": "done_at", "undone_at": "undone_at"},
    ),
    table("reminders", "Of what we reminded you.", Reminder, {"what": "key", "at": "at", "was_dropped": "was_dropped"}),
    table("calendar", "Since when you have a private calendar, without its secret address.", CalendarFeed, {"since": "created_at"}),
)
