"""The mail of a digest: subject, text and HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from alerts.cadence import Clock
from alerts.choices import Verdict, Weekday
from alerts.digest.notes import Note
from alerts.digest.view import GuideNews, Section, Wanted
from alerts.links import manage_url, off_url, verdict_url
from alerts.models import Alert, Delivery, Digest, Subscriber
from jobs.page.guides import GuideFacts
from jobs.search.matching import read
from kit.mail.letter import make_letter

MAX_NAME = 60  # of an alert in the subject


@dataclass(frozen=True)
class Reader:
    """Whom the mail is written to, with or without an account."""

    email: str
    time_zone: str
    name: str

    @classmethod
    def of(cls, subscriber: Subscriber) -> "Reader":
        return cls(subscriber.address, Clock.of(subscriber).zone, subscriber.name)


def wanted(digest: Digest, alerts: Mapping[int, Alert], told: Sequence[Delivery]) -> list[Wanted]:
    """Its sections of jobs. `told`: its rows of the ledger, in order."""
    found = []
    for row in digest.sections:
        alert = alerts.get(row["alert"])
        if alert is None or "guide" in row:
            continue
        own = [one for one in told if one.alert_id == alert.pk]
        found.append(
            Wanted(
                name=alert.name,
                search=read(alert.query),
                jobs=[one.job_id for one in own],
                total=row["total"],
                paid=row["paid"],
                middle=row["middle"],
                more=[(employer, jobs) for employer, jobs in row["more"]],
                off_url=off_url(digest.subscriber, alert),
                verdict_urls={one.job_id: (verdict_url(one, Verdict.USEFUL), verdict_url(one, Verdict.NOT_FOR_ME)) for one in own},
            )
        )
    return found


def guide_news(digest: Digest, alerts: Mapping[int, Alert], guides: Mapping[int, GuideFacts]) -> list[GuideNews]:
    """Guides that readers can open still."""
    found = []
    for row in digest.sections:
        alert, guide = alerts.get(row["alert"]), guides.get(row.get("guide", 0))
        if alert and guide:
            url = settings.SITE_URL + guide.url
            found.append(GuideNews(alert.name, guide.title, url, row["changed"], off_url(digest.subscriber, alert)))
    return found


def letter(digest: Digest, sections: Sequence[Section], guides: Sequence[GuideNews], names: Sequence[str]) -> EmailMultiAlternatives:
    """`sections` and `guides` that have something to tell; `names` of all alerts of the person, for the word that we still watch."""
    subscriber = digest.subscriber
    context = {
        "subject": subject(sections, guides, digest.notes),
        "sections": sections,
        "guides": guides,
        "is_weekly_now": Note.WEEKLY_NOW in digest.notes,
        "is_quiet": not sections and not guides,
        "names": names,
        "weekday": Weekday(subscriber.weekday).label,
        "is_member": subscriber.user_id is not None,
        "manage_url": manage_url(subscriber),
        "stop_url": off_url(subscriber),
    }
    return make_letter("emails/digest", to=Reader.of(subscriber), context=context, unsubscribe_url=off_url(subscriber))


def subject(sections: Sequence[Section], guides: Sequence[GuideNews], notes: Sequence[str]) -> str:
    """3 new jobs: nurse jobs in Austin, TX, and 2 more searches"""
    if sections:
        jobs = sum(len(section.items) for section in sections)
        others = len(sections) - 1 + len(guides)
        text = f"{jobs} new job{'' if jobs == 1 else 's'}: {_short(sections[0].name)}"
        return f"{text}, and {others} more" if others else text
    if guides:
        text = f"Changed: {_short(guides[0].title)}"
        return f"{text}, and {len(guides) - 1} more" if len(guides) > 1 else text
    return "Your alerts come once a week now" if Note.WEEKLY_NOW in notes else "Nothing new yet, and we still watch"


def _short(name: str) -> str:
    return name if len(name) <= MAX_NAME else f"{name[: MAX_NAME - 1].rstrip()}…"
