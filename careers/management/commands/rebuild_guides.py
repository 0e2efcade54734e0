from typing import Any

from django.core.management.base import BaseCommand

from careers.models import Guide
from careers.publishing import rebuild


class Command(BaseCommand):
    help = "Build what visitors see anew from the published revisions, after an upgrade that renders or lists guides differently."

    def handle(self, *args: Any, **options: Any) -> None:
        guides = Guide.objects.filter(listing__isnull=False)
        for guide in guides:
            rebuild(guide)
        self.stdout.write(f"{len(guides)} guides rebuilt")
