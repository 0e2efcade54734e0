"""Amounts of money as pages print them."""

import re

AMOUNT = r"(?:[A-Z]{2,3}\s?)?[$€£¥₹]?\s?\d{1,3}(?:,\d{3})+(?!\d)[kK]?\+?|(?:[A-Z]{2,3}\s?)?[$€£¥₹]?\s?\d+(?:\.\d+)?[kK]?\+?"
RANGE = re.compile(rf"({AMOUNT})\s*(?:[—–-]|to)\s*({AMOUNT})")
MOST = 100_000_000


def amount(text: str) -> int | None:
    """Whole units: "$42,500", "42.5k" and "52,000+" are read; None for anything else, zero and sums over 100 million."""
    if not re.fullmatch(AMOUNT, text.strip()):
        return None
    digits = re.sub(r"[^\d.]", "", text)
    value = float(digits) * (1000 if "k" in text.lower() else 1)
    return int(value) if value.is_integer() and 0 < value < MOST else None
