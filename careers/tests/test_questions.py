"""Questions about the portal."""

import json
import re

import pytest
from django.urls import reverse

from careers.models import SiteQuestion
from careers.questions import load_site_questions

pytestmark = pytest.mark.django_db

URL = reverse("careers:questions")


def ask(slug, topic=SiteQuestion.Topic.USING, *, published=True, answer="Yes, **always**.", position=0):
    return SiteQuestion.objects.create(
        slug=slug, topic=topic, question=f"About {slug}?", answer=answer, is_published=published, position=position
    )


def test_questions_stand_under_their_topics_in_order(client):
    ask("who", SiteQuestion.Topic.ABOUT)
    ask("second", position=2)
    ask("first", position=1)
    html = client.get(URL).content.decode()
    places = [
        html.index(words)
        for words in ("Using Waymark</h2>", "About first?</summary>", "About second?</summary>", "Who we are</h2>", "About who?</summary>")
    ]
    assert places == sorted(places)
    assert "Figures and sources" not in re.sub(r"<footer.*", "", html, flags=re.S)


def test_drafts_are_not_shown(client):
    ask("secret", published=False)
    html = client.get(URL).content.decode()
    assert "About secret?" not in html
    assert "No questions here yet" in html


def test_an_answer_has_an_address_inside_its_fold_so_that_the_browser_opens_it(client):
    question = ask("printing")
    html = client.get(URL).content.decode()
    assert question.get_absolute_url() == f"{URL}#printing"
    assert re.search(r'<details[^>]*>\s*<summary>About printing\?</summary>(?:(?!</details>).)*id="printing"', html, re.S)


def test_markdown_is_cleaned(client):
    ask("bad", answer="*Fine* <script>alert(1)</script> [x](javascript:alert(1))")
    html = client.get(URL).content.decode()
    assert "<em>Fine</em>" in html
    assert "<script>alert" not in html
    assert 'href="javascript' not in html


def test_search_engines_get_questions_and_answers(client):
    ask("always")
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', client.get(URL).content.decode(), re.S)[1]
    data = json.loads(block)
    assert data["@type"] == "FAQPage"
    assert data["mainEntity"][0] == {
        "@type": "Question",
        "name": "About always?",
        "acceptedAnswer": {"@type": "Answer", "text": "Yes, always."},
    }


def test_the_page_costs_one_query(client, django_assert_max_num_queries):
    for number in range(10):
        ask(f"q-{number}")
    with django_assert_max_num_queries(2):  # the other is the content stamp
        client.get(URL)


FILE = """
- {slug: one, topic: Your account, question: One?, answer: Yes.}
- {slug: two, topic: Who we are, question: Two?, answer: No.}
"""


def write(tmp_path, text):
    path = tmp_path / "faqs.yaml"
    path.write_text(text)
    return path


def test_a_file_is_loaded_once_and_staff_keep_their_changes(tmp_path):
    path = write(
        tmp_path,
        "- {slug: one, topic: Your account, question: One?, answer: Yes.}\n- {slug: two, topic: Who we are, question: Two?, answer: No.}\n",
    )
    assert load_site_questions(path) == 2
    SiteQuestion.objects.filter(slug="one").update(answer="Changed.", is_published=False)
    assert load_site_questions(path) == 2
    assert list(SiteQuestion.objects.order_by("slug").values_list("slug", "topic", "answer", "is_published")) == [
        ("one", "account", "Changed.", False),
        ("two", "about", "No.", True),
    ]


def test_a_file_with_an_unknown_topic_is_refused_whole(tmp_path):
    path = write(
        tmp_path,
        "- {slug: one, topic: Your account, question: One?, answer: Yes.}\n- {slug: two, topic: Weather, question: Two?, answer: No.}\n",
    )
    with pytest.raises(ValueError, match="question 'two': there is no topic 'Weather'"):
        load_site_questions(path)
    assert not SiteQuestion.objects.exists()
