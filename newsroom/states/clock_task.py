"""The alarm of scheduled publication. The work itself is in newsroom.states.clock; a minute's round catches what no alarm rang for."""

from datetime import datetime

from procrastinate.contrib.django import app

TASK = "newsroom.tasks.publish_due"


def wake_at(moment: datetime) -> None:
    """Queue the look at what is due for `moment`, in the transaction of the caller."""
    app.configure_task(TASK, schedule_at=moment).defer()
