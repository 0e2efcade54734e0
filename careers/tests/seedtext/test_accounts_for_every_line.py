import random
import re
from contextlib import suppress

import pytest

from careers.document.files import dump, load
from careers.seedtext import SeedTextError, describe, read
from careers.tests.seedtext.page import SECTIONS, line_of, page, reading


def strings(tree):
    if isinstance(tree, dict):
        tree = list(tree.values())
    if isinstance(tree, list):
        return " ".join(strings(item) for item in tree)
    return str(tree)


def words(text):
    return re.findall(r"[a-z]{3,}", text.lower())


def test_nothing_of_a_whole_page_is_left():
    whole = reading()
    assert whole.unplaced == []
    assert whole.warnings == []
    assert whole.missing == []


def test_every_word_of_the_page_is_in_the_guide_or_is_a_label():
    """Not by the reader's own account: words of the page are looked up in what it made."""
    told = set(words(strings(reading().guide.model_dump(mode="json"))))
    labels = "growth rate median salary level entry mid senior experience years focus stress balance rating key takeaway status source "
    labels += "such pros cons low high top earners can expect per year keepers norwegian"
    text = page({"Jollyport": None})
    headings = set(words(" ".join(SECTIONS)))
    assert [word for word in words(text) if word not in told | headings | set(words(labels))] == []


def test_sections_are_reported_with_line_and_count():
    report = {section.name: section for section in reading().sections}
    assert report["Key responsibilities"].line == line_of(page(), "Key Responsibilities")
    assert report["Key responsibilities"].found == "15 items"
    assert report["A day in the life"].found == "3 blocks, 6 tasks"
    assert report["Skill map"].found == "2 groups, 5 skills"
    assert report["Subscription box"].found == "2 plans, 3 features (kept in billing, not in the guide)"
    for empty in ("Related roles", "Sources and references", "Share"):
        assert report[empty].found == "0 items"
    assert len(report) == len(SECTIONS) + 1


def test_list_items_are_counted_apart_from_the_box():
    whole = reading()
    assert (whole.list_items, whole.box_items) == (sum(line.strip().startswith("•") for line in page().splitlines()) - 3, 3)


def test_derived_values_say_what_they_were_derived_from():
    derived = " / ".join(remark.text for remark in reading().derived)
    for part in ("time to start: 6 to 24 months, from 'six months to two years'", "minimum education", "is a branch", "top pay 50,000"):
        assert part in derived


@pytest.mark.parametrize(
    ("heading", "body", "left", "why"),
    [
        ("Related Roles", "Bell founder", "Bell founder", "chosen by editors"),
        ("Share career guide", "Copy link", "Copy link", "link to share"),
        ("Key Responsibilities", "Keepers do much\n• Ringing.", "Keepers do much", "list is expected"),
        ("Skills and Qualifications", "What you need.", "What you need.", "no place"),
        ("Soft Abilities", "• Calm\n• calm", "calm", "already"),
        ("Soft Abilities", "• Calm\n•", "", "without text"),
        ("Frequently Asked Questions", "We are often asked.\n\nLoud?\n\nYes.", "We are often asked.", "first question"),
        ("A Day in the Life", "Night (10:00 PM - 6:00 AM)\n\nFocus: Dark\n• Ring.", "Night (10:00 PM - 6:00 AM)", "midnight"),
        ("Jollyport+", "Free\n$0/month\nTag\n• A\nGo to account\n© Jollyport", "© Jollyport", "subscription box"),
        ("Annual Salary", "30,000—50,000\nTop 10% earn well.", "Top 10% earn well.", "no amount"),
        ("Pros & Cons", "Weigh both.\n✅ Pros\n• Air\n❌ Cons\n• Stairs", "Weigh both.", "before"),
        ("Skill Map", "Empty group\n\nOnly words here.\n\nReal\n\n• Rope\n\nTail without skills", "Tail without skills", "without skills"),
    ],
)
def test_what_has_no_place_is_left_with_line_and_reason(heading, body, left, why):
    changed = {heading: body}
    text = page(changed)
    rows = [row for row in reading(changed).unplaced if row.text == left]
    assert rows
    assert why in rows[0].why
    assert left in text.split("\n")[rows[0].line - 1]


def test_lines_before_the_title_and_unknown_figures_are_left():
    text = "Home\n\n" + page(top="Keepers ring ships home.\n\n4%\n\ngrowth rate\n\n77\n\nkeepers per port")
    assert [(row.line, row.text) for row in read(text.encode()).unplaced] == [(1, "Home"), (11, "77"), (13, "keepers per port")]


def test_contradictions_are_named():
    changed = {"Annual Salary": "30,000—50,000\nMedian: $41,000", "Job Outlook": "Growth Rate: 5%\nSource: U.S. Bureau of Labor Statistics"}
    done = reading(changed)
    assert done.guide.pay[0].median == 41_000
    assert done.guide.outlook[0].percent == 5
    assert [remark.text.split(":")[0] for remark in done.warnings] == ["the page contradicts itself"] * 2


def test_the_account_can_be_printed():
    text = describe(reading({"Related Roles": "Bell founder", "Portfolio Tips": None}))
    assert "Key responsibilities, line 44: 15 items" in text
    assert "Not on this page: Portfolio tips" in text
    assert "(related guides are chosen by editors, with a reason): Bell founder" in text
    assert text.endswith("1 line not placed")


@pytest.mark.parametrize("seed", range(60))
def test_a_mangled_page_is_read_or_refused_but_never_breaks(seed):
    """Lines lost, doubled, swapped or cut: the answer is a draft that survives its file, or problems with reasons."""
    rng = random.Random(seed)
    lines = page().split("\n")
    for _ in range(rng.randint(1, 12)):
        at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        match rng.randrange(5):
            case 0:
                del lines[at]
            case 1:
                lines.insert(other, lines[at])
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
            case 3:
                lines[at] = lines[at][: len(lines[at]) // 2]
            case _:
                lines[at] = lines[at] + lines[other]
    with suppress(SeedTextError):
        done = read("\n".join(lines).encode())
        assert load(dump(done.guide)) == done.guide
        assert {row.line for row in done.unplaced} <= set(range(1, len(lines) + 1))
