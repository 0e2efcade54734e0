"""Questions about the portal."""

from django.http import HttpResponse
from django.template.response import TemplateResponse

from careers.questions import published_questions
from careers.structured import faq_page
from kit.cache import public_page
from kit.http import Request


@public_page
def questions(request: Request) -> HttpResponse:
    topics = published_questions()
    pairs = [(answer.question, str(answer.html)) for group in topics for answer in group.answers]
    context = {"topics": topics, "structured": [faq_page(pairs)] if pairs else []}
    return TemplateResponse(request, "careers/questions.html", context)
