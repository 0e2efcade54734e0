"""The job that hands one mail over. By name: the task itself (`kit.tasks`) knows the modules that need this."""

from datetime import datetime

from procrastinate.contrib.django import app

DELIVER = "kit.tasks.deliver_mail"


def queue(mail_id: int, *, at: datetime | None = None) -> None:
    """In the caller's transaction. `at`: not before."""
    app.configure_task(DELIVER, queue="mail", schedule_at=at).defer(mail_id=mail_id)
