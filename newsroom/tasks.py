"""What the worker does for the newsroom."""

from django.utils import timezone
from procrastinate.contrib.django import app

from newsroom.states import clock


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="publish_due_guides")
def publish_due_guides(timestamp: int) -> None:
    """Catches what no alarm rang for: after an outage, or when the clock of a machine was wrong."""
    clock.publish_due(timezone.now())


@app.task(pass_context=False)
def publish_due() -> None:
    """The alarm of one scheduled guide (newsroom.states.clock_task). It publishes whatever is due."""
    clock.publish_due(timezone.now())
