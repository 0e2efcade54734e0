"""Closed vocabularies of a job: stored value, words on the page. Unknown is always possible and never guessed."""

from django.db.models import TextChoices


class Workplace(TextChoices):
    ON_SITE = "on_site", "On site"
    HYBRID = "hybrid", "Hybrid"
    REMOTE = "remote", "Remote"


class Kind(TextChoices):
    """Values of schema.org employmentType in lower case."""

    FULL_TIME = "full_time", "Full time"
    PART_TIME = "part_time", "Part time"
    CONTRACTOR = "contractor", "Contract"
    TEMPORARY = "temporary", "Temporary"
    INTERN = "intern", "Internship"
    VOLUNTEER = "volunteer", "Volunteer"


class Level(TextChoices):
    """Experience that is asked for, in four steps."""

    ENTRY = "entry", "Entry level"
    MID = "mid", "Mid level"
    SENIOR = "senior", "Senior"
    LEAD = "lead", "Lead or manager"


class PayPeriod(TextChoices):
    """Values of schema.org QuantitativeValue.unitText."""

    HOUR = "HOUR", "an hour"
    DAY = "DAY", "a day"
    WEEK = "WEEK", "a week"
    MONTH = "MONTH", "a month"
    YEAR = "YEAR", "a year"


# Periods in a working year: 52 weeks of 40 hours and 5 days, as OEWS counts (kit.words.HOURS_A_YEAR).
PER_YEAR = {PayPeriod.HOUR: 2080, PayPeriod.DAY: 260, PayPeriod.WEEK: 52, PayPeriod.MONTH: 12, PayPeriod.YEAR: 1}


class State(TextChoices):
    """held -> open -> closed -> open again (held, where nobody trusts it) when it is listed again; any -> removed, for good."""

    HELD = "held", "Held for review"
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"
    REMOVED = "removed", "Removed by staff"


class Ending(TextChoices):
    """Why a job is closed. Only what was gone or over comes back by itself."""

    GONE = "gone", "No longer listed"
    OVER = "over", "Its last day has passed"
    STAFF = "staff", "By staff"


class Delivery(TextChoices):
    """queued -> delivered or failed; failed -> queued, when staff send it again."""

    QUEUED = "queued", "Waiting to be sent"
    DELIVERED = "delivered", "Sent to the employer"
    FAILED = "failed", "Could not be delivered"


class FileKind(TextChoices):
    """Media types of resumes that we take."""

    PDF = "application/pdf", "PDF"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"


class SourceKind(TextChoices):
    JOBICY = "jobicy", "Jobicy (JSON API)"
    REMOTIVE = "remotive", "Remotive (JSON API)"
    ARBEITNOW = "arbeitnow", "Arbeitnow (JSON API)"
    HIMALAYAS = "himalayas", "Himalayas (JSON API)"
    GREENHOUSE = "greenhouse", "Greenhouse (job board API)"
    LEVER = "lever", "Lever (postings API)"
    ASHBY = "ashby", "Ashby (job board API)"
    WEWORKREMOTELY = "weworkremotely", "We Work Remotely (RSS)"
    JOBPOSTING = "jobposting", "Page with schema.org JobPosting"
    FILE = "file", "Our own JSON or CSV"


class RunStatus(TextChoices):
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    UNCHANGED = "unchanged", "Unchanged since last time"
    SUSPECT = "suspect", "Suspect: nothing was closed"
    FAILED = "failed", "Failed: nothing was closed"


class ReportReason(TextChoices):
    """Why a reader reports an ad."""

    CLOSED = "closed", "It is closed already"
    SCAM = "scam", "It looks like a scam or asks for money"
    WRONG = "wrong", "Pay or place is wrong"
    DISCRIMINATES = "discriminates", "It discriminates"
    DUPLICATE = "duplicate", "It is here twice"
    OTHER = "other", "Something else"


class ReportState(TextChoices):
    """open -> upheld or dismissed, for good."""

    OPEN = "open", "Open"
    UPHELD = "upheld", "Upheld"
    DISMISSED = "dismissed", "Dismissed"
