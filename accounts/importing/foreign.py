"""A line of any file as an application. What we cannot make sense of stays in the note; what is wrong is said."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.importing.columns import LABELS, Columns, Field
from accounts.importing.draft import Draft, Notes, Reading
from accounts.importing.reading import Line, Sheet
from accounts.importing.words import EARLIEST, at_noon, is_ambiguous, read_day, read_status
from accounts.models import ApplicationEvent, Contact, TrackedApplication, User
from accounts.models.tracked import MAX_PLACE, MAX_TEXT, MAX_TITLE
from accounts.models.tracked_parts import MAX_PART_NAME, Part
from accounts.models.tracking_words import EventSource, Status
from jobs.reading.addresses import mail_address, web_address
from jobs.reading.pay import read_pay_text
from jobs.reading.text import visible


def read_line(user: User, sheet: Sheet, line: Line, columns: Columns) -> Reading:
    notes = Notes()
    if any(cell.strip() for cell in line.cells[len(sheet.header) :]):
        notes.fail(f"The line has {len(line.cells)} cells and the first line {len(sheet.header)}: a separator too many")
        return Reading(None, notes.problems)

    def text(which: Field, most: int = MAX_TEXT) -> str:
        value = " ".join(visible(columns.cell(which, line.cells)).split())
        if len(value) > most:
            notes.fail(f"{LABELS[which]} has {len(value):,} characters; at most {most:,}")
        return value[:most]

    application = TrackedApplication(user=user, title=text(Field.TITLE, MAX_TITLE), employer=text(Field.EMPLOYER, MAX_TITLE))
    application.place = text(Field.PLACE, MAX_PLACE)
    if not application.title:
        notes.fail("There is no job title")
    moment = _moment(user, text(Field.DAY, 100), columns, notes)
    status = _status(text(Field.STATUS, 200), notes)
    application.url = _url(text(Field.URL), notes)
    _read_salary(application, text(Field.SALARY, 200), notes)
    parts = _contact(text(Field.CONTACT, MAX_PART_NAME), text(Field.CONTACT_EMAIL, 300), notes)
    application.note = "\n".join(filter(None, [visible(columns.cell(Field.NOTE, line.cells)).strip(), *notes.kept]))
    if len(application.note) > MAX_TEXT:
        notes.fail(f"The note has {len(application.note):,} characters; at most {MAX_TEXT:,}")
    if notes.has_failed:
        return Reading(None, notes.problems)
    event = ApplicationEvent(status=status, happened_at=moment or timezone.now(), source=EventSource.IMPORT)
    return Reading(Draft(application, [(0, event, None)], parts, has_day=moment is not None), notes.problems)


def _moment(user: User, text: str, columns: Columns, notes: Notes) -> datetime | None:
    """None: there is no date, or a wrong one, which is an error."""
    if not text:
        notes.warn("There is no date: it counts from today")
        return None
    day = read_day(text, day_first=columns.day_first)
    if day is None:
        notes.fail(f"“{text}” is no date that we can read. Write it like 2026-11-25")
    elif day.year < EARLIEST or day > timezone.localdate(timezone=_zone(user)):
        notes.fail(f"“{text}” lies {'before ' + str(EARLIEST) if day.year < EARLIEST else 'in the future'}")
    else:
        if not columns.are_days_sure and is_ambiguous(text):
            notes.warn(f"“{text}” is read as {day:%B} {day.day}, {day.year}")
        return at_noon(day, user.time_zone)
    return None


def _zone(user: User) -> ZoneInfo:
    return ZoneInfo(user.time_zone)


def _status(text: str, notes: Notes) -> Status:
    if not text:
        notes.warn("There is no status: it is taken as applied")
        return Status.APPLIED
    status = read_status(text)
    if status is None:
        notes.keep("Status", text, f"We do not know the status “{text}” and take it as applied")
    return status or Status.APPLIED


def _url(text: str, notes: Notes) -> str:
    if not text:
        return ""
    address = web_address(text) or (web_address(f"https://{text}") if "://" not in text and ":" not in text else "")
    if not address:
        notes.keep("Link", text[:500], "The link is no web address")
    return address


def _read_salary(application: TrackedApplication, text: str, notes: Notes) -> None:
    if not text:
        return
    pay = read_pay_text(text)
    if pay is None:
        notes.keep("Salary", text, f"“{text}” does not say amount, currency and period of a salary")
        return
    application.salary_minimum, application.salary_maximum = pay.minimum, pay.maximum
    application.salary_currency, application.salary_period = pay.currency, pay.period


def _contact(name: str, email: str, notes: Notes) -> list[Part]:
    address = mail_address(email)
    if email and not address:
        notes.keep("Contact email", email, f"“{email}” is no email address")
    return [Contact(name=name or address, email=address)] if name or address else []
