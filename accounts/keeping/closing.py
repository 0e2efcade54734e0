"""Which saved jobs close within days: for pages, and for the one mail about it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import JobBookmark, MailKind, User
from accounts.preferences import unsubscribe_url, unwilling
from jobs.page.words import CLOSING_DAYS
from kit.mail.letter import send_letter

MOST = 5
MAIL_DAYS = 3  # so many or fewer to the last day, and a mail goes out
MORNING = range(7, 12)  # hours by the clocks of the person; after an outage the next hour or day makes up for it


def closing_soon(user: User) -> list[JobBookmark]:
    """The nearest first, at most MOST; what was applied for is left out. One query."""
    rows = user.job_bookmarks.kept().not_applied_for().for_page().prefetch_related(None)
    return list(rows.closing_before(_midnight(CLOSING_DAYS))[:MOST])


def _midnight(days: int) -> datetime:
    """The end of the day after so many days, in the time zone of the reader."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=days + 1)


def people_to_tell() -> list[User]:
    """Those with a saved job that closes soon, whom we have not told, who want to know, and where it is morning."""
    now = timezone.now()
    rows = JobBookmark.objects.kept().untold().not_applied_for().closing_before(now + timedelta(days=MAIL_DAYS + 1))
    users = User.objects.filter(pk__in=rows.order_by().values("user"), is_active=True).exclude(pk__in=unwilling(MailKind.CLOSING))
    return [user for user in users if now.astimezone(ZoneInfo(user.time_zone)).hour in MORNING]


@transaction.atomic
def tell(user: User) -> bool:
    """One mail about all of them, and never again about the same last day. False when there is nothing to say any more."""
    with timezone.override(ZoneInfo(user.time_zone)):
        wanted = user.job_bookmarks.kept().untold().not_applied_for().closing_before(_midnight(MAIL_DAYS))
        locked = list(wanted.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True))
        rows = list(JobBookmark.objects.filter(pk__in=locked).for_page().prefetch_related(None).order_by("job__valid_through", "pk"))
        if not rows:
            return False
        for row in rows:
            row.told_last_day = row.job.valid_through
        JobBookmark.objects.bulk_update(rows, ["told_last_day"])
        context = {"closing": rows, "first": rows[0], "list_url": f"{settings.SITE_URL}{reverse('accounts:saved_jobs')}?sort=closing"}
        url = unsubscribe_url(user, MailKind.CLOSING)
        send_letter("emails/saved_closing", to=user, context=context, unsubscribe_url=url, stream=MailKind.CLOSING)
    return True
