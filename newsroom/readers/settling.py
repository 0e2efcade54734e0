"""What staff make of reports, and how long the address of a reader stays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from careers.choices import UNSETTLED, WorkState
from kit.mail.letter import send_letter
from newsroom.models import ReaderReport

if TYPE_CHECKING:
    from accounts.models import User

SETTLED = (WorkState.DONE, WorkState.DECLINED)
ADDRESS_DAYS = 90


@dataclass(frozen=True)
class Asker:
    """A reader who left an address, and of whom nothing else is known."""

    email: str
    time_zone: str = "UTC"


@transaction.atomic
def settle(report: ReaderReport, *, by: "User", answer: str = "") -> bool:
    """Stamp a report whose state is a settled one, mail the answer, and forget the address. Whether a mail was queued.

    The address is read again under a lock: of two who answer at once, one does.
    """
    email = ReaderReport.objects.select_for_update().values_list("email", flat=True).get(pk=report.pk)
    if email and answer:
        guide = report.guide
        url = f"{settings.SITE_URL}{guide.listing.get_absolute_url()}" if hasattr(guide, "listing") else ""
        context = {"answer": answer, "report": report, "guide": guide, "guide_url": url}
        send_letter("emails/report_answer", to=Asker(email), context=context)
    report.email = ""
    if report.settled_at is None:
        report.settled_at, report.settled_by = timezone.now(), by
    report.save(update_fields=["email", "settled_at", "settled_by"])
    return bool(email and answer)


def take_in_hand(reports: Iterable[ReaderReport], *, by: "User") -> list[ReaderReport]:
    """Those that wait are `by`'s from now on. Returns them."""
    chosen = ReaderReport.objects.filter(pk__in=[report.pk for report in reports], state__in=UNSETTLED)
    taken = list(chosen)
    ReaderReport.objects.filter(pk__in=[report.pk for report in taken]).exclude(state__in=SETTLED).update(
        state=WorkState.DOING, assigned_to=by
    )
    return taken


def forget_old_addresses(now: datetime) -> int:
    """Addresses that nobody answered in ADDRESS_DAYS. Returns how many."""
    old = ReaderReport.objects.filter(created_at__lt=now - timedelta(days=ADDRESS_DAYS)).exclude(email="")
    return old.update(email="")


def forget_addresses(addresses: list[str]) -> None:
    """Of somebody whose account is deleted."""
    same = Q()
    for address in addresses:
        same |= Q(email__iexact=address)
    ReaderReport.objects.filter(same).update(email="")
