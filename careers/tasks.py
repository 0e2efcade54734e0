"""Nightly work of this room."""

from django.utils import timezone
from procrastinate.contrib.django import app

from careers.search import misses


@app.periodic(cron="57 3 * * *")
@app.task(queueing_lock="purge_search_misses")
def purge_search_misses(timestamp: int) -> None:
    misses.purge(timezone.now())
