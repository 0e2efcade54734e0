from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from billing import entitlements, world
from billing.models import Account
from billing.plans import features_of

SHOWN = (
    "world", "customer_id", "subscription_id", "status", "plan", "period_start", "paid_through", "ends_at",
    "live_subscriptions", "disputed_at", "synced_at",
)  # fmt: skip


class Command(BaseCommand):
    help = "Say what somebody's plan is and why, from our own rows. Asks Stripe nothing and changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = get_user_model().objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Nobody has the address {email}.")
        standing = entitlements.standing(user)
        until = f" until {standing.until:%Y-%m-%d %H:%M} UTC" if standing.until else ""
        self.stdout.write(f"{user.email}: {standing.plan} ({standing.why}{until}); this process lives in the {world.world()} world")
        self.stdout.write(f"can use: {', '.join(sorted(features_of(standing.plan)))}")
        account = Account.objects.filter(user=user).first()
        if account is None:
            self.stdout.write("no billing account yet")
            return
        for name in SHOWN:
            self.stdout.write(f"  {name:20} {getattr(account, name) or '-'}")
        for grant in account.grants.in_force(timezone.now()):
            self.stdout.write(f"  complimentary until {grant.until:%Y-%m-%d}: {grant.reason}")
        for milestone in account.milestones.all()[:10]:
            self.stdout.write(f"  {milestone.at:%Y-%m-%d %H:%M}  {milestone.get_kind_display()}")
