from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from billing import world
from billing.reconciling import reconcile

EVERY = 100


class Command(BaseCommand):
    help = "Hold every billing account against Stripe and repair what differs. Runs every hour by itself. Exit code 1 on any error."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="say what differs, change nothing")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        if not world.is_open():
            raise CommandError("Billing is off: no STRIPE_SECRET_KEY is set.")
        seen = changed = failed = 0
        for result in reconcile(only_check=check):
            seen += 1
            changed += result.is_changed
            failed += bool(result.error)
            if result.error:
                self.stderr.write(f"account {result.account_id}: {result.error}")
            elif result.is_changed:
                self.stdout.write(f"account {result.account_id}: {'differs' if check else 'brought up to date'}")
            if seen % EVERY == 0:
                self.stdout.write(f"  … {seen} accounts")
        self.stdout.write(f"{seen} accounts in the {world.world()} world: {changed} {'differ' if check else 'changed'}, {failed} failed.")
        if failed:
            raise CommandError(f"{failed} of {seen} accounts could not be held against Stripe.")
