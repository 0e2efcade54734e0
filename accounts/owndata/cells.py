"""Values as cells of a CSV file that a spreadsheet shows and never runs, and back again."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

# A cell that begins with one of these may be read as a formula (OWASP, CSV injection); some spreadsheets take the wide
# signs of East Asian keyboards for the plain ones. The apostrophe is here so that every mark can be taken off again.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
MARK = "'"


def cell(value: Any) -> str:
    """Numbers stay numbers, moments are ISO 8601 in UTC, lists and mappings are JSON, text cannot become a formula."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float() | Decimal():
            return str(value)
        case datetime():
            return value.isoformat()
        case dict() | list():
            return safe(json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder))
        case _:
            return safe(str(value))


def safe(text: str) -> str:
    return MARK + text if text.startswith(RISKY) else text


def unsafe(text: str) -> str:
    """What `safe` was given. For files of ours alone: in others an apostrophe is the writer's own."""
    return text[1:] if text.startswith(MARK) and text[1:].startswith(RISKY) else text
