"""Questions about the portal itself."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.safestring import SafeString
from ruamel.yaml import YAML

from careers.models import SiteQuestion
from kit.markdown import shown, to_html


@dataclass(frozen=True)
class Answer:
    slug: str
    question: str
    html: SafeString


@dataclass(frozen=True)
class TopicAnswers:
    topic: SiteQuestion.Topic
    answers: list[Answer]


def published_questions() -> list[TopicAnswers]:
    """Published questions by topic, in the order of the topics; topics without any are left out. One query."""
    rows = list(SiteQuestion.objects.filter(is_published=True))
    groups = ((topic, [_answer(row) for row in rows if row.topic == topic]) for topic in SiteQuestion.Topic)
    return [TopicAnswers(topic, answers) for topic, answers in groups if answers]


def _answer(row: SiteQuestion) -> Answer:
    return Answer(row.slug, row.question, shown(to_html(row.answer)))


@transaction.atomic
def load_site_questions(path: Path) -> int:
    """Creates and publishes the questions that are missing, in file order; returns how many the file has.

    What staff changed since stays as they left it. ValueError names a topic that does not exist.
    """
    entries: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(path.read_bytes())
    topics = {topic.label: topic for topic in SiteQuestion.Topic}
    for position, entry in enumerate(entries, 1):
        if entry["topic"] not in topics:
            raise ValueError(f"question '{entry['slug']}': there is no topic '{entry['topic']}'")
        values = {"topic": topics[entry["topic"]], "question": entry["question"], "answer": entry["answer"]}
        SiteQuestion.objects.get_or_create(slug=entry["slug"], defaults={**values, "position": position, "is_published": True})
    return len(entries)
