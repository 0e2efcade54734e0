"""Tools with the products that their brackets name."""

import re

from careers.document.schema import Tool, ToolGroup
from careers.seedtext.lines import Body, Found
from careers.seedtext.words import count

_EXAMPLES = re.compile(r"\s*\(\s*(?:e\.?g\.?,?|such as|like|including|for example,?)\s+([^()]+)\)", re.IGNORECASE)
_LAST_BRACKET = re.compile(r"\s*\(([^()]*,[^()]*)\)$")


def read(body: Body) -> Found:
    tools = [tool(text) for text in body.items()]
    words = count(len(tools), "tool")
    if examples := sum(len(item.examples) for item in tools):
        words += f", {count(examples, 'example')}"
    return Found(words, {"tools": [ToolGroup(items=tools)]} if tools else {})


def tool(text: str) -> Tool:
    """A tool such as "Ledgers (e.g., Tidewise, Quill)" has two examples; in "Radio (VHF)" the bracket belongs to the name."""
    bracket = _EXAMPLES.search(text) or _LAST_BRACKET.search(text)
    if not bracket:
        return Tool(name=text)
    name = (text[: bracket.start()] + text[bracket.end() :]).strip()
    examples = [example for part in re.split(r",|;|\s+(?:and|or)\s+", bracket[1]) if (example := _clean(part))]
    if not name or any(_abbreviates(example, text[: bracket.start()]) for example in examples):
        return Tool(name=text)
    return Tool(name=name, examples=list(dict.fromkeys(examples)))


def _clean(part: str) -> str:
    part = re.sub(r"^(?:and|or)\s+", "", part.strip())
    return "" if part.strip(". ").lower() in {"", "etc", "others", "more"} else part


def _abbreviates(short: str, name: str) -> bool:
    return len(short) > 1 and short.isupper() and "".join(re.findall(r"\b[A-Za-z]", name)).upper().endswith(short)
