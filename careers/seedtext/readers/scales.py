"""Words of a scale, as pages print them."""

import re
from typing import TypeVar

from django.db.models import IntegerChoices

Scale = TypeVar("Scale", bound=IntegerChoices)

_SAME = {"medium": "moderate", "very good": "excellent"}


def words_of(scale: type[Scale]) -> dict[str, Scale]:
    """Lowercase label -> member; "medium" also stands for "moderate"."""
    words = {member.label.lower(): member for member in scale}
    return words | {also: words[word] for also, word in _SAME.items() if word in words}


def named_in(text: str, scale: type[Scale]) -> list[Scale]:
    """Members in reading order: two for "Moderate to High"."""
    words = words_of(scale)
    known = "|".join(sorted(words, key=len, reverse=True))
    rest = re.sub(rf"\b(?:{known}|to|or|and)\b|[\s/,–—-]", "", text.lower())
    return [] if rest else [words[word] for word in re.findall(rf"\b(?:{known})\b", text.lower())]


def choices(scale: type[Scale]) -> str:
    return ", ".join(member.label.lower() for member in scale)
