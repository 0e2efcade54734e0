"""A line of our own export as the application that it was, with its history and all that hangs on it."""

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.importing.ads import safe_ad
from accounts.importing.draft import Draft, Json, Notes, Reading
from accounts.importing.reading import Line, Sheet
from accounts.models import ApplicationEvent, ApplicationTask, Contact, Interview, TrackedApplication, User
from accounts.models.tracked_parts import Part
from accounts.owndata.cells import unsafe
from accounts.owndata.rows.applications import CONTACT, INTERVIEW, TASK
from jobs.reading.addresses import web_address
from jobs.reading.text import visible

MARKS = {"title", "employer", "status_at", "events", "ad", "written_at"}  # columns that no other file has together
MOST = 500  # things of one kind on one application
HANGING: Mapping[str, tuple[type[Part], Mapping[str, str]]] = {
    "contacts": (Contact, CONTACT),
    "tasks": (ApplicationTask, TASK),
    "interviews": (Interview, INTERVIEW),
}


class Unreadable(Exception):
    """What of a line is not as we write it."""


def is_own(sheet: Sheet) -> bool:
    return set(sheet.header) >= MARKS


def read_line(user: User, sheet: Sheet, line: Line) -> Reading:
    cells = {name: unsafe(cell) for name, cell in zip(sheet.header, line.cells, strict=False)}
    if len(line.cells) != len(sheet.header):
        return Reading.failed(f"The line has {len(line.cells)} cells and the first line {len(sheet.header)}")
    if cells.get("removed_at"):
        return Reading.failed("You had removed this application when you took the copy")
    notes = Notes()
    try:
        return Reading(_draft(user, cells, notes), notes.problems)
    except Unreadable as why:
        return Reading.failed(f"{why}. It may have been changed since we wrote it")


def _draft(user: User, cells: dict[str, str], notes: Notes) -> Draft:
    url = cells.get("url", "")
    application = TrackedApplication(
        user=user,
        **{name: visible(cells.get(name, "")) for name in ("title", "employer", "place", "salary_currency", "salary_period", "note")},
        url=web_address(url),
        salary_minimum=_amount(cells.get("salary_minimum", "")),
        salary_maximum=_amount(cells.get("salary_maximum", "")),
        created_at=_moment(cells.get("written_at", "")),
    )
    if url and not application.url:
        raise Unreadable("The link is no web address")
    application.frozen = _ad(cells.get("ad", ""), notes)
    _check(application, "user", "status", "status_at", "job", "sent", "guide", "frozen")
    _check_salary(application)
    draft = Draft(application, _events(_list(cells, "events")))
    for name, (model, columns) in HANGING.items():
        draft.parts += [_hanging(model, columns, item, name) for item in _list(cells, name)]
    if _list(cells, "documents"):
        notes.warn("The files that you kept with it are not in here, only their names. Add them from the copy")
    draft.job, draft.sent = _number(cells.get("job", "")), _number(cells.get("sent_application", ""))
    draft.guide = cells.get("guide", "")
    return draft


def _ad(text: str, notes: Notes) -> Json:
    data = _json(text, "ad") if text else {}
    if not data:
        return {}
    if (ad := safe_ad(data)) is None:
        notes.warn("The ad as it was cannot be read and is left out")
    return ad or {}


def _events(items: list[Json]) -> list[tuple[int, ApplicationEvent, int | None]]:
    events: list[tuple[int, ApplicationEvent, int | None]] = []
    corrected = set()
    for item in items:
        number, corrects = item.get("number"), item.get("corrects")
        values: Json = {"status": item.get("status") or None, "source": item.get("source")}
        event = ApplicationEvent(happened_at=_moment(item.get("at")), **values)
        event.note, event.created_at = visible(str(item.get("note") or "")), _moment(item.get("written_at"))
        _check(event, "application", "corrects")
        known = [other for other, _, _ in events]
        if not isinstance(number, int) or number in known or (corrects is not None and (corrects not in known or corrects in corrected)):
            raise Unreadable("The numbers of its events do not fit")
        if event.status is None and corrects is None:
            raise Unreadable("One of its events says nothing")
        corrected.add(corrects)
        events.append((number, event, corrects))
    if not any(event.status for number, event, _ in events if number not in corrected):
        raise Unreadable("It has no history")
    return events


def _hanging(model: type[Part], columns: Mapping[str, str], item: Json, name: str) -> Part:
    values: Json = {}
    for column, attribute in columns.items():
        value = item.get(column)
        kind = model._meta.get_field(attribute)
        assert isinstance(kind, models.Field)
        if isinstance(kind, models.DateTimeField):
            value = _moment(value) if value else None
        elif isinstance(value, str):
            value = visible(value)
        values[attribute] = kind.get_default() if value in kind.empty_values and not kind.null else value
    made = model(**values)
    _check(made, "application")
    if isinstance(made, Interview) and not 5 <= made.minutes <= 1440:
        raise Unreadable(f"One of its {name} takes {made.minutes} minutes")
    return made


def _check(row: models.Model, *others: str) -> None:
    """Every value fits its column. Django checks the length of a text in forms only."""
    try:
        row.clean_fields(exclude=set(others))
    except ValidationError as error:
        name = next(iter(error.message_dict))
        raise Unreadable(f"Its {name.replace('_', ' ')} cannot be read") from error
    texts = [field for field in row._meta.fields if isinstance(field, models.TextField) and field.name not in others]
    if too_long := [field.name for field in texts if field.max_length and len(getattr(row, field.name)) > field.max_length]:
        raise Unreadable(f"Its {too_long[0]} is too long")


def _check_salary(application: TrackedApplication) -> None:
    low, high = application.salary_minimum, application.salary_maximum
    amounts = [amount for amount in (low, high) if amount is not None]
    is_named = bool(application.salary_currency and application.salary_period)
    if any(amount <= 0 for amount in amounts) or amounts != sorted(amounts) or is_named != bool(amounts):
        raise Unreadable("Its salary is not whole")
    if not is_named and (application.salary_currency or application.salary_period):
        raise Unreadable("Its salary is not whole")


def _list(cells: dict[str, str], name: str) -> list[Json]:
    found = _json(cells[name], name) if cells.get(name) else []
    if not isinstance(found, list) or len(found) > MOST or not all(isinstance(item, dict) for item in found):
        raise Unreadable(f"Its {name} cannot be read")
    return found


def _json(text: str, name: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:  # not JSON, a number of thousands of digits, too deep
        raise Unreadable(f"Its {name} cannot be read") from error


def _moment(value: object) -> datetime:
    try:
        found = parse_datetime(value) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or timezone.is_naive(found):
        raise Unreadable("One of its times cannot be read")
    return found


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation as error:
        raise Unreadable("Its salary cannot be read") from error


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
