"""Questions and answers."""

import re

from careers.document.schema import Question
from careers.seedtext.lines import Body, Found, Line
from careers.seedtext.words import count

_PREFIX = re.compile(r"^(?:Q|A|Question|Answer)\s*\d*\s*:\s+", re.IGNORECASE)


def read(body: Body) -> Found:
    questions = []
    body.leave(body.take_while(lambda line: not is_question(line)), "stands before the first question")
    while body:
        asked = body.take()
        answer = body.take_while(lambda line: not is_question(line))
        if not answer:
            body.fault(asked, f"the question '{asked.text}' has no answer")
            continue
        question = body.short(asked, _PREFIX.sub("", asked.text))
        first = Line(answer[0].number, _PREFIX.sub("", answer[0].text), answer[0].bullet)
        questions.append(Question(question=question, answer=body.prose([first, *answer[1:]])))
    return Found(count(len(questions), "question"), {"faq": questions})


def is_question(line: Line) -> bool:
    return line.text.endswith("?") and len(line.text) <= 300
