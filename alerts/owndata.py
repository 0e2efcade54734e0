"""What a copy of somebody's data holds of alerts, and what goes when they leave."""

from django.db.models import Q

from accounts.models import User
from accounts.owndata.part import table
from alerts.models import Alert, AlertQuerySet, Delivery, Digest, Subscriber, Wish

PARTS = (
    table(
        "alert_mails",
        "When and where your alerts come, by your clock. hour is from 0 to 23, weekday from 0 (Monday).",
        Subscriber,
        {
            "weekday": "weekday",
            "hour": "hour",
            "time_zone": "time_zone",
            "next_at": "next_at",
            "stopped_at": "stopped_at",
            "stopped_because": "stopped_because",
            "last_sign_of_life": "alive_at",
            "asked_at": "asked_at",
            "last_mail_at": "mailed_at",
            "since": "created_at",
        },
    ),
    table(
        "alerts",
        "Your alerts: searches as the address of the job search has them, and guides that you watch.",
        Alert,
        {
            "name": "name",
            "kind": "kind",
            "search": "query",
            "guide": "guide__slug",
            "frequency": "frequency",
            "paused_until": "paused_until",
            "off_at": "off_at",
            "removed_at": "removed_at",
            "created_at": "created_at",
        },
        owner="subscriber__user",
    ),
    table("alert_digests", "Mails with what was new, by day.", Digest, {"day": "slot", "made_at": "created_at"}, owner="subscriber__user"),
    table(
        "alert_jobs",
        "Jobs that these mails told you of, and what you said of them.",
        Delivery,
        {
            "job": "job",
            "title": "job__title",
            "employer": "job__employer__name",
            "alert": "alert__name",
            "day": "digest__slot",
            "verdict": "verdict",
            "reason": "reason",
            "judged_at": "judged_at",
        },
        owner="subscriber__user",
    ),
)


def forget_addresses(addresses: list[str]) -> None:
    """What was asked for with these addresses without an account, confirmed or not."""
    same = Q()
    for address in addresses:
        same |= Q(email__iexact=address)
    Wish.objects.filter(same).delete()
    Subscriber.objects.visitors().filter(same).delete()


def alerts_of(user: User) -> AlertQuerySet:
    return Alert.objects.kept().filter(subscriber__user=user)
