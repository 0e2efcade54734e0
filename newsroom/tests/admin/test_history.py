"""History of a guide: versions, what they changed, two side by side, and the way back."""

import pytest
from django.urls import reverse

from careers.document import rows, schema
from careers.models import Guide, GuideListing, GuideRevision
from careers.publishing import publish
from careers.revisions import changed_fields
from careers.tests.factories import FULL, PLAIN, complete_document, draft_guide, full_document, make_field, published_guide
from careers.working import stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide(ben):
    """Published, then a draft beside it, then a change that nobody has stored."""
    guide = published_guide().guide
    rows.write(complete_document(challenges="Cheap imports and rain.", pay=[{**PLAIN["pay"][0], "median": 46_000}]), guide)
    stored(guide, by=ben, note="New figure")
    rows.write(complete_document(challenges="Rain alone."), guide)
    return guide


def revisions(guide, **query):
    return reverse("admin:careers_guide_revisions", args=[guide.pk], query=query)


def compare(guide, **query):
    return reverse("admin:careers_guide_compare", args=[guide.pk], query=query)


def test_the_history_tells_who_changed_what(editor, guide):
    response = editor.get(revisions(guide))
    rows_ = response.context["rows"]
    assert [(revision.number, revision.kind, titles) for revision, titles in rows_] == [
        (2, "draft", ["Pay", "Challenges today"]),
        (1, "published", []),
    ]
    page = response.content.decode()
    for words in (
        "New figure",
        "Ben",
        "what visitors see",
        "Working copy",
        reverse("admin:careers_guiderevision_restore", args=[rows_[0][0].pk]),
    ):
        assert words in page


def test_any_two_versions_are_compared(editor, guide):
    page = editor.get(compare(guide, **{"from": 1, "to": 2}))
    assert [section.anchor for section in page.context["sections"]] == ["pay", "challenges"]
    text = page.content.decode()
    assert "<del>$45,000 a year</del>" in text
    assert "<ins>$46,000 a year</ins>" in text
    back = editor.get(compare(guide, **{"from": 2, "to": 1})).content.decode()
    assert "<del>$46,000 a year</del>" in back
    assert "They say the same." in editor.get(compare(guide, **{"from": 1, "to": 1})).content.decode()


def test_the_working_copy_is_compared_too(editor, guide):
    page = editor.get(compare(guide, **{"from": 1, "to": "working"}))
    assert [section.anchor for section in page.context["sections"]] == ["challenges"]


def test_without_a_choice_the_newest_version_and_the_working_copy_are_compared(editor, guide):
    page = editor.get(compare(guide))
    assert [page.context[side].name for side in ("before", "after")] == ["Revision 2", "Working copy"]
    assert editor.get(compare(draft_guide(slug="new", title="New"))).status_code == 404


@pytest.mark.parametrize("number", ["", "3", "0", "-1", "x", "1.5", "²", "9" * 30])
def test_a_version_that_is_not_there_is_not_found(editor, guide, number):
    assert editor.get(compare(guide, **{"from": number, "to": 1})).status_code == 404


def test_a_version_of_another_guide_is_not_found(editor, guide):
    other = draft_guide(slug="other", title="Other")
    stored(other)
    assert editor.get(compare(other, **{"from": 1, "to": 2})).status_code == 404
    assert editor.get(reverse("admin:careers_guide_revisions", args=[10**6])).status_code == 404


def test_a_working_copy_that_contradicts_itself_leads_back_with_the_reason(editor, guide):
    guide.refresh_from_db()
    Guide.objects.filter(pk=guide.pk).update(title="")
    page = editor.get(compare(guide, **{"from": 1, "to": "working"}), follow=True)
    assert "contradicts itself" in page.content.decode()
    assert page.redirect_chain[0][0] == revisions(guide)


def test_markup_in_a_text_is_shown_as_text(editor, guide):
    rows.write(complete_document(challenges="<script>alert(1)</script>"), guide)
    page = editor.get(compare(guide, **{"from": 1, "to": "working"})).content.decode()
    assert "<script>alert" not in page
    assert "&lt;" in page


def test_whoever_may_not_see_guides_sees_no_history(staff, guide):
    nobody, looker = staff(), staff("view_guide")
    for address in (revisions(guide), compare(guide, **{"from": 1, "to": 2})):
        assert nobody.get(address).status_code == 403
        assert looker.get(address).status_code == 200
        assert looker.post(address).status_code == 405
        assert "Restore" not in looker.get(address).content.decode()


def test_a_long_history_costs_what_a_short_one_costs(editor, guide, django_assert_max_num_queries):
    document = complete_document().model_dump(mode="json")
    GuideRevision.objects.bulk_create(
        GuideRevision(guide=guide, number=n, kind="draft", document={**document, "trends": f"Trend {n}"}) for n in range(3, 120)
    )
    editor.get(revisions(guide))
    with django_assert_max_num_queries(10):
        page = editor.get(revisions(guide))
    assert [titles for _, titles in page.context["rows"]] == [["Trends to watch"]] * 50
    assert [revision.number for revision, _ in editor.get(revisions(guide, page=3)).context["rows"]][-1] == 1


def test_fields_that_come_or_go_with_the_format_are_told(guide):
    GuideRevision.objects.create(guide=guide, number=3, kind="draft", document={"title": "Kite maker", "motto": "Up"})
    third = guide.revisions.get(number=3)
    (names,) = changed_fields([third.pk]).values()
    assert {"motto", "pay"} <= names
    assert "title" not in names


# --- the way back ------------------------------------------------------------------------------------
# What each field of the document says instead, so that going back has something to undo.
EMPTY = {name: info.get_default(call_default_factory=True) for name, info in schema.Guide.model_fields.items()}
INSTEAD = {
    "title": "Another title",
    "sources": [{**FULL["sources"][0], "title": "Another survey", "url": None, "retrieved": None}],
    "field": "care",
}
FIELDS = sorted(schema.Guide.model_fields.keys() - {"format", "slug"})


@pytest.mark.parametrize("name", FIELDS)
def test_going_back_brings_every_element_back(editor, name):
    make_field("care")
    guide = publish(draft_guide(**FULL)).guide
    first = guide.revisions.get(number=1)
    rows.write(full_document(**{name: INSTEAD.get(name, EMPTY[name])}), guide)
    assert getattr(rows.read(guide), name) != getattr(full_document(), name)
    editor.post(reverse("admin:careers_guiderevision_restore", args=[first.pk]))
    assert rows.read(Guide.objects.get()) == full_document()
    assert GuideListing.objects.get().content == full_document()
