"""A source or a skill is edited on its own page: the guides that show it are drafts beside their public text."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from careers.choices import State
from careers.models import Guide, GuideListing, Skill, Source
from careers.tests.factories import draft_guide, published_guide
from newsroom.tasks import store_guides
from newsroom.tests.admin.forms import change_url, opened

pytestmark = pytest.mark.django_db


def run_queued():
    """Runs the tasks that wait, as the worker would."""
    for job in ProcrastinateJob.objects.filter(task_name="newsroom.tasks.store_guides"):
        store_guides(**job.args)


@pytest.mark.parametrize("what", ["source", "skill"])
def test_what_is_edited_elsewhere_makes_drafts_of_the_guides_that_show_it(chief, what):
    guide = published_guide().guide
    skills = {"technical_skills": {"items": ["Knots"]}, "soft_skills": {"items": []}, "skill_map": {"groups": []}}
    draft_guide(slug="net-maker", title="Net maker", **skills, sources=[], pay=[], outlook=[])
    row, field = (Source.objects.get(key="wind-survey"), "title") if what == "source" else (Skill.objects.get(name="Sewing"), "name")
    before = GuideListing.objects.get().document
    assert chief.post(change_url(row), opened(chief, change_url(row)) | {field: "Another name"}).status_code == 302
    run_queued()
    guide.refresh_from_db()
    assert guide.state == State.DRAFT
    assert "Another name" in str(guide.revisions.first().document)
    assert GuideListing.objects.get().document == before, "visitors see what was published"
    assert not Guide.objects.get(slug="net-maker").revisions.exists(), "others are left alone"


def test_a_form_that_changes_nothing_asks_for_nothing(chief):
    published_guide()
    row = Source.objects.get(key="wind-survey")
    chief.post(change_url(row), opened(chief, change_url(row)))
    assert not ProcrastinateJob.objects.filter(task_name="newsroom.tasks.store_guides").exists()


def test_a_shared_question_is_edited_once_and_every_guide_that_shows_it_is_a_draft(chief):
    home = published_guide(faq=[{"question": "Home?", "answer": "Yes."}]).guide
    other = published_guide(slug="sail-maker", title="Sail maker").guide
    question = home.question_set.get()
    data = opened(chief, change_url(question))
    data |= {"shares-TOTAL_FORMS": "1", "shares-0-guide": str(other.pk), "shares-0-position": "9", "answer": "Since then no."}
    assert chief.post(change_url(question), data).status_code == 302
    for guide in (home, other):
        guide.refresh_from_db()
        assert guide.state == State.DRAFT
        assert "Since then no." in str(guide.revisions.first().document)
        assert "Since then no." not in str(guide.listing.document)


def test_a_guide_counts_as_changed_when_its_words_do_and_not_otherwise(chief):
    guide = published_guide().guide
    before = Guide.objects.get(pk=guide.pk).updated_at
    store_guides([guide.pk], "Again")
    assert Guide.objects.get(pk=guide.pk).updated_at == before
    Source.objects.filter(key="wind-survey").update(title="Another name")
    store_guides([guide.pk], "Again")
    assert Guide.objects.get(pk=guide.pk).updated_at > before, "an import that was read before is looked at anew"
