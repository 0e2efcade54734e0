"""Closed vocabularies of the application tracker: stored value, words on the page."""

from django.db.models import TextChoices


class Status(TextChoices):
    """How far an application is. Any may follow any: what happens to people keeps to no order, and NO_ANSWER is no end."""

    SAVED = "saved", "Saved"
    PREPARING = "preparing", "Preparing"
    APPLIED = "applied", "Applied"
    INTERVIEWING = "interviewing", "Interviewing"
    OFFER = "offer", "Offer"
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NO_ANSWER = "no_answer", "No answer"


# Sent, whatever came of it.
SENT = (Status.APPLIED, Status.INTERVIEWING, Status.OFFER, Status.ACCEPTED, Status.REJECTED, Status.WITHDRAWN, Status.NO_ANSWER)
# Nothing more is expected, until it is opened again.
ENDED = (Status.ACCEPTED, Status.REJECTED, Status.WITHDRAWN, Status.NO_ANSWER)


class EventSource(TextChoices):
    """Who says so."""

    PERSON = "person", "You"
    FORM = "form", "Our apply form"
    RETURN = "return", "You, on coming back from the employer’s site"
    IMPORT = "import", "Your import"
    SYSTEM = "system", "Waymark"


class InterviewKind(TextChoices):
    PHONE = "phone", "Phone call"
    VIDEO = "video", "Video call"
    ON_SITE = "on_site", "On site"
    TEST = "test", "Test or trial work"
    OTHER = "other", "Other"


class DocumentKind(TextChoices):
    """Media types that we keep, each known by its bytes."""

    PDF = "application/pdf", "PDF"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"
    TEXT = "text/plain", "Text"
    PNG = "image/png", "PNG picture"
    JPEG = "image/jpeg", "JPEG picture"
    WEBP = "image/webp", "WebP picture"


class Answer(TextChoices):
    """What somebody said to "Did you apply?". Empty while it was not answered."""

    YES = "yes", "Yes"
    NOT_YET = "not_yet", "Not yet"
    NEVER = "never", "Don’t ask"
