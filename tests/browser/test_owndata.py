"""What is theirs, in the browser: a list of 200 applications comes in, everything comes out again, and the account goes."""

import json
import zipfile

from allauth.account.models import EmailAddress
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from accounts.owndata import exports
from accounts.preferences import MailKind, unsubscribe_url, wants
from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import COLOURS, findings
from tests.conftest import PASSWORD

ROWS = 200
BAD = "Sailor;;javascript:alert(1);Sent;31.04.2026\n"


def listing() -> bytes:
    """As a spreadsheet of Europe writes it."""
    lines = "".join(
        f"Sail maker {n};Größe & Söhne;https://kites.example.org/{n};Interview;{n % 28 + 1:02}.03.2026\n" for n in range(ROWS - 1)
    )
    return f"Position;Company;Link;Status;Applied on\n{lines}{BAD}".encode("cp1252")


def test_somebody_brings_their_list_and_takes_it_back_and_brings_it_again(visit, people):
    member = people.member()
    window = visit(viewport=PHONE).be(member)
    page = window.open("accounts:data")
    window.follow(page.get_by_role("link", name="import applications"))

    # A file that is none
    window.allowed.add(422)
    page.get_by_label("CSV file").set_input_files({"name": "list.xlsx", "mimeType": "application/zip", "buffer": b"PK\x03\x04" + bytes(90)})
    window.follow(page.get_by_role("button", name="Look at the rows"))
    expect(page.get_by_role("alert")).to_contain_text("This is no CSV file")

    # 200 rows, one of them wrong; nothing is written yet
    page.get_by_label("CSV file").set_input_files({"name": "list.csv", "mimeType": "text/csv", "buffer": listing()})
    window.follow(page.get_by_role("button", name="Look at the rows"))
    expect(page.get_by_text("199 of 200 rows become applications")).to_be_visible()
    assert not member.tracked.exists()
    assert not findings(page)
    assert not findings(page, COLOURS)
    window.follow(page.get_by_role("link", name="1 with an error"))
    expect(page.get_by_role("listitem").filter(has_text="Line 201")).to_contain_text("“31.04.2026” is no date that we can read")

    # The company is a place, after all: looked at anew, and turned back
    page.get_by_text("Columns, dates and doubles").click()
    page.get_by_label("Employer").select_option("Not in the file")
    page.get_by_label("Place").select_option("Company")
    page.get_by_role("button", name="Look at the rows again").click()
    expect(page.get_by_text("Größe & Söhne")).to_have_count(0)
    page.get_by_text("Columns, dates and doubles").click()
    page.get_by_label("Place").select_option("Not in the file")
    page.get_by_label("Employer").select_option("Company")
    page.get_by_role("button", name="Look at the rows again").click()
    expect(page.get_by_text("Größe & Söhne").first).to_be_visible()

    # In, out, in again
    window.follow(page.get_by_role("button", name="Import 199 applications"))
    expect(page.get_by_role("heading", name="199 applications imported")).to_be_visible()
    assert member.tracked.kept().count() == ROWS - 1
    assert {one.events.get().source for one in member.tracked.all()[:3]} == {"import"}
    window.follow(page.get_by_role("button", name="Undo the import"))
    expect(page.get_by_role("heading", name="The import is undone")).to_be_visible()
    assert not member.tracked.kept().exists()
    assert not findings(page)


def test_everything_comes_out_and_the_account_goes(visit, people):
    member = people.member()
    EmailAddress.objects.get_or_create(user=member, email=member.email, defaults={"verified": True, "primary": True})
    member.tracked.create(title="=Sail maker", employer="Kite Works", status="applied", status_at=member.date_joined)
    window = visit().be(member)
    page = window.open("accounts:account")
    window.follow(page.get_by_role("link", name="Manage your data"))
    window.follow(page.get_by_role("button", name="Make a copy of everything"))
    expect(page.get_by_text("waits for its turn")).to_be_visible()
    assert not findings(page)

    # The worker makes it; the page notices by itself
    exports.make(member.exports.get().pk)
    link = page.get_by_role("link", name=".zip")
    expect(link).to_be_visible()
    assert not findings(page)
    with page.expect_download() as download:
        link.click()
    with zipfile.ZipFile(download.value.path()) as archive:
        parts = json.loads(archive.read("data.json"))["parts"]
        assert parts["applications"][0]["title"] == "=Sail maker"
        assert b"'=Sail maker" in archive.read("applications.csv")
        assert parts["account"][0]["email"] == member.email

    # Out: asked for the password, says what goes, needs the tick
    window.follow(page.get_by_role("link", name="delete your account"))
    if page.url.endswith(reverse("accounts:delete")) is False:
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button").filter(has_text="Confirm").click()
    expect(page.get_by_text("1 application that you keep track of")).to_be_visible()
    assert not findings(page)
    window.allowed.add(422)
    window.follow(page.get_by_role("button", name="Delete my account"))
    expect(page.get_by_role("alert")).to_contain_text("Tick the box")
    window.reach(page.get_by_label("Delete my account and everything in it"))
    window.press("Space")
    window.follow(page.get_by_role("button", name="Delete my account"))
    expect(page.get_by_role("heading", name="Your account is deleted")).to_be_visible()
    assert not User.objects.filter(pk=member.pk).exists()
    page.goto(reverse("accounts:account"))
    assert page.url.partition("?")[0].endswith(reverse("account_login"))


def test_mails_are_ended_from_the_mail_itself_without_scripts_and_signed_out(visit, people):
    member = people.member()
    window = visit(java_script_enabled=False, viewport=PHONE)
    page = window.page
    page.goto(unsubscribe_url(member, MailKind.REMINDERS).removeprefix("http://testserver"))
    assert wants(member, MailKind.REMINDERS)
    page.get_by_role("button", name="Stop these mails").click()
    expect(page.get_by_role("heading", name="You get no more of these mails")).to_be_visible()
    assert not wants(member, MailKind.REMINDERS)
    assert wants(member, MailKind.CLOSING)
