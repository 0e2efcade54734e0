"""Sentences in ads that speak to robots, or to people as if they were: no part of the job, so they go."""

import re
from collections.abc import Iterator
from itertools import pairwise

_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?=\S)[^.!?\n]*)*(?:[.!?]+|\n|$)\s*")
_PLEASE = re.compile(r"(?<=[\w)\]”\".])(?=Please mention the word)")  # Remote OK glues it to the last sentence
_TO_ROBOTS = re.compile(
    r"(?ix)"
    r"\b(mention|include|use|write|put|add|type|start)\b[^\n]{0,60}\b(word|phrase|code\s?word|keyword|password|emoji)\b[^\n]{0,160}"
    r"\b(appl(y|ying|ication)|cover\sletter|subject|read\s(this|the|through)|human)\b"
    r"|\#?\bRM[A-Za-z0-9+/]{8,}={0,2}"  # Remote OK's mark of the reader's address, base64
    r"|beta\sfeature\sto\savoid\sspam\sapplicants"
    r"|companies\scan\ssearch\sthese\swords"
    r"|\b(ignore|disregard|forget)\b[^\n]{0,30}\b(previous|prior|above|earlier|all|your)\b[^\n]{0,20}\b(instructions?|prompts?|rules)\b"
    r"|\bif\s(you|you're|you\sare|this\sis\sread\sby)\b[^\n]{0,20}\b(an?\s)?(a\.?i\.?|llm|large\slanguage\smodel|language\smodel|chat\s?bot|bot|robot)"
    r"(\s(assistant|agent|model|system|tool))?\s*[,:;]"
    r"|\b(as\san?|you\sare\san?|dear|attention|note\sto)\s(ai|llm|language\smodel)s?\s?(assistant|agent|model|screener|system|bot)?s?\s*[,:;]"
    r"|\bsystem\sprompt\b|<\|?(im_start|system|endoftext)"
)


def spans_for_robots(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every sentence of a text that is meant for robots, in order."""
    if not _TO_ROBOTS.search(text):
        return
    for start, end in _sentences(text):
        if _TO_ROBOTS.search(text, start, end):
            yield start, end


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    cuts = {0, len(text)} | {found.end() for found in _SENTENCE.finditer(text)} | {found.start() for found in _PLEASE.finditer(text)}
    ordered = sorted(cuts)
    yield from pairwise(ordered)
