"""Somebody who has something of everything, and the export of it."""

import csv
import json
import zipfile
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.bookmarks import save_guide, save_job, seen_revision, write_note
from accounts.keeping.labels import set_labels
from accounts.keeping.skills import mark_skills
from accounts.models import CalendarFeed, Departure, DocumentFile, MailKind, Reminder, SkillState, TrackedApplication, User
from accounts.owndata.archive import write_archive
from accounts.owndata.parts import parts
from accounts.preferences import decide
from accounts.tests.factories import PASSWORD, make_user
from alerts.models import Wish
from alerts.tests.factories import make_alert, make_subscriber
from careers.tests.factories import published_guide
from jobs.applying.resume import read_resume
from jobs.applying.sending import send_application
from jobs.models import Report
from jobs.personal import hide, mark_seen, mark_visit
from jobs.tests.factories import make_job
from jobs.tests.files import pdf


def someone_with_everything(email: str = "owner@example.org") -> User:
    owner = make_user(email, display_name="=cmd|' /C calc'!A0", time_zone="Europe/Vienna")
    published_guide()
    write_note(bookmark=save_guide(user=owner, revision=seen_revision("kite-maker")), note='=HYPERLINK(1)\nAsk, "them".')
    set_labels(bookmark=owner.bookmarks.get(), names=["Later", "=Now"])
    mark_skills(user=owner, guide_id=owner.bookmarks.get().guide_id, said={"Sewing": SkillState.HAVE})
    write_note(bookmark=save_job(user=owner, job=make_job("saved", title="Sail maker")), note="- call on Monday")
    here = make_job("here", apply_url="", apply_email="jobs@kites.example.org")
    send_application(user=owner, job=here, name="Owner", phone="+43 1", letter="I sew.", resume=read_resume(pdf(), "me.pdf"))
    hide(owner.pk, make_job("hidden").pk)
    mark_seen(owner.pk, make_job("seen").pk)
    mark_visit(owner.pk)
    Report.objects.create(job=here, reason="scam", words="They ask for money", reporter=owner)
    track(owner)
    listen(owner)
    decide(user=owner, kind=MailKind.CLOSING, is_wanted=False)
    Client().post(reverse("account_login"), {"login": owner.email, "password": PASSWORD})
    return owner


def track(owner: User) -> TrackedApplication:
    """An application with something of everything, one event of which was corrected."""
    now = timezone.now()
    tracked = TrackedApplication.objects.create(
        user=owner,
        title="Rigger",
        employer="Wind & Sons",
        place="Graz",
        url="https://wind.example.org/jobs/7",
        frozen={"title": "Rigger", "words": "=Rig"},
        salary_minimum=3000,
        salary_currency="EUR",
        salary_period="MONTH",
        note="-- from Ada\nring them",
        status="rejected",
        status_at=now,
        job=make_job("tracked", title="Rigger"),
    )
    wrong = tracked.events.create(status="applied", happened_at=now, source="person")
    tracked.events.create(status="rejected", happened_at=now, source="person", corrects=wrong, note="Too late")
    tracked.contacts.create(name="Ada", role="Lead", email="ada@wind.example.org", phone="+43 2", note="Kind")
    tracked.applicationtasks.create(text="Send thanks", due_on="2026-12-01")
    tracked.interviews.create(kind="video", starts_at=now, zone="Europe/Vienna", minutes=45, place="https://meet.example.org", people="Ada")
    document = tracked.applicationdocuments.create(name="letter.txt", kind="text/plain", size=4)
    DocumentFile.objects.create(document=document, data=b"Dear")
    Departure.objects.create(user=owner, job=tracked.job)
    Reminder.objects.create(user=owner, key="task-1")
    CalendarFeed.objects.create(user=owner)
    return tracked


def listen(owner: User) -> None:
    """An alert that told a job, which was judged; and what was asked for with the same address before."""
    alert = make_alert(make_subscriber(user=owner), "q=rigger", name="=Rigging")
    digest = alert.subscriber.digests.create(slot="2026-11-02")
    judged = {"verdict": "useful", "judged_at": timezone.now()}
    alert.subscriber.deliveries.create(job=make_job("told"), digest=digest, alert=alert, place=1, **judged)
    Wish.objects.create(email=owner.email.upper(), time_zone="UTC", name="Sails")
    make_subscriber(owner.email)


@pytest.fixture
def owner(db) -> User:
    return someone_with_everything()


class Archive:
    """What somebody finds who opens the file."""

    def __init__(self, data: bytes) -> None:
        self.zip = zipfile.ZipFile(BytesIO(data))
        assert self.zip.testzip() is None
        self.names = self.zip.namelist()
        self.data: dict[str, Any] = json.loads(self.zip.read("data.json"))
        self.parts: dict[str, list[dict[str, Any]]] = self.data["parts"]

    def sheet(self, name: str) -> list[dict[str, str]]:
        raw = self.zip.read(f"{name}.csv")
        assert raw.startswith(b"\xef\xbb\xbf")
        return list(csv.DictReader(StringIO(raw.decode("utf-8-sig"), newline="")))


def export_of(user: User) -> Archive:
    out = BytesIO()
    write_archive(user, parts(), out)
    return Archive(out.getvalue())
