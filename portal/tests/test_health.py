from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils import timezone

from portal.views import health


def heartbeat(age=timedelta()):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)", [timezone.now() - age])


def test_alive_needs_no_database(rf):
    assert health.healthz(rf.get(reverse("healthz"))).content == b"ok"


@pytest.mark.django_db
def test_ready_with_database_migrations_and_worker(client):
    heartbeat()
    response = client.get(reverse("readyz"))
    assert response.status_code == 200
    assert response.json() == {"not_ready": []}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_not_ready_without_a_worker(client):
    response = client.get(reverse("readyz"))
    assert response.status_code == 503
    assert response.json() == {"not_ready": ["worker"]}


@pytest.mark.django_db
def test_a_worker_that_was_last_seen_a_minute_ago_is_gone(client):
    heartbeat(age=timedelta(seconds=61))
    assert client.get(reverse("readyz")).json() == {"not_ready": ["worker"]}


@pytest.mark.django_db
def test_not_ready_before_migrations_ran(client):
    heartbeat()
    MigrationRecorder(connection).record_unapplied("kit", "0001_initial")
    assert client.get(reverse("readyz")).json() == {"not_ready": ["migrations"]}


@pytest.mark.django_db
def test_not_ready_without_the_database(client, monkeypatch):
    def gone(self):
        raise OperationalError("connection refused")

    monkeypatch.setattr(health.MigrationRecorder, "applied_migrations", gone)
    response = client.get(reverse("readyz"))
    assert response.status_code == 503
    assert response.json() == {"not_ready": ["database"]}
