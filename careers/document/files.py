"""Guide files: the document as YAML 1.2, readable and with a line number for every fault.

`dump` is deterministic, so export, import and export again give the same bytes. The format is described
for writers in docs/guide-format.md.
"""

import io
from collections.abc import Sequence
from datetime import date, time
from enum import Enum
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scalarstring import LiteralScalarString

from careers.document.schema import FORMAT, Guide

MAX_BYTES = 1_000_000  # a complete guide has about 30 kB
BLOCK_OVER = 88  # longer texts stand as a block of their own


class _Constructor(RoundTripConstructor):
    """Leaves dates as text, so that the schema judges them and names their line."""


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", RoundTripConstructor.construct_yaml_str)


class GuideFileError(ValueError):
    """A guide file that cannot be read: `problems` is a list of (line or None, reason)."""

    def __init__(self, problems: Sequence[tuple[int | None, str]]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(f"line {line}: {why}" if line else why for line, why in self.problems))


def load(data: bytes) -> Guide:
    """Read a guide file (UTF-8). Raises GuideFileError naming line and reason; never returns half a guide."""
    tree = _parse(_decode(data))
    try:
        return Guide.model_validate(tree)
    except ValidationError as error:
        problems = [(_line(tree, fault["loc"]), _reason(fault)) for fault in error.errors(include_url=False)]
        raise GuideFileError(sorted(problems, key=lambda p: p[0] or 0)) from error


def dump(guide: Guide) -> bytes:
    """The guide as a file. Empty parts are left out."""
    plain = guide.model_dump(exclude_defaults=True)
    out = io.BytesIO()
    _yaml().dump(_readable({"format": FORMAT, **plain}), out)
    return out.getvalue()


def is_guide_file(data: bytes) -> bool:
    """Whether the text is ours rather than something copied from a page."""
    return any(line.startswith(b"format: waymark-guide/") for line in data[:2000].splitlines())


def _decode(data: bytes) -> str:
    if len(data) > MAX_BYTES:
        raise GuideFileError([(None, f"the file has {len(data):,} bytes; at most {MAX_BYTES:,} are read")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise GuideFileError([(line, "is not UTF-8 text")]) from error


def _parse(text: str) -> CommentedMap:
    try:
        tree = _yaml().load(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise GuideFileError([(mark.line + 1 if mark else None, error.problem or "is not YAML")]) from error
    except ReaderError as error:
        raise GuideFileError([(text.count("\n", 0, error.position) + 1, "holds a character that YAML forbids")]) from error
    except YAMLError as error:
        raise GuideFileError([(None, str(error).splitlines()[0])]) from error
    except RecursionError as error:
        raise GuideFileError([(None, "is nested too deeply")]) from error
    if not isinstance(tree, CommentedMap):
        raise GuideFileError([(1, "is not a guide file: it must start with 'format: waymark-guide/1'")])
    return tree


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.Constructor = _Constructor
    yaml.width = 1_000_000  # one line per paragraph: diffs show what changed
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_duplicate_keys = False
    return yaml


def _readable(value: Any) -> Any:
    if isinstance(value, Enum):
        value = value.value
    match value:
        case dict():
            return {key: _readable(item) for key, item in value.items()}
        case list():
            return [_readable(item) for item in value]
        case str() if "\n" in value or len(value) > BLOCK_OVER:
            return LiteralScalarString(value)
        case time():
            return value.strftime("%H:%M")
        case float() if value.is_integer():
            return int(value)
        case date() | str() | bool() | int() | float() | None:
            return value
    raise TypeError(f"no YAML form for {type(value).__name__}")


def _line(tree: Any, loc: Sequence[int | str]) -> int | None:
    """Line of the innermost part of `loc` that stands in the file."""
    line = None
    for step in loc:
        if isinstance(tree, CommentedMap) and step in tree:
            line = tree.lc.key(step)[0] + 1
        elif isinstance(tree, CommentedSeq) and isinstance(step, int) and step < len(tree):
            line = tree.lc.item(step)[0] + 1
        else:
            break
        tree = tree[step]
    return line


def _reason(fault: Any) -> str:
    where = ".".join(str(step + 1) if isinstance(step, int) else step for step in fault["loc"])
    why = fault["msg"].removeprefix("Value error, ")
    return f"{where}: {why}" if where else why
