"""What is in a copy: everything that is theirs, nothing of others, no secrets, the same in both forms."""

import re

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import CASCADE
from django.test.utils import CaptureQueriesContext

from accounts.bookmarks import save_job
from accounts.models import ApplicationDocument
from accounts.owndata.cells import cell
from accounts.owndata.parts import parts
from accounts.tests.factories import PASSWORD, make_user
from accounts.tests.owndata.conftest import export_of
from jobs.models import ResumeFile
from jobs.tests.factories import make_job

pytestmark = pytest.mark.django_db

# What names a person and is not in their copy, and why.
NOT_THEIRS = {
    "careers.Guide": "who keeps a guide true is the work of staff for the site",
    "careers.GuideRevision": "the work of staff for the site",
    "newsroom.Transition": "the work of staff for the site",
    "newsroom.UnsavedCopy": "the text of a guide that staff have not saved yet",
    "newsroom.ReaderReport": "names the staff who settle it; a reader's address goes when it is settled",
    "newsroom.Bundle": "the work of staff for the site",
    "admin.LogEntry": "the log of what staff did for the site",
    "accounts.User_groups": "rights in the staff area",
    "accounts.User_user_permissions": "rights in the staff area",
    "accounts.UsedForm": "random numbers of forms, so that none works twice",
    "accounts.ImportedApplication": "which application came from which import, so that it can be undone",
    "accounts.ExportChunk": "the copy itself",
    "account.EmailConfirmation": "a secret that opens the door",
    "socialaccount.SocialToken": "a secret that opens the door",
}


def tables_of_people():
    """Every model with a key to a person, and every one whose rows go with the rows of a person (CASCADE), to any depth.

    What only names a person (a guide and its owner) is theirs no more than its rows are.
    """
    user = get_user_model()
    found, near = set(), {user}
    while near:
        keys = [
            (model, key)
            for model in apps.get_models(include_auto_created=True)
            for key in model._meta.get_fields()
            if key.concrete and key.is_relation and not key.many_to_many and key.related_model in near and model not in found
        ]
        theirs = {model for model, key in keys if key.remote_field.on_delete is CASCADE}
        found |= theirs | {model for model, key in keys if key.related_model is user}
        near = theirs
    return found


def test_every_table_that_belongs_to_a_person_is_in_the_copy_or_has_a_reason_not_to_be():
    covered = {model._meta.label for part in parts() for model in part.tables}
    found = {model._meta.label for model in tables_of_people()}
    assert len(found) > 15
    assert found - covered - set(NOT_THEIRS) == set(), "missing from accounts.owndata.parts"
    assert set(NOT_THEIRS) <= found, "no longer names a person"
    assert not covered & set(NOT_THEIRS)


def test_names_and_columns_of_parts_are_each_their_own():
    names = [part.name for part in parts()]
    assert len(names) == len(set(names))
    for part in parts():
        assert re.fullmatch(r"[a-z_]+", part.name)
        assert len(part.columns) == len(set(part.columns))
        assert part.about.endswith(".")


def test_somebody_who_has_everything_finds_everything(owner):
    archive = export_of(owner)
    empty = {name for name, rows in archive.parts.items() if not rows}
    assert empty <= {"imports", "sign_in_methods", "other_sites", "plan_history", "plan_gifts", "exports"}, empty
    assert archive.data["format"] == "waymark-export"
    assert archive.data["version"] == 1
    assert set(archive.names) == {"README.txt", "data.json", *(f"{part.name}.csv" for part in parts()), *files(owner)}
    for part in parts():
        assert part.name in archive.zip.read("README.txt").decode()
    assert archive.parts["saved_guides"][0]["title"] == "Kite maker"
    assert archive.parts["saved_guides"][0]["labels"] == ["=Now", "Later"]
    assert archive.parts["saved_jobs"][0]["ad"]["title"] == "Sail maker"
    assert archive.parts["skills"][0]["state"] == "have"
    assert archive.parts["sent_applications"][0]["letter"] == "I sew."
    assert archive.parts["plan"][0]["plan"] == "free"
    assert archive.parts["mails"][0]["is_wanted"] is False


