"""What finds a guide: its words, other words for them, and words that are nearly right."""

import pytest

from careers.models import Skill, SkillAlias
from careers.search.terms import terms
from careers.tests.search.guides import guide, search, titles
from kit import stamp

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    guide("Electrician", aliases=["Inside wireman"], technical_skills={"items": ["Wiring", "Blueprint reading"]})
    guide("Medical records specialist", aliases=["Health information technician"], technical_skills={"items": ["ICD-10 coding"]})
    guide("Pâtissier", slug="patissier", aliases=["Pastry chef"])
    guide("Web developer", technical_skills={"items": ["Node.js", "C++"]})
    guide("IT support specialist")


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("electrician", ["Electrician"]),
        ("ELECTRICIANS", ["Electrician"]),
        ("electri", ["Electrician"]),
        ("inside wire", ["Electrician"]),
        ("wireman inside", ["Electrician"]),
        ("patissier", ["Pâtissier"]),
        ("PÂTISSIER", ["Pâtissier"]),
        ("icd-10", ["Medical records specialist"]),
        ("icd 10", ["Medical records specialist"]),
        ("node.js", ["Web developer"]),
        ("c++", ["Web developer"]),
        ("it", ["IT support specialist"]),
        ('"records specialist"', ["Medical records specialist"]),
        ('"specialist records"', []),
        ("specialist -medical", ["IT support specialist"]),
        ('specialist -"medical records"', ["IT support specialist"]),
        ("electrician or patissier", ["Electrician", "Pâtissier"]),
        ("crafts", ["Electrician", "IT support specialist", "Medical records specialist", "Pâtissier", "Web developer"]),
    ],
)
def test_it_finds(query, found):
    assert sorted(titles(f"exact=1&q={query.replace('+', '%2B')}")) == found


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(
    ("typed", "shown", "found"),
    [
        ("electricain", "electrician", "Electrician"),
        ("elektrician", "electrician", "Electrician"),
        ("medcial recrods", "medical records", "Medical records specialist"),
        ("patisier", "patissier", "Pâtissier"),
        ("webdeveloper", "web developer", "Web developer"),
        ("patis sier", "patissier", "Pâtissier"),
        ("blueprnit -pastry", "blueprint -pastry", "Electrician"),
    ],
)
def test_slips_are_forgiven_and_said(typed, shown, found):
    results = search(f"q={typed}")
    assert results.is_corrected
    assert results.search.q == shown
    assert [listing.title for listing in results.guides] == [found]
    assert results.as_typed.to_query().endswith("exact=1")


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("typed", ["nurse", "xq", "2024", "electrician", "zzzzzzzz"])
def test_what_is_right_or_far_away_is_not_changed(typed):
    assert not search(f"q={typed}").is_corrected


def test_of_two_equally_near_words_the_one_in_a_title_is_meant():
    guide("Electrician")
    guide("Roofer", technical_skills={"items": ["Electrical safety", "Electrical theory", "Electrical codes"]})
    assert search("q=electrican").search.q == "electrician"


@pytest.mark.usefixtures("shelf")
def test_a_reader_can_insist_on_the_spelling():
    assert search("q=electricain&exact=1").total == 0


@pytest.mark.usefixtures("shelf")
def test_filters_that_leave_nothing_do_not_change_the_words():
    results = search("q=electrician&stress=very-high")
    assert (results.total, results.is_corrected, results.found_no_words) == (0, False, False)


def test_the_exact_title_comes_before_an_alias_and_an_alias_before_a_mention():
    guide("Baker and teller of long stories", technical_skills={"items": ["Teller", "Teller training", "Teller tools"]})
    guide("Bank clerk", aliases=["Teller"])
    guide("Teller")
    guide("Assistant teller")
    assert titles("q=teller")[:2] == ["Teller", "Bank clerk"]


def test_another_name_of_a_skill_finds_its_guides():
    guide("Clinic clerk", technical_skills={"items": ["Electronic health records"]})
    guide("Kite maker")
    skill = Skill.objects.get(name="Electronic health records")
    SkillAlias.objects.create(skill=skill, name="EHR")
    SkillAlias.objects.create(skill=skill, name="Chart software")
    assert titles("q=ehr") == ["Clinic clerk"]
    assert titles("q=clinic chart software") == ["Clinic clerk"]
    assert titles("q=software chart&exact=1") == []


def test_terms_are_read_as_people_write_them():
    found = [(" ".join(term.words), term.is_phrase, term.is_negative) for term in terms('Front-end "web site" -night -"on call" o\'neil')]
    assert found == [
        ("front end", False, False),
        ("web site", True, False),
        ("night", False, True),
        ("on call", True, True),
        ("o neil", False, False),
    ]


def test_a_new_name_of_a_skill_makes_stored_answers_stale():
    guide("Clinic clerk")
    before = stamp.current()
    SkillAlias.objects.create(skill=Skill.objects.get(name="Filing"), name="Archiving")
    assert stamp.current() > before
    assert titles("q=archiving") == ["Clinic clerk"]
