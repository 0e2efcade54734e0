import re

import pytest

from careers.choices import CHAPTERS, Section
from careers.page.guide import GuidePage
from careers.page.sections import PRESENT
from careers.page.shelf import render_parts
from careers.page.words import months, years
from careers.tests.factories import complete_document, published_guide


def page(**changes):
    return GuidePage(guide_id=1, guide=complete_document(**changes), stored_prose={}, field_name="Crafts", related=[])


def anchors(page):
    return [section.anchor for chapter in page.chapters for section in chapter.sections]


def test_every_section_belongs_to_one_chapter_and_knows_when_it_is_empty():
    listed = [section for _, _, sections in CHAPTERS for section in sections]
    assert sorted(listed) == sorted(Section)
    assert set(PRESENT) == set(Section) - {Section.RELATED_ROLES}


def test_a_complete_guide_has_every_section():
    assert set(anchors(page())) == {section.value for section in Section} - {"related-roles"}


def test_empty_sections_vanish_and_chapters_are_numbered_without_gaps():
    empty = page(skill_map={}, technical_skills={}, soft_skills={}, day=[])
    assert "day" not in anchors(empty)
    assert [chapter.number for chapter in empty.chapters] == [1, 2, 3, 4, 5, 6]
    assert "Skills" not in [chapter.title for chapter in empty.chapters]


def test_tiers_take_their_pay_from_the_first_band():
    assert [row.pay for row in page().tiers] == ["$36,000", "$45,000", "$56,000"]


def test_the_top_tier_has_no_upper_end():
    tier = {"title": "Boss", "years_min": 9, "pay_level": "top", "text": "x"}
    assert page(tiers=[tier]).tiers[0].pay == "$70,000+"


def test_the_ridge_rises_with_pay():
    heights = [point.y for point in page().ridge.points]
    assert heights == sorted(heights, reverse=True)


def test_no_ridge_without_pay():
    assert page(pay=[]).ridge is None


def test_facts_are_five_in_the_same_order_also_when_unknown():
    bare = page(pay=[], demand=None, outlook=[], time_to_start=None, remote=None)
    assert [fact.value for fact in bare.facts] == ["Not known yet"] * 5
    assert [fact.name for fact in page().facts] == ["Median pay", "Demand", "Jobs outlook", "Time to start", "Remote work"]


def test_an_editors_median_is_not_called_a_median_of_people():
    band = {
        "method": "editor",
        "place": "US",
        "country": "US",
        "currency": "USD",
        "unit": "year",
        "median": 5,
        "range_min": 3,
        "range_max": 9,
    }
    fact = page(pay=[band]).facts[0]
    assert fact.name == "Typical pay"
    assert "editor’s range" in fact.note


def test_day_columns_are_as_wide_as_their_hours():
    assert [column.span for column in page().day] == [6, 5]
    assert page().day_hours == 5.5


def test_two_equal_questions_have_two_addresses():
    questions = [{"question": "Why?", "answer": "a"}, {"question": "Why?", "answer": "b"}, {"question": "???", "answer": "c"}]
    found = [item.anchor for item in page(faq=questions).questions]
    assert len(set(found)) == 3


@pytest.mark.parametrize(
    ("span", "words"), [((3, 24), "3–24 months"), ((48, 60), "4–5 years"), ((6, 6), "6 months"), ((1, 1), "1 month"), ((24, 24), "2 years")]
)
def test_spans_of_months_in_words(span, words):
    assert months(*span) == words


def test_years_without_end():
    assert years(5, None) == "5+ years"


def test_what_is_kept_of_a_page_carries_no_indentation():
    parts = render_parts(page(), [])
    stretches = [parts.before_save, parts.after_save, *(piece.html for piece in parts.body)]
    assert not [stretch for stretch in stretches if re.search(r"\n[ \n]", stretch.strip())]


@pytest.mark.django_db
def test_an_answer_names_its_source_and_one_without_is_our_own(client):
    faq = [{"question": "Sourced?", "answer": "Yes.", "source": "wind-survey"}, {"question": "Own?", "answer": "Yes."}]
    body = client.get(published_guide(faq=faq).get_absolute_url()).content.decode()
    assert body.count('<a href="#source-wind-survey">Source: ') == 1
    assert 'id="source-wind-survey"' in body
    assert "Answers without a source are our editors’ own." in body
