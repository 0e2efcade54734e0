import pytest

from careers.document.files import MAX_BYTES
from careers.tests.seedtext.page import TOP, line_of, page, problems


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"", None, "empty"),
        (b" \n\n", None, "empty"),
        (b"Keeper Career Path Guide\n\n\xff\xfe", 3, "not UTF-8"),
        ("Keeper Career Path Guide".encode("utf-16"), 1, "not UTF-8"),
        (b"x" * (MAX_BYTES + 1), None, "1,000,000"),
        (b"Keeper Career Path Guide\nbad \x00 text\n", 2, "NUL"),
        (b"Keeper Career Path Guide\nbad \x1b[0m text\n", 2, "control character"),
        (b"Keeper Career Path Guide\n\n" + b"y" * 20_001, 3, "20,000 characters"),
        (b"\n\nSomething else\n\nWork Setting\n\nA tower.\n", 3, "no title line"),
        (b"Keeper Career Path Guide\n\nOnly words.\n", 1, "no known section"),
        ("★★★ Career Path Guide\n\nWork Setting\n\nA tower.\n".encode(), 1, "names no occupation"),
    ],
)
def test_files_that_are_no_page(data, line, reason):
    ((found, why),) = problems(data)
    assert found == line
    assert reason in why


@pytest.mark.parametrize(
    ("heading", "body", "at", "reason"),
    [
        ("Annual Salary", "plenty—more", "plenty", "pay range"),
        ("Annual Salary", "Median: $40,000", "Annual Salary", "no readable pay range"),
        ("Annual Salary", "30,000—50,000\nMedian: much", "Median: much", "median pay 'much' is unreadable"),
        ("Annual Salary", "30,000—50,000\nEntry-Level\nMid-Level\n$40,000", "Entry-Level", "entry pay"),
        ("Annual Salary", "50,000—30,000", "Annual Salary", "rising order"),
        ("Annual Salary", "30,000—50,000\nEntry-Level: $45,000\nMid-Level: $40,000", "Annual Salary", "rising order"),
        ("Market Demand", "Low\nHigh\nWild\n\nText.", "Wild", "demand level"),
        ("Market Demand", "Low\nHigh\n\nText without a value.", "High", "demand level"),
        ("Career Path Tiers", "Junior\n\nYou begin.", "Junior", "no 'Experience:' line"),
        ("Career Path Tiers", "A\n\nExperience: 0-2 years\n\nText.\n\nBoss of Bells\n\nText.", "Boss of Bells", "no 'Experience:' line"),
        ("Career Path Tiers", "Junior\n\nExperience: some\n\nText.", "Experience: some", "unreadable"),
        ("Career Path Tiers", "Junior\n\nExperience: 5-2 years\n\nText.", "Experience: 5-2", "unreadable"),
        ("Career Path Tiers", "Experience: 0-2 years\n\nText.", "Experience: 0-2", "without the title"),
        ("Career Path Tiers", "Junior\n\nExperience: 0-2 years", "Junior", "has no text"),
        ("A Day in the Life", "Dawn (early - late)\n\nFocus: Fog\n• Ring.", "Dawn", "no readable times"),
        ("A Day in the Life", "Dawn (25:00 - 26:00)\n\nFocus: Fog\n• Ring.", "Dawn", "no readable times"),
        ("A Day in the Life", "Dawn\n\nFocus: Fog\n• Ring.", "Dawn", "no readable times"),
        ("A Day in the Life", "Dawn (5 AM - 8 AM)\n• Ring.", "Dawn", "no 'Focus:'"),
        ("A Day in the Life", "Dawn (5 AM - 8 AM)\nFocus: Fog", "Dawn", "no tasks"),
        ("Balance & Stress", "Stress Level: Spicy", "Spicy", "none of very low"),
        ("Balance & Stress", "Balance Rating: Wobbly", "Wobbly", "none of poor"),
        ("Frequently Asked", "Is it loud?\n\nIs it cold?\n\nYes.", "Is it loud?", "no answer"),
        ("Frequently Asked", "Is it loud?", "Is it loud?", "no answer"),
        ("Case Studies", "One\n\nA text.\n\nIt ends.", "One", "no 'Key Takeaway:'"),
        ("Case Studies", "One\n\nA text.\n\nTwo\n\nMore text.\n\nKey Takeaway: Rest.", "One", "no 'Key Takeaway:'"),
        ("Case Studies", "One\n\nKey Takeaway: Rest.", "One", "has no text"),
        ("Case Studies", "One\n\nText.\n\nKey Takeaway:", "Key Takeaway", "empty"),
        ("Case Studies", "Just a text.\n\nKey Takeaway: Rest.", "Just a text", "without a title"),
        ("Skill Map", "Only a sentence.\n\n• Rope", "• Rope", "without the title"),
        ("Pros & Cons", "Pros\n• Air\nPros\n• View", "Pros\n", "second list"),
        ("Job Outlook", "Growth Rate: soon", "Growth Rate", "growth rate 'soon'"),
        ("Soft Abilities", "• " + "very " * 70 + "calm", "very very", "at most 300"),
    ],
)
def test_a_broken_section_names_line_and_reason(heading, body, at, reason):
    text = page({heading: body})
    found = problems(text)
    assert [why for _, why in found if reason in why], found
    lines = [line for line, why in found if reason in why]
    assert at.split("\n")[0] in text.split("\n")[lines[0] - 1]


@pytest.mark.parametrize("heading", ["Annual Salary", "Annual Salary (Atlantis, USD)", "Annual Salary (US, ZZZ)"])
def test_pay_needs_a_known_country_and_currency(heading):
    text = page({"Annual Salary (US, USD)": None, f"💰 {heading}": "30,000—50,000"})
    assert (line_of(text, heading), "no known country and currency in the heading, such as (US, USD)") in problems(text)


def test_a_heading_that_appears_twice():
    text = page({"Work Setting ": "A second tower."})
    ((line, why),) = problems(text)
    assert line == len(text.split("\n")) - 3
    assert "appears twice, first in line" in why


def test_prose_of_many_paragraphs_that_no_guide_can_hold():
    text = page({"Work Setting": "\n\n".join(["word " * 2000] * 3)})
    assert problems(text) == [(line_of(text, "Work Setting"), "has more than 20,000 characters of text (Work setting)")]


def test_all_problems_are_told_at_once_in_line_order():
    text = page({"Market Demand": "?", "Annual Salary": "x", "Career Path Tiers": "Junior\n\nText."}, top=TOP)
    lines = [line for line, _ in problems(text)]
    assert len(lines) == 3
    assert lines == sorted(lines)
