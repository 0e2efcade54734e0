"""The vocabularies of alerts."""

from django.db.models import IntegerChoices, TextChoices


class Frequency(TextChoices):
    """How often somebody wants to hear of a search. Daily is done only while the plan has it (`alerts.cadence`)."""

    DAILY = "daily", "Every day"
    WEEKLY = "weekly", "Once a week"


class Weekday(IntegerChoices):
    """As `date.weekday()` counts."""

    MONDAY = 0, "Monday"
    TUESDAY = 1, "Tuesday"
    WEDNESDAY = 2, "Wednesday"
    THURSDAY = 3, "Thursday"
    FRIDAY = 4, "Friday"
    SATURDAY = 5, "Saturday"
    SUNDAY = 6, "Sunday"


class Kind(TextChoices):
    JOBS = "jobs", "Jobs of a search"
    GUIDE = "guide", "Changes of a guide"


class Stop(TextChoices):
    """Why nothing goes to somebody any more, until they say otherwise."""

    LEFT = "left", "Turned off by the reader"
    SILENT = "silent", "No sign of life for a year"


class DigestState(TextChoices):
    """claimed -> queued; claimed -> empty where all its jobs closed before the mail was written; claimed -> failed."""

    CLAIMED = "claimed", "Claimed, mail not written yet"
    QUEUED = "queued", "Mail handed to the outbox"
    EMPTY = "empty", "Nothing left to tell"
    FAILED = "failed", "The mail could not be written"


class Verdict(TextChoices):
    """What a reader says of one job of a digest."""

    USEFUL = "useful", "Useful"
    NOT_FOR_ME = "not_for_me", "Not for me"


class Reason(TextChoices):
    """Why a job was not for somebody."""

    JOB = "job", "Not this job"
    EMPLOYER = "employer", "Not this employer"
    PAY = "pay", "The pay is too low"
    PLACE = "place", "It is too far away"
    LEVEL = "level", "The experience does not fit"
    OTHER = "other", "Something else"
