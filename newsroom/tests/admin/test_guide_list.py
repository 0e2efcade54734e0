from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from careers.document import rows
from careers.importing import import_document
from careers.models import GuideListing
from careers.publishing import withdraw
from careers.tests.factories import complete_document, draft_guide, make_field, published_guide
from careers.working import stored
from newsroom.tests.admin.forms import change_url, said

pytestmark = pytest.mark.django_db
LIST = "admin:careers_guide_changelist"


@pytest.fixture
def user(django_user_model):
    return django_user_model.objects.create_user("writer@example.org", "long-enough-password")


def stored_draft(user, **changes):
    guide = draft_guide(**changes)
    stored(guide, by=user, note="Saved")
    return guide


def titles(client, state):
    response = client.get(reverse(LIST), {"state": state})
    return [guide.title for guide in response.context["cl"].result_list]


def test_the_list_tells_and_filters_how_far_each_guide_is(editor, user):
    published_guide(slug="a", title="Published one")
    changed = published_guide(slug="b", title="Changed one").guide
    rows.write(complete_document(slug="b", title="Changed one", pros=["More"]), changed)
    stored(changed, by=user, note="Saved")
    stored_draft(user, slug="c", title="Ready one")
    stored_draft(user, slug="d", title="Unready one", pros=[], tiers=[])
    page = editor.get(reverse(LIST)).content.decode()
    assert "2 to do" in page
    assert "Draft, beside the published guide" in page
    assert titles(editor, "published") == ["Published one"]
    assert titles(editor, "live-draft") == ["Changed one"]
    assert titles(editor, "draft") == ["Changed one", "Ready one", "Unready one"]
    assert len(titles(editor, "nonsense")) == 4


def test_the_list_is_filtered_by_what_guides_lack_and_whose_they_are(editor, user):
    stored_draft(user, slug="c", title="Ready one")
    unready = stored_draft(user, slug="d", title="Unready one", pros=[], tiers=[])
    unready.owner, unready.review_by = User.objects.get(is_staff=True), date(2020, 1, 1)
    unready.save()

    def found(**query):
        return [guide.title for guide in editor.get(reverse(LIST), query).context["cl"].result_list]

    assert found(lacks="blocked") == ["Unready one"]
    assert "Ready one" in found(lacks="nothing") + found(lacks="warnings")
    assert found(lacks="odd") == ["Ready one", "Unready one"]
    assert found(whose="mine") == ["Unready one"]
    assert found(whose="nobody") == ["Ready one"]
    assert found(due="overdue") == ["Unready one"]
    assert found(due="undated") == ["Ready one"]
    assert found(o="5") == ["Ready one", "Unready one"]
    assert found(o="-5") == ["Unready one", "Ready one"]


def test_a_change_that_was_taken_back_is_no_change(editor, user):
    guide = published_guide().guide
    for text in ("Else.", complete_document().trends):
        rows.write(complete_document(trends=text), guide)
        stored(guide, by=user, note="Saved")
    assert titles(editor, "published") == ["Kite maker"]


def test_an_imported_change_of_a_published_guide_shows_as_a_change(editor):
    published_guide()
    import_document(complete_document(title="Kite smith"))
    assert titles(editor, "live-draft") == ["Kite smith"]


def test_the_list_costs_the_same_for_more_guides(editor, user):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(reverse(LIST)).status_code == 200
        return len(queries)

    for n in range(2):
        published_guide(slug=f"p{n}")
        stored_draft(user, slug=f"d{n}", pros=[])
    few = cost()
    for n in range(2, 6):
        published_guide(slug=f"p{n}")
        stored_draft(user, slug=f"d{n}", pros=[])
    assert cost() == few


def test_selected_guides_are_published_each_with_its_own_result(editor, user):
    good, bad = draft_guide(slug="good", title="Good"), draft_guide(slug="bad", title="Bad", pros=[])
    data = {"action": "publish_selected", "_selected_action": [good.pk, bad.pk]}
    response = editor.post(reverse(LIST), data, follow=True)
    assert "You published “Good”." in said(response)
    assert "“Bad” is saved, but not published." in said(response)
    assert [listing.slug for listing in GuideListing.objects.all()] == ["good"]


def test_markup_in_stored_text_is_inert_in_lists_forms_and_messages(chief, user):
    markup = "<script>alert(1)</script>"
    make_field("crafts", name=markup)
    guide = published_guide(
        title=markup,
        technical_skills={"items": [markup]},
        sources=[{"key": "wind-survey", "publisher": markup, "title": markup}],
        case_studies=[{"slug": "c", "title": markup, "text": "T", "takeaway": markup}],
    ).guide
    withdraw(guide)
    lists = ("guide", "casestudy", "field", "guiderevision", "skill", "source")
    pages = [chief.get(reverse(f"admin:careers_{name}_changelist")) for name in lists]
    skill = guide.guideskill_set.get(listing="technical").skill
    pages += [chief.get(change_url(row)) for row in (guide, guide.field, guide.casestudy_set.get(), guide.revisions.get(), skill)]
    pages.append(chief.post(reverse(LIST), {"action": "publish_selected", "_selected_action": [guide.pk]}, follow=True))
    for page in pages:
        assert page.status_code == 200
        assert markup not in page.content.decode()
        assert "&lt;script&gt;" in page.content.decode()
