"""Case studies and questions that stand in several guides: written in one, shown in all."""

import pytest

from careers.document import rows
from careers.models import CaseShare, CaseStudy, Question, QuestionShare
from careers.shares import others_showing
from careers.tests.factories import draft_guide, published_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return draft_guide(faq=[{"question": "Home?", "answer": "Yes."}])


@pytest.fixture
def other(home):
    """Its own question and case, and those of `home` before them."""
    guide = draft_guide(slug="sail-maker", title="Sail maker", faq=[{"question": "Own?", "answer": "No."}], case_studies=[])
    guide.question_set.update(position=2)
    QuestionShare.objects.create(guide=guide, question=home.question_set.get(), position=1)
    CaseShare.objects.create(guide=guide, case=home.casestudy_set.get(), position=1)
    return guide


def test_a_shared_part_stands_in_the_document_at_its_place(home, other):
    document = rows.read(other)
    assert [item.question for item in document.faq] == ["Home?", "Own?"]
    assert document.case_studies == rows.read(home).case_studies


def test_writing_the_same_document_keeps_what_is_shared(home, other):
    rows.write(rows.read(other), other)
    assert QuestionShare.objects.get().question == home.question_set.get()
    assert CaseShare.objects.get().case == home.casestudy_set.get()
    assert [row.question for row in other.question_set.all()] == ["Own?"]


def test_a_changed_copy_is_the_guides_own(home, other):
    document = rows.read(other)
    faq = [document.faq[0].model_copy(update={"answer": "Otherwise here."}), document.faq[1]]
    rows.write(document.model_copy(update={"faq": faq}), other)
    assert not QuestionShare.objects.exists()
    assert [item.answer for item in rows.read(other).faq] == ["Otherwise here.", "No."]
    assert [item.answer for item in rows.read(home).faq] == ["Yes."]


def test_a_document_without_it_takes_it_out_of_this_guide_only(home, other):
    document = rows.read(other)
    rows.write(document.model_copy(update={"case_studies": []}), other)
    assert rows.read(other).case_studies == []
    assert CaseStudy.objects.filter(guide=home).count() == 1


def test_a_part_keeps_its_key_when_its_guide_is_written_anew(home, other):
    question, case = Question.objects.get(guide=home).pk, CaseStudy.objects.get(guide=home).pk
    document = rows.read(home)
    first = {"question": "First?", "answer": "Yes."}
    rows.write(document.model_validate({**document.model_dump(), "faq": [first, *document.model_dump()["faq"]]}), home)
    assert Question.objects.get(guide=home, question="Home?").pk == question
    assert CaseStudy.objects.get(guide=home).pk == case
    assert [item.question for item in rows.read(other).faq] == ["Home?", "Own?"]


def test_the_guides_that_show_it_are_known(home, other):
    assert others_showing(home) == [other]
    assert others_showing(other) == []


def test_rows_keep_their_keys_so_that_an_open_form_finds_them():
    guide = published_guide().guide
    before = list(guide.tier_set.values_list("pk", flat=True))
    rows.write(rows.read(guide), guide)
    assert list(guide.tier_set.values_list("pk", flat=True)) == before
