"""The diff names every change that a document can have."""

import copy
from typing import get_args

import pytest
from pydantic import BaseModel

from careers.choices import Section
from careers.diff import Kind, diff, diff_for_readers
from careers.diff.words import words
from careers.document.schema import Guide
from careers.tests.factories import PLAIN, complete_document, full_document

DOCUMENT = full_document().model_dump(mode="json")


def leaves(model, tree, path=()):
    """Paths of all values of the document; a field that the sample leaves empty is an error."""
    for name, info in model.model_fields.items():
        inner = next((k for k in (info.annotation, *get_args(info.annotation)) if isinstance(k, type) and issubclass(k, BaseModel)), None)
        value = tree[name]
        if inner and isinstance(value, list):
            assert value, (*path, name)
            for number, row in enumerate(value):
                yield from leaves(inner, row, (*path, name, number))
        elif inner:
            yield from leaves(inner, value, (*path, name))
        else:
            yield (*path, name)


def changed(path):
    """A copy with one value changed, and the words by which the change must be known."""
    tree = copy.deepcopy(DOCUMENT)
    part = _at(path[:-1], tree)
    value = part[path[-1]]
    match value:
        case bool():
            part[path[-1]] = not value
        case None:
            part[path[-1]] = 4321
        case int() | float():
            part[path[-1]] = value + 1
        case list():
            part[path[-1]] = [*value, "Zebra"]
        case _:
            part[path[-1]] = "zebra"
    return tree


PATHS = list(leaves(Guide, DOCUMENT))


def shown(section):
    def texts(change):
        yield from (change.name, change.before, change.after, *(word.text for word in change.words))
        for part in change.parts:
            yield from texts(part)

    return " ".join(text for change in section.changes for text in texts(change)).lower()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(map(str, path)))
def test_a_change_of_any_value_is_told_in_its_section_and_no_other(path):
    tree = changed(path)
    (section,) = diff(DOCUMENT, tree)
    (back,) = diff(tree, DOCUMENT)
    assert back.title == section.title
    assert all(change.before or change.after or change.parts for change in section.changes)
    value = _at(path, tree)
    if isinstance(value, str | list):
        assert "zebra" in shown(section)


def test_the_sample_has_every_field_of_the_schema():
    """Filled somewhere; an empty value is changed too, but says nothing of how a change of it reads."""
    filled = {tuple(step for step in path if isinstance(step, str)) for path in PATHS if _at(path) not in (None, "", [])}
    assert {tuple(step for step in path if isinstance(step, str)) for path in PATHS} == filled


def _at(path, value=DOCUMENT):
    for step in path:
        value = value[step]
    return value


def test_two_that_say_the_same_do_not_differ():
    assert diff(DOCUMENT, copy.deepcopy(DOCUMENT)) == diff(complete_document(), complete_document()) == []


def test_sections_come_in_page_order():
    tree = dict.fromkeys(DOCUMENT)
    order = [section.anchor for section in diff(DOCUMENT, tree)]
    assert [anchor for anchor in order if anchor] == Section.values
    assert (order[0], order[-1]) == ("", "")


def one(**changes):
    (section,) = diff(complete_document(), complete_document(**changes))
    return section.changes


def test_figures_are_told_with_their_unit():
    (row,) = one(pay=[{**PLAIN["pay"][0], "median": 46_000}])
    (part,) = row.parts
    assert (row.name, part.name, part.before, part.after) == ("Pay band “United States”", "Median", "$45,000 a year", "$46,000 a year")


def test_growth_is_told_in_percent():
    (row,) = one(outlook=[{**PLAIN["outlook"][0], "percent": -2}])
    assert (row.parts[0].name, row.parts[0].before, row.parts[0].after) == ("Growth", "+5.2%", "−2%")


def test_choices_are_told_in_words():
    (change,) = one(remote={"level": "hybrid", "note": PLAIN["remote"]["note"]})
    assert (change.name, change.before, change.after) == ("Remote work: level", "Some", "Hybrid")


def test_changed_words_of_a_text_are_marked():
    (change,) = one(what_you_do=PLAIN["what_you_do"].replace("cut and sew", "cut, glue and sew"))
    assert [word.text.strip(" ,") for word in change.words if word.kind] == ["glue"]
    assert "".join(word.text for word in change.words) == change.after


def test_an_item_that_was_moved_is_not_new():
    (change,) = one(aliases=["Sail crafter", "Kite builder"])
    assert (change.kind, change.before) == (Kind.MOVED, change.after)
    assert [(change.kind, change.after) for change in one(advice=["New one.", "Keep offcuts."])] == [(Kind.ADDED, "New one.")]


def test_a_renamed_row_is_the_same_row():
    tiers = copy.deepcopy(PLAIN["tiers"])
    tiers[2]["title"] = "Grand master"
    (row,) = one(tiers=tiers)
    assert (row.kind, row.name, [part.name for part in row.parts]) == (Kind.CHANGED, "Tier “Grand master”", ["Title"])


def test_rows_that_change_places_are_moved():
    tiers = PLAIN["tiers"]
    changes = one(tiers=[tiers[2], tiers[0], tiers[1]])
    assert [(change.kind, change.name) for change in changes] == [(Kind.MOVED, "Tier “Master”")]


def test_a_new_row_is_told_with_all_it_says():
    faq = [*PLAIN["faq"], {"question": "Does it rain?", "answer": "Often."}]
    (row,) = one(faq=faq)
    assert (row.kind, row.name) == (Kind.ADDED, "Question “Does it rain?”")
    assert ("Answer", "Often.") in [(part.name, part.after) for part in row.parts]


def test_readers_are_not_told_what_they_cannot_see():
    after = copy.deepcopy(DOCUMENT)
    after["slug"], after["codes"]["isco"], after["outlook"][0]["stated_label"] = "new", "1111", "slow"
    after["faq"][0]["held"] = True
    assert diff_for_readers(DOCUMENT, after) == []
    assert len(diff(DOCUMENT, after)) == 3


def test_readers_are_shown_texts_without_their_marks():
    (section,) = diff_for_readers(DOCUMENT, DOCUMENT | {"setting": "A **small** workshop, see [the list](https://example.org/list)."})
    assert section.changes[0].after == "A small workshop, see the list."
    moved = DOCUMENT | {"what_you_do": DOCUMENT["what_you_do"].replace("example.org/care", "example.org/new")}
    assert (len(diff(DOCUMENT, moved)), diff_for_readers(DOCUMENT, moved)) == (1, [])


def test_a_document_of_another_format_is_compared_as_far_as_it_goes():
    old = {"format": "waymark-guide/0", "title": "Kite maker", "motto": "Up", "pay": None}
    assert any("motto" in shown(section) for section in diff(old, DOCUMENT))


@pytest.mark.parametrize(
    ("before", "after"),
    [("a b c", "a c"), ("one\n\ntwo", "one two"), ("", "x"), ("It’s well-known.", "It’s known!"), ("a" * 9, "b" * 9)],
)
def test_marked_words_hold_both_texts(before, after):
    marked = words(before, after)
    assert "".join(word.text for word in marked if word.kind is not Kind.REMOVED) == after
    old = "".join(word.text for word in marked if word.kind is not Kind.ADDED)
    assert old.split() == before.split()


def test_long_texts_that_share_nothing_are_compared_in_time():
    before, after = " ".join(f"a{n}" for n in range(6000)), " ".join(f"b{n}" for n in range(6000))
    assert [word.kind for word in words(before, after)] == [Kind.REMOVED, Kind.ADDED]
