"""Nightly work of this room."""

from django.utils import timezone
from procrastinate.contrib.django import app

from careers import working
from careers.search import misses


@app.periodic(cron="57 3 * * *")
@app.task(queueing_lock="purge_search_misses")
def purge_search_misses(timestamp: int) -> None:
    misses.purge(timezone.now())


@app.periodic(cron="17 2 * * *")
@app.task(queueing_lock="measure_guides")
def measure_guides(timestamp: int) -> None:
    """Figures and sources grow old overnight, and other guides change what is usual."""
    working.measure_all()
