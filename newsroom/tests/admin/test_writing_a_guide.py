import pytest
from django.urls import reverse

from careers.document import rows
from careers.models import Guide, GuideListing, GuideRevision, Skill, Source, Step, Tool
from careers.tests.factories import complete_document, draft_guide, make_field, published_guide
from newsroom.tests.admin.forms import add_row, change_url, errors, opened, said

pytestmark = pytest.mark.django_db
ADD = "admin:careers_guide_add"


def saved(client, guide, data, **extra):
    response = client.post(change_url(guide), data | extra, follow=True)
    if response.redirect_chain:
        return response
    pytest.fail(str(errors(response)))


def test_an_editor_writes_and_publishes_a_guide_in_the_form(editor):
    field, source = make_field(), Source.objects.create(key="wind-survey", publisher="Wind Office", title="Survey of kite makers")
    Skill.objects.create(name="Sewing")
    data = opened(editor, reverse(ADD))
    data |= {
        "title": "Kite maker",
        "slug": "kite-maker",
        "field": field.pk,
        "standfirst": "You cut, sew and balance kites.",
        "min_months": 3,
        "max_months": 12,
        "remote": 2,
        "what_you_do": "You **sew**.",
        "responsibilities": "# Workshop\r\nCut sails\r\n\r\nSew seams",
        "setting": "A workshop.",
        "demand": 4,
        "demand_text": "Surveyors use them.",
        "world_text": "Every coast.",
        "education_minimum": 2,
        "education_text": "None needed.",
        "training_text": "Short courses.",
        "portfolio": "Three kites.",
        "mistakes": "Wet glue",
        "advice": "Keep offcuts",
        "growth_paths": "Teaching.",
        "trends": "Ripstop.",
        "stress": 2,
        "balance": 4,
        "pros": "Outdoors",
        "cons": "Rain",
    }
    add_row(data, "takeaway_set", text="Half of it is sewing.", section="what-you-do")
    add_row(data, "tool_set", group="Bench", name="Hot knife")
    add_row(
        data,
        "payband_set",
        method="measured",
        place="United States",
        country="US",
        currency="USD",
        unit="YEAR",
        full_year="on",
        median=45000,
        source=source.pk,
        period="May 2024",
    )
    add_row(
        data,
        "outlook_set",
        method="measured",
        percent="5.2",
        place="United States",
        country="US",
        source=source.pk,
        period_from=2024,
        period_to=2034,
    )
    data |= {"technical_skills": "Sewing\r\nKnots", "soft_skills": "Patience"}
    add_row(data, "skillgroup_set", title="Ground", skill_names="sewing\r\nKnots")
    add_row(data, "step_set", title="Sew", text="A first kite.")
    add_row(data, "tier_set", title="Apprentice", years_min=0, kind="step", text="You sweep.")
    add_row(data, "dayblock_set", name="Morning", start="09:00", end="12:00", focus="Cutting", tasks="Cut\r\nSew")
    add_row(data, "casestudy_set", title="Camera", slug="camera", text="It flew.", takeaway="Weigh it.", basis="illustrative")
    add_row(data, "question_set", question="License?", answer="No.")
    response = editor.post(reverse(ADD), data | {"_publish": "1"}, follow=True)
    guide = Guide.objects.get()
    assert "saved, but not published. Name today's challenges." in said(response)
    assert "was added to the sources" in said(response)
    assert not GuideListing.objects.exists()

    data = opened(editor, change_url(guide))
    data["challenges"] = "Imports."
    assert "You published" in said(saved(editor, guide, data, _publish="1"))
    document = GuideListing.objects.get().content
    assert document.responsibilities[0].items == ["Cut sails", "Sew seams"]
    assert document.skill_map.groups[0].skills == ["Sewing", "Knots"]
    assert document.day[0].tasks == ["Cut", "Sew"]
    assert GuideRevision.objects.latest("number").created_by.email.endswith("@example.org")


def test_saving_an_untouched_form_changes_nothing(editor):
    texts = {"what_you_do": "One paragraph.\n\nAnother one.", "faq": [{"question": "Long?", "answer": "Yes.\n\n- so\n- and so"}]}
    guide = draft_guide(**texts)
    before = rows.read(guide)
    saved(editor, guide, opened(editor, change_url(guide)))
    assert rows.read(Guide.objects.get(pk=guide.pk)) == before == complete_document(**texts)


def test_publishing_an_incomplete_guide_is_refused_with_reasons_and_keeps_the_draft(editor):
    guide = draft_guide(pros=[], advice=[])
    data = opened(editor, change_url(guide)) | {"title": "Sail maker"}
    response = saved(editor, guide, data, _publish="1")
    assert "Give advice." in said(response)
    assert not GuideListing.objects.exists()
    guide.refresh_from_db()
    assert guide.title == "Sail maker"
    assert guide.revisions.get().kind == GuideRevision.Kind.DRAFT


def test_visitors_keep_seeing_the_published_text_until_the_draft_is_published(editor):
    guide = published_guide().guide
    saved(editor, guide, opened(editor, change_url(guide)) | {"title": "Sail maker"})
    assert GuideListing.objects.get().title == "Kite maker"
    assert "The draft differs" in editor.get(change_url(guide)).content.decode()
    saved(editor, guide, opened(editor, change_url(guide)), _publish="1")
    assert GuideListing.objects.get().title == "Sail maker"


