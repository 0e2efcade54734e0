"""The state machine: every verb in every state for every role, and what each step leaves behind."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from careers.choices import State
from careers.document import rows
from careers.models import Guide, GuideListing
from careers.publishing import publish
from careers.tests.factories import complete_document, draft_guide, published_guide
from careers.working import stored
from newsroom.models import Transition
from newsroom.states import RULES, Refused, Verb, allowed, carry_out
from newsroom.states.steps import When

pytestmark = pytest.mark.django_db

# Who may say what in which state. W: writer, E: editor, S: only whoever asked for the review. On the site: "retire" too.
TABLE = {
    State.DRAFT: {Verb.SUBMIT: "WE", Verb.PUBLISH: "E", Verb.SCHEDULE: "E"},
    State.IN_REVIEW: {Verb.TAKE_BACK: "S", Verb.SEND_BACK: "E", Verb.PUBLISH: "E", Verb.SCHEDULE: "E"},
    State.SCHEDULED: {Verb.PUBLISH: "E", Verb.SCHEDULE: "E", Verb.UNSCHEDULE: "E"},
    State.PUBLISHED: {Verb.RETIRE: "E"},
    State.RETIRED: {Verb.PUBLISH: "E", Verb.REOPEN: "WE"},
}


def tomorrow():
    return When(timezone.now() + timedelta(days=1), "Europe/Vienna")


def in_state(state, ann, ben):
    """A guide that came there by the steps that lead there; Ann asked for its review."""
    guide = draft_guide()
    steps = {
        State.DRAFT: [],
        State.IN_REVIEW: [(Verb.SUBMIT, ann, {})],
        State.SCHEDULED: [(Verb.SCHEDULE, ben, {"when": tomorrow()})],
        State.PUBLISHED: [(Verb.PUBLISH, ben, {})],
        State.RETIRED: [(Verb.PUBLISH, ben, {}), (Verb.RETIRE, ben, {"note": "Outdated"})],
    }
    for verb, by, extra in steps[state]:
        carry_out(guide, verb, by=by, **extra)
    guide.refresh_from_db()
    assert guide.state == state
    return guide


@pytest.mark.parametrize("role", ["writer", "editor", "reader", "member"])
@pytest.mark.parametrize("verb", [verb for verb in Verb if verb in RULES])
@pytest.mark.parametrize("state", State)
def test_every_verb_in_every_state_for_every_role(state, verb, role, ann, ben):
    guide = in_state(state, ann, ben)
    reader = User.objects.create_user("reader@example.org", is_staff=True)
    person = {"writer": ann, "editor": ben, "reader": reader, "member": User.objects.create_user("member@example.org")}[role]
    may = TABLE[state].get(verb, "")
    letters = {"writer": "WS", "editor": "E"}.get(role, "-")
    expected = any(letter in may for letter in letters)
    assert (verb in {rule.verb for rule in allowed(guide, person)}) == expected
    before = Transition.objects.count()
    extra = {"when": tomorrow()} if verb == Verb.SCHEDULE else {}
    if expected:
        step = carry_out(guide, verb, by=person, note="Because", **extra)
        guide.refresh_from_db()
        assert guide.state == RULES[verb].after == step.after
        assert (step.before, step.by, step.note) == (state, person, "Because")
        assert GuideListing.objects.exists() == (guide.state == State.PUBLISHED)
    else:
        with pytest.raises((Refused, PermissionDenied)):
            carry_out(guide, verb, by=person, note="Because", **extra)
        guide.refresh_from_db()
        assert guide.state == state
        assert Transition.objects.count() == before


def test_a_draft_beside_a_published_guide_can_be_retired_and_its_review_shows_nothing(ann, ben):
    guide = published_guide().guide
    rows.write(complete_document(title="Kite smith"), guide)
    stored(guide, by=ann)
    guide.refresh_from_db()
    assert guide.state == State.DRAFT
    carry_out(guide, Verb.SUBMIT, by=ann)
    assert GuideListing.objects.get().title == "Kite maker", "visitors see the published one until the new one goes live"
    carry_out(guide, Verb.RETIRE, by=ben, note="Wrong")
    assert not GuideListing.objects.exists()


def test_a_change_that_is_taken_back_leaves_the_guide_published(ann):
    guide = published_guide().guide
    for document, state in ((complete_document(title="Kite smith"), State.DRAFT), (complete_document(), State.PUBLISHED)):
        rows.write(document, guide)
        stored(guide, by=ann)
        assert Guide.objects.get().state == state


def test_a_changed_retired_guide_is_a_draft_again(ann, ben):
    guide = in_state(State.RETIRED, ann, ben)
    stored(guide, by=ann)
    assert Guide.objects.get().state == State.RETIRED
    rows.write(complete_document(title="Kite smith"), guide)
    stored(guide, by=ann)
    assert Guide.objects.get().state == State.DRAFT


def test_what_blocks_publication_blocks_publishing_and_scheduling_but_not_the_review(ann, ben):
    guide = draft_guide(pros=[], advice=[])
    for verb, extra in ((Verb.PUBLISH, {}), (Verb.SCHEDULE, {"when": tomorrow()})):
        with pytest.raises(Refused, match="Give advice"):
            carry_out(guide, verb, by=ben, **extra)
    carry_out(guide, Verb.SUBMIT, by=ann)
    assert Guide.objects.get().state == State.IN_REVIEW
    assert not GuideListing.objects.exists()


def test_nobody_decides_on_a_text_that_changed_since_they_looked(ann, ben):
    guide = in_state(State.IN_REVIEW, ann, ben)
    seen = guide.revisions.first().number
    rows.write(complete_document(title="Kite smith"), guide)
    stored(guide, by=ann)
    with pytest.raises(Refused, match="changed after you opened"):
        carry_out(guide, Verb.PUBLISH, by=ben, seen=seen)
    carry_out(guide, Verb.PUBLISH, by=ben, seen=seen + 1)
    assert GuideListing.objects.get().title == "Kite smith"


@pytest.mark.parametrize("verb", [Verb.SEND_BACK, Verb.RETIRE])
def test_a_step_that_hurts_needs_its_reason(verb, ann, ben):
    guide = in_state(State.IN_REVIEW if verb == Verb.SEND_BACK else State.PUBLISHED, ann, ben)
    with pytest.raises(Refused, match="Say why"):
        carry_out(guide, verb, by=ben, note=" \n")


def test_a_schedule_needs_a_moment_to_come_within_a_year(ben):
    guide = draft_guide()
    now = timezone.now()
    for when in (None, When(now - timedelta(seconds=1), "UTC"), When(now + timedelta(days=400), "UTC")):
        with pytest.raises(Refused):
            carry_out(guide, Verb.SCHEDULE, by=ben, when=when)
    carry_out(guide, Verb.SCHEDULE, by=ben, when=tomorrow())
    guide.refresh_from_db()
    assert (guide.goes_live_zone, guide.goes_live.document["title"]) == ("Europe/Vienna", "Kite maker")


def test_retiring_a_scheduled_guide_takes_it_off_the_schedule(ben):
    guide = published_guide().guide
    rows.write(complete_document(title="Kite smith"), guide)
    stored(guide)
    carry_out(guide, Verb.SCHEDULE, by=ben, when=tomorrow())
    carry_out(guide, Verb.RETIRE, by=ben, note="Wrong")
    guide.refresh_from_db()
    assert (guide.state, guide.goes_live_at, guide.goes_live) == (State.RETIRED, None, None)


def test_editors_are_asked_and_writers_are_answered_by_mail(ann, ben):
    guide = draft_guide()
    carry_out(guide, Verb.SUBMIT, by=ann, note="First go")
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [(["ben@example.org"], "Ann asked for review of “Kite maker”")]
    assert f"/careers/guide/{guide.pk}/change/" in mail.outbox[0].body
    assert "First go" in mail.outbox[0].body
    mail.outbox.clear()
    carry_out(guide, Verb.SEND_BACK, by=ben, note="Pay is old")
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [(["ann@example.org"], "Ben sent back “Kite maker”")]
    mail.outbox.clear()
    carry_out(guide, Verb.SUBMIT, by=ben)
    carry_out(guide, Verb.PUBLISH, by=ben)
    assert mail.outbox == [], "nobody is told of what they did themselves"


def test_held_back_parts_stay_out_of_what_is_published_and_in_the_draft(ben):
    document = complete_document()
    faq = [*document.model_dump()["faq"], {"question": "Secret?", "answer": "Not yet.", "held": True}]
    guide = draft_guide(faq=faq)
    carry_out(guide, Verb.PUBLISH, by=ben)
    guide.refresh_from_db()
    assert guide.state == State.PUBLISHED, "what is held back is no unpublished change"
    assert "Secret?" not in str(GuideListing.objects.get().document)
    assert "Secret?" not in str(guide.revisions.filter(kind="published").get().document)
    assert rows.read(guide).faq[-1].held


def test_a_step_is_written_once():
    step = Transition.objects.create(guide=draft_guide(), verb="submit", before="draft", after="in-review")
    with pytest.raises(TypeError):
        step.save()


def test_publishing_twice_is_one_revision():
    guide = draft_guide()
    publish(guide)
    publish(guide)
    assert guide.revisions.filter(kind="published").count() == 1
