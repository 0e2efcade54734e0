"""Stress level, balance rating and their text."""

import re
from typing import TypeVar

from django.db.models import IntegerChoices

from careers.choices import Balance, Stress
from careers.document.schema import StressAndBalance
from careers.seedtext.lines import Body, Found, Line
from careers.seedtext.readers.plain import paragraphs
from careers.seedtext.readers.scales import choices, named_in

_RATED = re.compile(r"^(Stress Level|Balance Rating)\s*:\s*(.*)$", re.IGNORECASE)

Scale = TypeVar("Scale", bound=IntegerChoices)


def read(body: Body) -> Found:
    stress: Stress | None = None
    balance: Balance | None = None
    notes: dict[str, str] = {}
    texts: list[Line] = []
    for line in body.take_all():
        rated = _RATED.match(line.text)
        if not rated:
            texts.append(line)
        elif rated[1].lower().startswith("stress"):
            levels = _levels(body, line, rated[2], Stress)
            stress = max(levels, default=None)
            notes |= _note(body, line, "stress", rated[2], levels)
        else:
            ratings = _levels(body, line, rated[2], Balance)
            balance = min(ratings, default=None)
            notes |= _note(body, line, "balance", rated[2], ratings)
    whole = StressAndBalance(
        stress=stress, stress_note=notes.get("stress"), balance=balance, balance_note=notes.get("balance"), text=body.prose(texts)
    )
    words = [f"{name} {rating.label.lower()}" for name, rating in (("stress", stress), ("balance", balance)) if rating]
    return Found(", ".join([*words, paragraphs(len(texts))]), {"stress_balance": whole})


def _levels(body: Body, line: Line, text: str, scale: type[Scale]) -> list[Scale]:
    levels = named_in(text, scale)
    if not levels:
        body.fault(line, f"'{text}' is none of {choices(scale)}")
    return levels


def _note(body: Body, line: Line, name: str, text: str, levels: list[Scale]) -> dict[str, str]:
    """The words of a rating that names two levels; the harder one counts."""
    if len(levels) < 2:
        return {}
    body.warn(line, f"'{text}' names {len(levels)} levels; the less pleasant one was taken")
    return {name: body.short(line, text)}
