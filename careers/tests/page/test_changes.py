"""What changed between two states of a guide, by section."""

import pytest

from careers.choices import Section
from careers.document.schema import Guide
from careers.page.changes import FIELDS, changed_sections

IN_NO_SECTION = {"format", "slug", "title", "plural", "aliases", "field", "codes", "short_version", "notes"}


def test_every_field_of_a_guide_is_in_one_section_or_in_none_by_choice():
    named = [name for fields in FIELDS.values() for name in fields]
    assert len(named) == len(set(named))
    assert set(named) | IN_NO_SECTION == set(Guide.model_fields)


def test_every_section_comes_from_somewhere():
    assert set(FIELDS) == set(Section)


@pytest.mark.parametrize("section", list(Section))
def test_a_change_in_a_section_names_it_and_no_other(section):
    for name in FIELDS[section]:
        assert changed_sections({name: "before"}, {name: "after"}) == [section]


def test_nothing_changed_is_nothing_to_tell():
    assert changed_sections({"pay": [1], "title": "Sailmaker"}, {"pay": [1], "title": "Sail maker"}) == []


def test_sections_come_in_the_order_of_the_page():
    assert changed_sections({}, {"faq": [1], "pay_text": "More."}) == [Section.PAY, Section.FAQ]
