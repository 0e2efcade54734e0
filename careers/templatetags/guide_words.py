"""Filters of the guide templates (a builtin, see settings)."""

from collections.abc import Mapping
from datetime import time

from django import template

from careers.page import words
from kit.words import within_sentence

register = template.Library()


@register.filter
def at(mapping: Mapping[str, object], path: str) -> object:
    """The value under a key that holds dots: `page.prose|at:"demand.text"`."""
    return mapping[path]


@register.filter
def clock(moment: time) -> str:
    return words.clock(moment)


@register.filter
def lower_first(name: str) -> str:
    return within_sentence(name)
