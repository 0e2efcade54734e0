"""For those who run the site: is the process alive, and can it serve people?"""

from collections.abc import Iterable
from datetime import timedelta
from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateWorker

HEARTBEAT = timedelta(seconds=60)  # a worker writes one every ten seconds


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers. Asks nobody else, so that a restart is never the cure for a slow database."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when all is there; 503 with what is not."""
    missing = list(_missing())
    return JsonResponse({"not_ready": missing}, status=503 if missing else 200)


def _missing() -> Iterable[str]:
    try:
        if _migrations_on_disk() - MigrationRecorder(connection).applied_migrations().keys():
            yield "migrations"
        elif not ProcrastinateWorker.objects.filter(last_heartbeat__gte=timezone.now() - HEARTBEAT).exists():
            yield "worker"
    except Error:
        yield "database"


@cache
def _migrations_on_disk() -> frozenset[tuple[str, str]]:
    """App and name of every migration of this code; a process has one code for life."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)
