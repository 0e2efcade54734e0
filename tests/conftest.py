"""The cast and the content that the project-wide tests share."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone

from accounts.bookmarks import save_guide, save_job, seen_revision, write_note
from accounts.importing.batches import keep_upload
from accounts.importing.reading import read_sheet
from accounts.keeping.skills import mark_skills
from accounts.models import CalendarFeed, DataExport, ExportChunk, MailKind, SkillState, User
from accounts.models.tracking_words import Status
from accounts.preferences import unsubscribe_url
from accounts.tracker.calendar import address_of
from accounts.tracker.documents import keep, read_document
from accounts.tracker.history import record
from ads.tests.factories import make_ad
from alerts.choices import Verdict
from alerts.links import confirm_url, keep_url, off_url, verdict_url
from alerts.models import Delivery, Digest, Subscriber, Wish
from alerts.people import subscriber_of
from alerts.writing import add
from careers.models import GuideListing, SiteQuestion
from careers.preview import preview_path
from careers.tests.factories import draft_guide, published_guide
from jobs.applying.resume import read_resume
from jobs.applying.sending import send_application
from jobs.personal import hide
from jobs.tests.factories import make_job
from jobs.tests.files import pdf
from kit.models import ContentStamp
from newsroom.models import Bundle
from newsroom.tests.people import editors
from tests.addresses import DRAFT, GUIDE, OTHER, address
from tests.passkey import register

PASSWORD = "a kite in the wind"


def person(name, **rights):
    user = User.objects.create_user(f"{name}@example.org", PASSWORD, display_name=name.capitalize(), **rights)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(user, client=None):
    """A client of somebody who has just typed the password, so that nothing asks for it again."""
    client = client or Client()
    client.force_login(user)
    session = client.session
    record_authentication(SimpleNamespace(session=session), user, method="password", reauthenticated=True)
    session.save()
    return client


@pytest.fixture
def content(db):
    """Guides in one field: two published, one a draft; a question about the site; an ad with a picture and one without;
    jobs: one at its employer's own site, two that take applications on our form.
    """
    ContentStamp.objects.get_or_create(pk=1)  # tests that commit empty every table
    guides = [published_guide(), published_guide(slug=OTHER, title="Sail maker", plural="Sail makers", aliases=["Sail cutter"])]
    draft = draft_guide(slug=DRAFT, title="Tent maker", plural="Tent makers", aliases=[])
    question = SiteQuestion.objects.create(
        slug="what-does-it-cost", topic="using", question="What does it cost?", answer="Nothing.", is_published=True
    )
    ads = [make_ad(name="Shop", with_picture=True), make_ad(name="School", link="/guides/")]
    job = make_job(guide_id=guides[0].pk, place="Columbus, OH", place_country="US", workplace="on_site", summary="Sew and fly.")
    here = [make_job(name, apply_url="", apply_email=f"{name}@kites.example.org", title="Sail maker") for name in ("sent", "unsent")]
    bundle = Bundle.objects.create(way=Bundle.Way.IN, state=Bundle.State.READ, name="guides.zip")
    return SimpleNamespace(
        guide=guides[0],
        other=guides[1],
        draft=draft,
        question=question,
        ads=ads,
        job=job,
        here=here,
        hidden_job=make_job("hidden"),
        bundle=bundle,
    )


@pytest.fixture
def cast(content):
    """Who uses the site. The member keeps a guide and a job, has applied for another, and has every second factor; the
    stranger is another member.
    """
    member = person("member")
    bookmark = save_guide(user=member, revision=seen_revision(GUIDE))
    hide(member.pk, content.hidden_job.pk)
    write_note(bookmark=bookmark, note="Ask the workshop in town.")
    write_note(bookmark=save_job(user=member, job=content.job), note="", labels=["near home"])
    mark_skills(user=member, guide_id=content.guide.pk, said={"Sewing": SkillState.HAVE})
    resume = read_resume(pdf(), "resume.pdf")
    application = send_application(user=member, job=content.here[0], name="Member", phone="", letter="I sew sails.", resume=resume)
    tracked = in_the_tracker(application.tracked)
    export = DataExport.objects.create(user=member, state="ready", ready_at=timezone.now(), size=3)
    ExportChunk.objects.create(export=export, number=0, data=b"zip")
    table = b"Title,Company\nSail maker,Kite Works\n"
    batch = keep_upload(user=member, data=table, name="list.csv", sheet=read_sheet(table))
    TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(member)
    passkey = register(member)
    editor = person("editor", is_staff=True)
    editor.groups.add(editors())
    admin = person("admin", is_staff=True, is_superuser=True)
    people = {"visitor": None, "member": member, "stranger": person("stranger"), "editor": editor, "admin": admin}
    alerts = with_alerts(member, content.job)
    return SimpleNamespace(**people, passkey=passkey, application=application, tracked=tracked, export=export, batch=batch, alerts=alerts)


def with_alerts(member, job):
    """An alert of the member that told of a job, one of a visitor, and one that another visitor has not confirmed."""
    now = timezone.now()
    visitor = Subscriber.objects.create(email="visitor@example.org", confirmed_at=now, time_zone="Europe/Berlin")
    alert, _ = add(subscriber_of(member), name="Kites near me", query="q=kite")
    digest = Digest.objects.create(subscriber=alert.subscriber, slot=now.date())
    return SimpleNamespace(
        alert=alert,
        visitors=add(visitor, name="Sails", query="q=sail")[0],
        delivery=Delivery.objects.create(subscriber=alert.subscriber, job=job, digest=digest, alert=alert, place=1),
        wish=Wish.objects.create(email="new@example.org", time_zone="UTC", name="Ropes", query="q=rope"),
    )


def in_the_tracker(application):
    """An application with one of everything, and what leads there: `row` and the numbers of its parts."""
    now = timezone.now()
    record(application, Status.INTERVIEWING, note="They called.")
    return SimpleNamespace(
        row=application,
        event=application.events.order_by("-pk").first(),
        contact=application.contacts.create(name="Ada", email="ada@kites.example.org"),
        removed=application.contacts.create(name="Bo", removed_at=now),
        task=application.applicationtasks.create(text="Send thanks", due_on=now.date()),
        interview=application.interviews.create(kind="video", starts_at=now + timedelta(days=2), zone="America/New_York"),
        document=keep(application, read_document(b"Notes", "notes.txt")),
        feed=CalendarFeed.objects.create(user=application.user),
    )


@pytest.fixture
def clients(cast):
    return {name: sign_in(user) if user else Client() for name, user in vars(cast).items() if user is None or isinstance(user, User)}


@pytest.fixture
def at(content, request):
    """`at(name)`: the address of a URL name with the objects of this test."""
    revision = content.guide.revision_id
    found = {
        "jobs__hide": [content.job.pk],
        "jobs__unhide": [content.hidden_job.pk],
        "jobs__seen": [content.job.pk],
        "admin__ads_creative_preview": [content.ads[0].pk],
        "jobs__detail": [content.job.pk, content.job.slug],
        "jobs__report": [content.job.pk, content.job.slug],
        "ads__picture": [content.ads[0].picture.digest],
        "jobs__apply": [content.here[1].pk, content.here[1].slug],
        "accounts__job_start": [content.here[1].pk],
        "accounts__job_save": [content.here[1].pk],
        "accounts__job_remove": [content.job.pk],
        "accounts__job_note": [content.job.pk],
        "accounts__job_ad": [content.job.pk],
        "careers__guide_preview": preview_path(content.draft).strip("/").split("/")[1::2],
        "admin__app_list": ["careers"],
        "admin__view_on_site": [ContentType.objects.get_for_model(GuideListing).pk, content.guide.pk],
        "admin__careers_guide_export": [content.guide.pk],
        "admin__careers_guide_reviewed": [content.guide.pk],
        "admin__careers_guide_figure": ["pay", content.guide.guide.payband_set.get().pk],
        "admin__careers_guide_step": [content.other.pk, "retire"],
        **{f"admin__careers_guide_{page}": [content.guide.pk] for page in ("meet", "look", "page", "unsaved", "discard")},
        "admin__careers_guide_address": [content.guide.pk],
        "admin__careers_field_address": [content.guide.field_id],
        "admin__careers_field_merge": [content.guide.field_id],
        "admin__newsroom_bundle_import": [content.bundle.pk],
        "admin__newsroom_bundle_file": [content.bundle.pk],
        "admin__careers_skill_merge": [content.guide.skills.first().pk],
        "admin__careers_guide_revisions": [content.guide.pk],
        "admin__careers_guide_compare": [content.guide.pk],
        "admin__careers_guiderevision_file": [revision],
        "admin__careers_guiderevision_restore": [revision],
    }
    if "cast" in request.fixturenames:  # also when asked for by another fixture
        people = request.getfixturevalue("cast")
        key = [people.passkey.pk]
        found |= of_the_tracker(people.tracked, content.job)
        found |= {f"jobs__application{action}": [people.application.pk] for action in ("", "_file", "_withdraw")}
        found |= {f"accounts__import{action}": [people.batch.pk] for action in ("", "_columns", "_confirm", "_undo", "_discard")}
        found |= {"accounts__export_file": [people.export.pk]}
        found |= {"accounts__unsubscribe": [unsubscribe_url(people.member, MailKind.REMINDERS).split("/")[-2]]}
        found |= {f"accounts__label_{action}": [people.member.labels.get().pk] for action in ("rename", "delete")}
        found |= of_alerts(people.alerts)
        found |= {"mfa_edit_webauthn": key, "mfa_remove_webauthn": key, "admin__auth_user_password_change": [people.member.pk]}
    return lambda name: address(name, **found)


def of_alerts(alerts):
    visitor = alerts.visitors.subscriber
    own = {name: [alerts.alert.pk] for name in ("edit", "pause", "resume", "turn_off", "remove", "restore")}
    by_key = {f"mail_{name}": [visitor.key, alerts.visitors.pk] for name in own}
    by_key |= {f"mail_{name}": [visitor.key] for name in ("schedule", "stop", "start", "address_works", "delete")}
    links = {
        "confirm": confirm_url(alerts.wish),
        "off": off_url(alerts.alert.subscriber, alerts.alert),
        "keep": keep_url(alerts.alert.subscriber),
        "verdict": verdict_url(alerts.delivery, Verdict.NOT_FOR_ME),
    }
    takes = own | by_key | {"by_mail": [visitor.key]} | {name: [last_part(url)] for name, url in links.items()}
    return {f"alerts__{name}": args for name, args in takes.items()}


def last_part(url):
    return url.strip("/").rpartition("/")[2].removesuffix(".ics")


def of_the_tracker(tracked, job):
    one = tracked.row.pk
    takes = {f"application{action}": [one] for action in ("", "_move", "_edit", "_salary", "_remove", "_restore")}
    takes |= {"event_add": [one]} | {f"event_{action}": [one, tracked.event.pk] for action in ("correct", "remove", "undo")}
    takes |= {
        "task_done": [one, tracked.task.pk],
        "interview_file": [one, tracked.interview.pk],
        "document_file": [one, tracked.document.pk],
        "unsubscribe": [last_part(unsubscribe_url(tracked.row.user, MailKind.REMINDERS))],
    }
    takes |= {"part_add": [one, "interviews"]} | {f"part_{action}": [one, "contacts", tracked.contact.pk] for action in ("edit", "remove")}
    takes |= {"part_restore": [one, "contacts", tracked.removed.pk], "calendar": [last_part(address_of(tracked.feed))]}
    takes |= {f"job_{action}": [job.pk] for action in ("track", "left", "answer")}
    return {f"accounts__{name}": args for name, args in takes.items()}
