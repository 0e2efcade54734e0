"""Somebody who has something of everything, and the export of it."""

import csv
import json
import zipfile
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.bookmarks import save_guide, save_job, seen_revision, write_note
from accounts.models import MailKind, User
from accounts.owndata.archive import write_archive
from accounts.owndata.parts import PARTS
from accounts.preferences import decide
from accounts.tests.factories import PASSWORD, make_user
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
    write_note(bookmark=save_job(user=owner, job=make_job("saved", title="Sail maker")), note="- call on Monday")
    here = make_job("here", apply_url="", apply_email="jobs@kites.example.org")
    send_application(user=owner, job=here, name="Owner", phone="+43 1", letter="I sew.", resume=read_resume(pdf(), "me.pdf"))
    hide(owner.pk, make_job("hidden").pk)
    mark_seen(owner.pk, make_job("seen").pk)
    mark_visit(owner.pk)
    Report.objects.create(job=here, reason="scam", words="They ask for money", reporter=owner)
    decide(user=owner, kind=MailKind.CLOSING, is_wanted=False)
    Client().post(reverse("account_login"), {"login": owner.email, "password": PASSWORD})
    return owner


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
    write_archive(user, PARTS, out)
    return Archive(out.getvalue())
