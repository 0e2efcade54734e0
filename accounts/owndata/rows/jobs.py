"""What the person did with jobs: sent, reported, hidden, seen."""

from accounts.models import User
from accounts.owndata.part import Files, batches, table
from jobs.choices import FileKind
from jobs.models import Application, HiddenJob, JobVisit, Report, ResumeFile, SeenJob

ENDINGS = {FileKind.PDF: "pdf", FileKind.DOCX: "docx"}
JOB = {"job": "job", "title": "job__title", "employer": "job__employer__name"}


def _resumes(user: User) -> Files:
    """One by one: each may have 5 MB."""
    for pk, kind in batches(ResumeFile.objects.filter(user=user), ("pk", "kind")):
        data = ResumeFile.objects.values_list("data", flat=True).get(pk=pk)
        yield f"resumes/{pk}.{ENDINGS[kind]}", bytes(data)


PARTS = (
    table(
        "sent_applications",
        "What you sent to employers through our form. The number in resume is the file's in the folder resumes.",
        Application,
        JOB
        | {
            "name": "name",
            "email": "email",
            "phone": "phone",
            "letter": "letter",
            "resume": "resume",
            "file_name": "file_name",
            "sent_at": "sent_at",
            "delivery": "delivery",
            "delivered_at": "delivery_at",
            "withdrawn_at": "withdrawn_at",
        },
    ),
    table(
        "resumes",
        "Resumes that you sent, each once. The files are in the folder resumes.",
        ResumeFile,
        {"resume": "pk", "kind": "kind", "bytes": "size", "sha256": "sha256", "since": "created_at"},
        files=_resumes,
    ),
    table("hidden_jobs", "Jobs that your searches leave out.", HiddenJob, JOB | {"hidden_at": "hidden_at"}),
    table("seen_jobs", "Jobs whose page you opened, and when last.", SeenJob, JOB | {"seen_at": "seen_at"}),
    table(
        "job_visits",
        "When you looked for jobs last, and before that.",
        JobVisit,
        {"started_at": "started_at", "active_at": "active_at", "previous_at": "previous_at"},
    ),
    table(
        "reports",
        "Ads that you reported.",
        Report,
        JOB | {"reason": "reason", "words": "words", "state": "state", "reported_at": "created_at"},
        owner="reporter",
    ),
)
