import pytest

from careers.choices import Education, NameKind
from careers.document.schema import Tool
from careers.seedtext.lines import Line, unstop
from careers.seedtext.money import amount
from careers.seedtext.names import names_to_know
from careers.seedtext.places import named_in
from careers.seedtext.readers.cases import find_result
from careers.seedtext.readers.education import levels
from careers.seedtext.readers.tools import tool
from careers.seedtext.timing import time_to_start
from careers.seedtext.words import sentences, short_title, shorten, slug


@pytest.mark.parametrize(
    ("text", "value"),
    [("$42,500", 42_500), ("52,000+", 52_000), ("USD 1,234,567", 1_234_567), ("42.5k", 42_500), ("900", 900)]
    + [(text, None) for text in ("", "$", "much", "0", "12,34", "18.55", "$999,999,999", "10%", "1e5")],
)
def test_amounts(text, value):
    assert amount(text) == value


@pytest.mark.parametrize(
    ("text", "months", "note"),
    [
        ("Programs range from several months for one to two years for another.", (3, 24), "several months to two years"),
        ("Training takes a few weeks to three months.", (1, 3), "few weeks to three months"),
        ("A degree takes 2-4 years.", (24, 48), "2 to 4 years"),
        ("Courses last six to twelve months.", (6, 12), "six to twelve months"),
        ("Courses run 12 weeks to a year.", (3, 12), "12 weeks to a year"),
    ],
)
def test_time_to_start_is_read_from_a_sentence_about_training(text, months, note):
    line, time = time_to_start([Line(7, "Nothing here."), Line(9, text)])
    assert line.number == 9
    assert (time.min_months, time.max_months, time.note) == (*months, note)


@pytest.mark.parametrize(
    "text",
    [
        "It takes two to three years of experience after a course.",
        "The fog lasts two to three months.",
        "A course takes four years.",
        "A course takes 20-30 years.",
        "",
    ],
)
def test_other_spans_are_no_time_to_start(text):
    assert time_to_start([Line(1, text)]) is None


@pytest.mark.parametrize(
    ("text", "minimum", "preferred"),
    [
        ("A bachelor’s degree is typical. A master’s degree helps.", Education.BACHELOR, Education.MASTER),
        ("An associate or bachelor's degree is required.", Education.ASSOCIATE, Education.BACHELOR),
        ("No formal education is needed, though a GED helps.", Education.NONE, Education.HIGH_SCHOOL),
        ("Certifications are welcome. Master the rope.", None, None),
        ("Associates welcome. A PhD is expected.", Education.DOCTORAL, None),
    ],
)
def test_education_levels(text, minimum, preferred):
    assert levels(text) == (minimum, preferred)


@pytest.mark.parametrize(
    ("text", "name", "examples"),
    [
        ("Ledgers (e.g., Tidewise, Quill)", "Ledgers", ["Tidewise", "Quill"]),
        ("Ledgers (e.g. Tidewise) for ports", "Ledgers for ports", ["Tidewise"]),
        ("Ledgers (Tidewise, Quill, and Nib)", "Ledgers", ["Tidewise", "Quill", "Nib"]),
        ("Ledgers (Tidewise, Quill, etc.)", "Ledgers", ["Tidewise", "Quill"]),
        ("Tide Record Systems (TRS)", "Tide Record Systems (TRS)", []),
        ("Tide Record Systems (TRS, paper)", "Tide Record Systems (TRS, paper)", []),
        ("Radio (VHF) Sets", "Radio (VHF) Sets", []),
        ("Ropes, hooks, oil", "Ropes, hooks, oil", []),
    ],
)
def test_tools(text, name, examples):
    assert tool(text) == Tool(name=name, examples=examples)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("It was fine. They cut lost ropes by 12.5% in a year.", "12.5% fewer lost ropes"),
        ("Greasing reduced noise by 40%.", "40% less noise"),
        ("It increased safe arrivals by 9%.", "9% more safe arrivals"),
        ("The lamp improved visibility by 9%.", "9% higher visibility"),
        ("There was a 20% reduction in waiting time and more joy.", "20% reduction in waiting time"),
        ("Some 80% came.", "Some 80% came."),
        ("Nothing was counted.", None),
    ],
)
def test_results_of_case_studies(text, result):
    assert find_result(text) == result


def test_names_spelled_out_on_the_page_win_over_the_list():
    lines = [Line(1, "ADA rules apply."), Line(2, "Ask the Aldermen Dock Association (ADA) first.")]
    assert [(name.kind, name.name, name.abbreviation) for name in names_to_know(lines, [])] == [
        (NameKind.ORGANIZATION, "Aldermen Dock Association", "ADA")
    ]


def test_what_is_no_name():
    lines = [
        Line(1, "Use Electronic Tide Records (ETR) and the bell."),
        Line(2, "Kanban Board of the Institute", bullet=True),
        Line(3, "The Association helps."),
    ]
    assert names_to_know(lines, []) == []


def test_a_name_gets_its_abbreviation_from_a_later_line():
    lines = [
        Line(1, "The Dock Safety Council answers."),
        Line(2, "Write to the Dock Safety Council (DSC)."),
        Line(3, "The Dock Safety Council again."),
    ]
    assert [(name.name, name.abbreviation) for name in names_to_know(lines, [])] == [("Dock Safety Council", "DSC")]


def test_places_are_named_once_and_by_their_longest_name():
    assert named_in("The US, the U.S. and South Africa; Southeast Asia, not Asian Australia.") == [
        "United States",
        "South Africa",
        "Southeast Asia",
        "Australia",
    ]
    assert named_in("Tell us about Nigeria.") == ["Nigeria"]


def test_sentences_keep_abbreviations_together():
    assert sentences("The U.S. Bureau counts. Bells (e.g. Big Ben) ring. “Yes.” No?") == [
        "The U.S. Bureau counts.",
        "Bells (e.g. Big Ben) ring.",
        "“Yes.” No?",
    ]


@pytest.mark.parametrize(
    ("text", "bare"),
    [("One.", "One"), ("One. Two.", "One. Two."), ("Rope, etc.", "Rope, etc."), ("In the U.S.", "In the U.S."), ("Wait...", "Wait...")],
)
def test_final_stops(text, bare):
    assert unstop(text) == bare


@pytest.mark.parametrize(
    ("title", "short"), [("Senior Keeper", "Senior"), ("Keeper", "Keeper"), ("Port Manager", "Port Manager"), ("Lead keeper II", "Lead II")]
)
def test_short_titles(title, short):
    assert short_title(title, "Keeper") == short


def test_long_text_is_cut_after_a_word():
    assert shorten("ring the bell, then sleep", 16) == "ring the bell…"
    assert shorten("ring", 16) == "ring"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Keeper vs Ringer", "keeper-ringer"),
        ("C# & .NET Developer", "c-sharp-and-dot-net-developer"),
        ("U.S. Keeper’s Aide", "us-keepers-aide"),
        ("★", ""),
        ("x" * 99, "x" * 80),
    ],
)
def test_slugs(text, address):
    assert slug(text) == address
