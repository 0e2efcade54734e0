"""Kind and level by the many names that feeds have for them."""

import pytest

from jobs.choices import Kind, Level
from jobs.reading.words import kind_in_title, level_in_title, read_kind, read_level


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("full-time", Kind.FULL_TIME), ("Full-Time", Kind.FULL_TIME), ("FULL_TIME", Kind.FULL_TIME), ("FullTime", Kind.FULL_TIME),
        ("full_time", Kind.FULL_TIME),
        ("Vollzeit", Kind.FULL_TIME), (["Full-Time"], Kind.FULL_TIME), ("Part Time", Kind.PART_TIME), ("Teilzeit", Kind.PART_TIME),
        ("Side", Kind.PART_TIME),
        ("Werkstudent", Kind.PART_TIME), ("CONTRACTOR", Kind.CONTRACTOR), ("Contract", Kind.CONTRACTOR), ("freelance", Kind.CONTRACTOR),
        ("Temporary", Kind.TEMPORARY), ("befristet", Kind.TEMPORARY), ("Intern", Kind.INTERN), ("INTERNSHIP", Kind.INTERN),
        ("Praktikum", Kind.INTERN),
        ("Volunteer", Kind.VOLUNTEER), ("Permanent", None), ("Festanstellung", None), ("Other", None), ("", None), (None, None), (5, None),
        (["berufserfahren", "Vollzeit"], Kind.FULL_TIME), ([None, {}, "part-time"], Kind.PART_TIME),
    ],
)  # fmt: skip
def test_kinds(value, kind):
    assert read_kind(value) == kind


@pytest.mark.parametrize(
    ("value", "level"),
    [
        ("Any", None), ("Junior", Level.ENTRY), ("Entry-level", Level.ENTRY), ("Midweight", Level.MID), ("Mid-level", Level.MID),
        ("Senior", Level.SENIOR),
        ("Manager", Level.LEAD), ("Director", Level.LEAD), ("Executive", Level.LEAD), ("berufserfahren", Level.MID),
        ("Berufseinstieg", Level.ENTRY),
        ("Führungskraft", Level.LEAD), ("professional / experienced", Level.MID), (["Senior", "Manager"], Level.SENIOR),
        (["Mid-level", "Entry-level"], Level.ENTRY), ([], None), (None, None), ({}, None),
    ],
)  # fmt: skip
def test_levels_and_of_several_the_lowest(value, level):
    assert read_level(value) == level


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Senior Welder", Level.SENIOR), ("Sr. Welder", Level.SENIOR), ("Staff Software Engineer", Level.SENIOR),
        ("Welder, Senior", Level.SENIOR),
        ("Junior Welder", Level.ENTRY), ("Graduate Welder", Level.ENTRY), ("Welding Intern", Level.ENTRY), ("Head of Welding", Level.LEAD),
        ("Director, Welding", Level.LEAD), ("Chief Welding Officer", Level.LEAD), ("Mid/Senior Welder", Level.MID),
        ("Mid-Senior Welder", Level.MID),
        ("Welder", None), ("Account Manager", None), ("Lead Generation Specialist", None), ("Internal Auditor", None),
        ("Staff Nurse", None),
    ],
)  # fmt: skip
def test_levels_that_a_title_leaves_no_doubt_of(title, level):
    assert level_in_title(title) == level


def test_titles_of_internships():
    assert kind_in_title("Praktikant Marketing (m/w/d)") == Kind.INTERN
    assert kind_in_title("Summer Internship, Welding") == Kind.INTERN
    assert kind_in_title("International Sales") is None