def files(user):
    documents = ApplicationDocument.objects.filter(application__user=user).values_list("pk", flat=True)
    return [f"resumes/{pk}.pdf" for pk in ResumeFile.objects.filter(user=user).values_list("pk", flat=True)] + [
        f"documents/{pk}.txt" for pk in documents
    ]


def test_the_file_that_was_sent_comes_back_byte_for_byte(owner):
    resume, document = files(owner)
    archive = export_of(owner)
    assert archive.zip.read(resume) == bytes(ResumeFile.objects.get(user=owner).data)
    assert archive.zip.read(document) == b"Dear"


def test_an_application_has_all_that_hangs_on_it_in_its_own_row(owner):
    (row,) = [row for row in export_of(owner).parts["applications"] if row["title"] == "Rigger"]
    assert [event["status"] for event in row["events"]] == ["applied", "rejected"]
    assert row["events"][1]["corrects"] == row["events"][0]["number"]
    assert (row["contacts"][0]["name"], row["tasks"][0]["due_on"], row["interviews"][0]["minutes"]) == ("Ada", "2026-12-01", 45)
    assert row["ad"] == {"title": "Rigger", "words": "=Rig"}
    assert row["documents"][0]["name"] == "letter.txt"


def test_both_forms_say_the_same(owner):
    archive = export_of(owner)
    for part in parts():
        sheet = archive.sheet(part.name)
        rows = archive.parts[part.name]
        assert len(sheet) == len(rows)
        for line, row in zip(sheet, rows, strict=True):
            assert set(line) == set(row) == set(part.columns)
            for column, value in row.items():
                if isinstance(value, str) and not re.match(r"\d{4}-\d\d-\d\dT", value):
                    assert line[column] == cell(value), (part.name, column)


def test_no_cell_of_any_sheet_can_become_a_formula(owner):
    archive = export_of(owner)
    for part in parts():
        for line in archive.sheet(part.name):
            for text in line.values():
                assert not re.match(r"[=@\t\r\n]|[+-](?!\d+(\.\d+)?$)", text), text
    assert archive.sheet("account")[0]["display_name"].startswith("'=cmd")
    assert archive.parts["account"][0]["display_name"].startswith("=cmd")
    assert archive.sheet("saved_jobs")[0]["note"] == "'- call on Monday"
    assert archive.sheet("saved_guides")[0]["note"] == '\'=HYPERLINK(1)\nAsk, "them".'


def test_there_is_nothing_of_anybody_else_and_no_secret(owner):
    published = owner.bookmarks.get().guide
    other = someone_without_guides("planted-stranger@example.org")
    archive = export_of(owner)
    everything = b"".join(archive.zip.read(name) for name in archive.names).decode("latin-1")
    assert "planted" not in everything
    assert owner.password not in everything
    assert PASSWORD not in everything
    assert not re.search(r"session_key|pbkdf2|md5\$", everything)
    assert published.pk
    assert not export_of(other).parts["saved_jobs"][0]["note"]


def someone_without_guides(email):

    other = make_user(email, display_name="planted name")
    save_job(user=other, job=make_job("planted job", title="planted title"))
    return other


def test_an_account_with_nothing_makes_a_file_too(member):
    archive = export_of(member)
    assert archive.parts["saved_jobs"] == []
    assert archive.sheet("saved_jobs") == []
    assert len(archive.parts["account"]) == 1


def test_it_asks_as_often_however_much_there_is(member):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            export_of(member)
        return len(captured)

    cost()  # what is asked for once stays known
    for number in range(3):
        save_job(user=member, job=make_job(f"few {number}"))
    before = cost()
    for number in range(30):
        save_job(user=member, job=make_job(f"more {number}"))
    assert cost() == before
