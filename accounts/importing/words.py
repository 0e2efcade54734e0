"""Cells as people write them: dates, how far it got, addresses."""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models.tracking_words import Status
from kit.text import fold

EARLIEST = 1990
_MONTHS = {
    name: number for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})(?:,? \d{1,2}:\d\d.*)?", re.ASCII)
_DAY_FIRST = re.compile(r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?[-. ]+([a-z]{3,9})[-., ]+(\d{4})", re.ASCII)
_MONTH_FIRST = re.compile(r"(?:[a-z]+,? )?([a-z]{3,9})[-. ]+(\d{1,2})(?:st|nd|rd|th)?[-., ]+(\d{4})", re.ASCII)

_STATUS_WORDS = {
    Status.SAVED: "saved bookmarked wishlist wish interested to_apply todo to_do backlog new",
    Status.PREPARING: "preparing draft in_preparation drafting in_progress started",
    Status.APPLIED: "applied sent submitted application_sent application_submitted pending waiting under_review in_review open active",
    Status.INTERVIEWING: (
        "interviewing interview interviews interviewed phone_screen phone_interview screening screen technical_interview"
        " onsite on_site final_round assessment first_interview second_interview final_interview interview_scheduled"
    ),
    Status.OFFER: "offer offered offer_received got_offer",
    Status.ACCEPTED: "accepted offer_accepted hired signed",
    Status.REJECTED: "rejected rejection declined_by_employer not_selected unsuccessful no turned_down denied refused closed",
    Status.WITHDRAWN: "withdrawn withdrew canceled cancelled declined offer_declined dropped",
    Status.NO_ANSWER: "no_answer no_response ghosted no_reply silence unanswered",
}
_STATUSES = {word: status for status, words in _STATUS_WORDS.items() for word in words.split()}


def read_status(text: str) -> Status | None:
    """None: a word that we do not know."""
    return _STATUSES.get(re.sub(r"[^a-z0-9]+", "_", fold(text)).strip("_"))


def read_day(text: str, *, day_first: bool) -> date | None:
    """None when it is no date. `day_first` decides about 03/04/2026, unless only one reading exists."""
    words = " ".join(fold(text).split())[:60]
    try:
        if found := _ISO.fullmatch(words.upper()):
            return date(*map(int, found.groups()))
        if found := _NUMBERS.fullmatch(words):
            return _numbers(*map(int, found.groups()), day_first=day_first)
        if found := _DAY_FIRST.fullmatch(words):
            return date(int(found[3]), _MONTHS[found[2][:3]], int(found[1]))
        if found := _MONTH_FIRST.fullmatch(words):
            return date(int(found[3]), _MONTHS[found[1][:3]], int(found[2]))
    except (ValueError, KeyError):  # the 31st of April; a word that is no month
        return None
    return None


def _numbers(first: int, second: int, year: int, *, day_first: bool) -> date:
    if year < 100:
        year += 2000
    day, month = (first, second) if (day_first and second <= 12) or first > 12 else (second, first)
    return date(year, month, day)


def says_day_first(texts: list[str]) -> bool | None:
    """What the column itself tells: 25/11 can only be day and month. None when each can be read both ways, or they differ."""
    told = set()
    for text in texts:
        if (found := _NUMBERS.fullmatch(" ".join(text.split())[:60])) and (int(found[1]) > 12) != (int(found[2]) > 12):
            told.add(int(found[1]) > 12)
    return told.pop() if len(told) == 1 else None


def is_ambiguous(text: str) -> bool:
    found = _NUMBERS.fullmatch(" ".join(text.split())[:60])
    return bool(found and int(found[1]) <= 12 and int(found[2]) <= 12 and int(found[1]) != int(found[2]))


def at_noon(day: date, zone: str) -> datetime:
    """A day without a time is its noon where the person lives, so that it is that day elsewhere too; now, if noon is yet to come."""
    return min(datetime.combine(day, time(12), ZoneInfo(zone)), timezone.now())
