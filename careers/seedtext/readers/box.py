"""The subscription box at the foot of the page. Plans are kept in billing, so nothing of it enters the guide."""

import re

from careers.seedtext.lines import Body, Found, Line
from careers.seedtext.words import count

_PRICE = re.compile(r"^(?:USD|EUR|GBP)?\s*[$€£]\s?\d+(?:\.\d{2})?\s*/\s*(?:month|mo|year|yr)$", re.IGNORECASE)
_ACTION = re.compile(r"^(?:Go to|Upgrade|Subscribe|Sign in|Log in|Get|Choose|Start)\b.{0,40}$", re.IGNORECASE)
_BEFORE_PLANS = 3  # brand, how many people pay, name of the first plan


def read(body: Body) -> Found:
    lines = body.take_all()
    prices = [at for at, line in enumerate(lines) if _PRICE.match(line.text)]
    known = {at for at, line in enumerate(lines) if line.bullet or _PRICE.match(line.text) or _ACTION.match(line.text)}
    for at in prices:
        known |= {at - 1, at + 1}  # name and tagline of the plan
    if prices:
        known |= set(range(max(0, prices[0] - _BEFORE_PLANS), prices[0]))
    body.leave((line for at, line in enumerate(lines) if at not in known), "not a known part of the subscription box")
    return Found(f"{count(len(prices), 'plan')}, {count(bullets(lines), 'feature')} (kept in billing, not in the guide)")


def bullets(lines: list[Line]) -> int:
    return sum(line.bullet for line in lines)
