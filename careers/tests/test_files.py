import pytest

from careers.document import files
from careers.document.files import GuideFileError
from careers.tests.factories import complete_document

HEAD = b"format: waymark-guide/1\nslug: kite-maker\ntitle: Kite maker\n"


def fault(data):
    with pytest.raises(GuideFileError) as caught:
        files.load(data)
    return caught.value.problems


def test_a_dumped_guide_loads_as_itself_and_dumps_as_the_same_bytes():
    document = complete_document()
    data = files.dump(document)
    assert files.load(data) == document
    assert files.dump(files.load(data)) == data


def test_each_paragraph_stands_on_a_line_of_its_own():
    text = "First paragraph that goes on. " * 9 + "\n\n" + "Second."
    data = files.dump(complete_document(setting=text)).decode()
    assert "\n\n  Second.\n" in data


def test_words_that_yaml_may_misread_come_back_as_text():
    document = complete_document(advice=["yes", "no", "12:30", "2026-01-01", "~", "1e3", "a: b", "# not a comment", "'quoted'"])
    assert files.load(files.dump(document)) == document


@pytest.mark.parametrize(
    ("added", "line", "reason"),
    [
        (b"pay:\n  - method: guess\n", 5, "must be one of: measured, editor"),
        (b"faq:\n  - question: Why?\n", 5, "answer: Field required"),
        (b"salary: 10\n", 4, "Extra inputs are not permitted"),
        (b"sources:\n  - key: a\n    publisher: b\n    title: c\n    retrieved: 2026-02-31\n", 8, "date"),
        (b"day:\n  - name: M\n    start: '12:00'\n    end: '09:00'\n    focus: f\n    tasks: [t]\n", 5, "start is not before end"),
        (b"title: Again\n", 4, "duplicate key"),
        (b"intro: [", 4, "expected"),
        (b"intro: \xff\n", 4, "is not UTF-8 text"),
        (b"intro: a\x00b\n", 4, "character"),
        (b"related:\n  - slug: a\n    reason: r\n  - slug: a\n    reason: s\n", None, "listed twice"),
        (b"case_studies:\n  - slug: a\n    title: t\n    text: x\n    takeaway: y\n    basis: sourced\n", 5, "names the source"),
        (b"tiers:\n  - title: T\n    years_min: 5\n    years_max: 2\n    text: x\n", 5, "years_max is not above years_min"),
    ],
)
def test_a_fault_names_its_line_and_reason(added, line, reason):
    problems = fault(HEAD + added)
    assert any(found == line and reason in why for found, why in problems), problems


def test_percentiles_must_rise():
    band = b"pay:\n  - method: measured\n    place: US\n    country: US\n    currency: USD\n    unit: year\n    p10: 9\n    median: 5\n"
    assert "rising order" in fault(HEAD + band)[0][1]


def test_an_editors_range_is_never_a_percentile():
    band = b"pay:\n  - method: editor\n    place: US\n    country: US\n    currency: USD\n    unit: year\n    p10: 9\n"
    assert "no percentiles" in fault(HEAD + band)[0][1]


def test_a_figure_cannot_name_a_source_that_is_not_listed():
    outlook = b"outlook:\n  - method: measured\n    percent: 3\n    place: US\n    country: US\n    source: nowhere\n"
    assert "'nowhere' is used but not listed" in fault(HEAD + outlook)[0][1]


@pytest.mark.parametrize("data", [b"", b"- a\n- b\n", b"just text", b"[" * 4000, b"x" * 1_000_001])
def test_what_is_not_a_guide_file_is_refused(data):
    assert fault(data)


@pytest.mark.parametrize("slug", [b"Big", b"a--b", b"-a", b"a b", b"a-vs-b", b"vs", b"\xc3\xa9"])
def test_slugs_are_plain_words_without_vs(slug):
    assert any("slug" in why for _, why in fault(b"format: waymark-guide/1\ntitle: T\nslug: " + slug + b"\n"))


def test_our_files_are_told_from_copied_pages():
    assert files.is_guide_file(b"# a comment\n" + HEAD)
    assert not files.is_guide_file(b"Kite maker Career Path Guide\n")