def test_publishing_what_visitors_see_already_says_so_and_writes_nothing(editor):
    guide = published_guide().guide
    before = guide.revisions.count()
    answer = saved(editor, guide, opened(editor, change_url(guide)), _publish="1")
    assert said(answer) == "“Kite maker” says what visitors see already: there is nothing to publish."
    assert guide.revisions.count() == before
    assert not guide.transitions.exists()


def test_what_is_missing_is_listed_with_links_into_the_form(editor):
    page = editor.get(change_url(draft_guide(standfirst="", tiers=[]))).content.decode()
    assert '<a href="#id_standfirst">' in page
    assert '<a href="#tier_set-group">Add the career tiers.</a>' in page
    assert 'id="tier_set-group"' in page


def test_new_rows_go_to_the_end_and_a_typed_number_is_the_place_a_row_gets(editor):
    guide = draft_guide(faq=[{"question": f"{n}?", "answer": "Yes."} for n in "abcd"])
    data = opened(editor, change_url(guide))
    add_row(data, "question_set", question="new?", answer="Yes.")
    data["question_set-3-position"] = "1"  # d goes first
    data["question_set-0-position"] = "3"  # a goes third
    saved(editor, guide, data)
    assert [item.question for item in rows.read(guide).faq] == ["d?", "b?", "a?", "c?", "new?"]
    assert [row.position for row in guide.question_set.all()] == [1, 2, 3, 4, 5]


def test_tools_of_one_group_stay_together(editor):
    guide = draft_guide()
    Tool.objects.create(guide=guide, group="Field", name="Anemometer", position=9)
    data = opened(editor, change_url(guide))
    add_row(data, "tool_set", group="Bench", name="Press")
    saved(editor, guide, data)
    assert [(group.group, len(group.items)) for group in rows.read(guide).tools] == [("Bench", 3), ("Field", 1)]


def test_skills_of_a_deleted_level_go_with_it(editor):
    guide = draft_guide()
    levels = rows.read(guide).skill_map.groups
    data = opened(editor, change_url(guide))
    data["skillgroup_set-0-DELETE"] = "on"
    saved(editor, guide, data)
    assert rows.read(guide).skill_map.groups == levels[1:]


def test_a_list_of_skills_takes_names_and_aliases_and_makes_what_is_new(editor):
    guide = draft_guide()
    skill = Skill.objects.create(name="Spreadsheets")
    skill.aliases.create(name="Excel")
    before = Skill.objects.count()
    saved(editor, guide, opened(editor, change_url(guide)) | {"technical_skills": "Excel\r\n\r\nTail drawing\r\n"})
    assert rows.read(guide).technical_skills.items == ["Spreadsheets", "Tail drawing"]
    assert Skill.objects.count() == before + 1


def test_a_skill_that_stands_twice_is_named_with_its_lines(editor):
    guide = draft_guide()
    data = opened(editor, change_url(guide)) | {"technical_skills": "Sewing\r\nKnots\r\nSEWING"}
    data["skillgroup_set-0-skill_names"] = "Knots\r\nknots"
    found = errors(editor.post(change_url(guide), data))
    assert found["technical_skills"] == "Line 3 repeats line 1: SEWING"
    assert found["skillgroup_set-0-skill_names"] == "Line 2 repeats line 1: knots"


def test_only_published_guides_can_be_pinned(editor):
    published_guide(slug="sail-maker", title="Sail maker")
    draft_guide(slug="net-maker", title="Net maker")
    guide = draft_guide()
    data = opened(editor, change_url(guide))
    name = add_row(data, "relatedpin_set", slug="net-maker", reason="Same needles")
    assert f"{name}-slug" in errors(editor.post(change_url(guide), data))
    saved(editor, guide, data | {f"{name}-slug": "sail-maker"})
    assert [pin.slug for pin in rows.read(guide).related] == ["sail-maker"]


def test_a_guide_with_three_hundred_rows_is_saved_whole(editor):
    guide = draft_guide()
    Step.objects.bulk_create(Step(guide=guide, title=f"Step {n}", text="Go on.", position=n) for n in range(2, 302))
    data = opened(editor, change_url(guide))
    assert len(data) > 1000
    data["step_set-300-title"] = "The last step"
    saved(editor, guide, data)
    steps = rows.read(guide).route.steps
    assert len(steps) == 301
    assert steps[-1].title == "The last step"


def test_the_address_of_a_published_guide_stays(editor):
    guide = published_guide().guide
    data = opened(editor, change_url(guide))
    assert "slug" not in data
    saved(editor, guide, data | {"slug": "another"})
    guide.refresh_from_db()
    assert guide.slug == "kite-maker"


def test_extra_fields_of_a_request_are_ignored(editor):
    guide = draft_guide()
    saved(
        editor, guide, opened(editor, change_url(guide)) | {"id": "999", "created_at_0": "2001-01-01", "listing": "1", "is_published": "on"}
    )
    guide.refresh_from_db()
    assert guide.created_at.year > 2001
    assert not GuideListing.objects.exists()
