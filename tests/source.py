"""Our own source, read as text and syntax trees. Tests and migrations are no product code."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("kit", "billing", "careers", "jobs", "ads", "accounts", "alerts", "newsroom", "portal")  # an import may only go to the left
TEMPLATES = ROOT / "templates"


@dataclass(frozen=True)
class Module:
    path: Path
    name: str  # dotted
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.name.partition(".")[0]

    @property
    def package(self) -> str:
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]


@dataclass(frozen=True)
class Import:
    module: Module
    target: str  # dotted: a module, or a name in one that is not ours
    line: int
    only_for_types: bool

    def __str__(self) -> str:
        return f"{self.module.name}:{self.line} imports {self.target}"


@cache
def modules() -> dict[str, Module]:
    found = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            inside = path.relative_to(ROOT)
            if {"tests", "migrations"} & set(inside.parts):
                continue
            name = ".".join(inside.with_suffix("").parts).removesuffix(".__init__")
            text = path.read_text()
            found[name] = Module(path, name, text, ast.parse(text, str(inside)))
    return found


@cache
def templates() -> dict[str, str]:
    """Name as the loaders know it -> text, for our own templates."""
    folders = [TEMPLATES, *(ROOT / room / "templates" for room in ROOMS)]
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in {".html", ".txt", ".xml", ".svg"}
    }


@cache
def imports() -> tuple[Import, ...]:
    return tuple(found for module in modules().values() for found in _imports(module))


def _imports(module: Module) -> Iterator[Import]:
    typing = {id(node) for block in ast.walk(module.tree) if _is_typing_block(block) for part in block.body for node in ast.walk(part)}
    for node in ast.walk(module.tree):
        for target in _targets(module, node):
            yield Import(module, target, node.lineno, id(node) in typing)


def _is_typing_block(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}


def _targets(module: Module, node: ast.AST) -> list[str]:
    """`from a import b` is an import of module a.b when there is one, else of a; names that are not ours stay whole."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = module.package.split(".")
    base = base[: len(base) - node.level + 1] if node.level else []
    source = ".".join([*base, *([node.module] if node.module else [])])
    if source.partition(".")[0] not in ROOMS:
        return [f"{source}.{alias.name}" for alias in node.names]
    return sorted({whole if (whole := f"{source}.{alias.name}") in modules() else source for alias in node.names})


def strings(module: Module) -> Iterator[tuple[str, int]]:
    """Text constants and f-strings; what an f-string fills in stands as \\x00. Docstrings are left out."""
    docs = {id(node.body[0].value) for node in ast.walk(module.tree) if _has_docstring(node)}
    joined = {id(part) for node in ast.walk(module.tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "\x00" for part in node.values), node.lineno
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs | joined:
            yield node.value, node.lineno


def _has_docstring(node: ast.AST) -> bool:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return isinstance(node, kinds) and bool(ast.get_docstring(node, clean=False))


def line_of(text: str, match: re.Match[str]) -> int:
    return text.count("\n", 0, match.start()) + 1


def inside(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
