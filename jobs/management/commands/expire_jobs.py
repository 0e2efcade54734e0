from typing import Any

from django.core.management.base import BaseCommand

from jobs.expiry import close_expired


class Command(BaseCommand):
    help = "Close the jobs whose last day has passed. The worker does it every ten minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{close_expired():,} closed.")
