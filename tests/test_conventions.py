"""House rules that a reader would otherwise have to remember."""

import ast
import inspect
import re

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver

from tests.source import ROOMS, ROOT, inside, line_of, modules, templates

MAX_LINES = 400
MAX_FUNCTION = 60
METHODS = {"require_safe", "require_GET", "require_POST", "require_http_methods", "public_page"}


def every(kind):
    return ((module, node) for module in modules().values() for node in ast.walk(module.tree) if isinstance(node, kind))


def at(module, node):
    return f"{inside(module.path)}:{node.lineno}"


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


# --- views ---------------------------------------------------------------------------------------
def our_views(patterns=None):
    """(module, function name) of every view of ours that has an address."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if not isinstance(entry, URLPattern):
            yield from our_views(entry.url_patterns)
            continue
        view = inspect.unwrap(entry.callback)
        if view.__module__.partition(".")[0] in ROOMS and inspect.isfunction(view):
            yield view.__module__, view.__name__


def test_every_view_states_its_methods():
    functions = {(module.name, node.name): node for module, node in every(FUNCTIONS)}
    views = set(our_views())
    assert len(views) > 15
    silent = [view for view in views if not METHODS & {name_of(decorator) for decorator in functions[view].decorator_list}]
    assert not silent, silent


def name_of(decorator):
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    return ast.unparse(call).rpartition(".")[2]


# --- time and errors -----------------------------------------------------------------------------
CLOCKS = re.compile(r"(^|\.)(now|utcnow|today|localdate|localtime|monotonic|time)$")


def run_at_import(node, *, now=True):
    """Every call that happens when the module is imported: bodies of modules and classes, defaults, decorators."""
    if isinstance(node, (*FUNCTIONS, ast.Lambda)):
        arguments = node.args
        for part in [*arguments.defaults, *filter(None, arguments.kw_defaults), *getattr(node, "decorator_list", [])]:
            yield from run_at_import(part)
        return
    if isinstance(node, ast.Call):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from run_at_import(child)


def reads_clock(call):
    return bool(CLOCKS.search(ast.unparse(call.func))) and not call.args


def test_no_clock_is_read_at_import():
    frozen = [at(module, call) for module in modules().values() for call in run_at_import(module.tree) if reads_clock(call)]
    assert not frozen, frozen


@pytest.mark.parametrize(
    ("code", "frozen"),
    [
        ("start = timezone.now()", True),
        ("def f(day=date.today()): pass", True),
        ("class A:\n  made = models.DateTimeField(default=timezone.now())", True),
        ("class A:\n  made = models.DateTimeField(default=timezone.now)", False),
        ("def f(): return datetime.now(tz=UTC)", False),
        ("later = lambda: timezone.now()", False),
    ],
)
def test_a_frozen_clock_would_be_found(code, frozen):
    assert any(reads_clock(call) for call in run_at_import(ast.parse(code))) is frozen


def test_no_error_is_caught_that_nobody_named():
    broad = [at(module, node) for module, node in every(ast.ExceptHandler) if is_broad(node)]
    assert not broad, broad


def is_broad(handler):
    """Cleaning up and raising the same error again hides nothing."""
    named = {"BaseException"} if handler.type is None else {ast.unparse(kind) for kind in getattr(handler.type, "elts", [handler.type])}
    return bool(named & {"Exception", "BaseException"}) and ast.unparse(handler.body[-1]) != "raise"


# --- words and sizes -----------------------------------------------------------------------------
def test_nothing_is_left_to_do():
    mark = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    texts = {inside(module.path): module.text for module in modules().values()} | templates()
    for folder, suffixes in (("static", {".css", ".js"}), ("docs", {".md"})):
        texts |= {inside(path): path.read_text() for path in (ROOT / folder).rglob("*") if path.suffix in suffixes}
    assert not (left := [f"{name}:{line_of(text, found)}" for name, text in texts.items() for found in mark.finditer(text)]), left


def test_no_file_outgrows_a_sitting():
    long = {inside(module.path): lines for module in modules().values() if (lines := module.text.count("\n")) > MAX_LINES}
    assert not long, long


def test_no_function_outgrows_a_screen():
    long = {
        f"{at(module, node)} {node.name}": lines
        for module, node in every(FUNCTIONS)
        if (lines := node.end_lineno - node.lineno + 1) > MAX_FUNCTION
    }
    assert not long, long


def test_every_function_says_what_it_returns():
    silent = [f"{at(module, node)} {node.name}" for module, node in every(FUNCTIONS) if node.returns is None]
    assert not silent, silent


# --- settings and requirements -------------------------------------------------------------------
def env_example():
    """Name -> comment above it, of .env.example; a variable may stand in a comment as an example that is off."""
    found, comment = {}, []
    for line in (ROOT / ".env.example").read_text().splitlines():
        if named := re.match(r"#?([A-Z][A-Z0-9_]*)=", line):
            found[named[1]] = " ".join(comment)
            comment = []
        elif line.startswith("# "):
            comment.append(line[2:])
        elif not line:
            comment = []
    return found


def test_the_example_environment_lists_what_settings_read():
    assert list(env_example()) == list(settings.ENV)


def test_every_variable_of_the_example_is_explained():
    assert not (bare := [name for name, comment in env_example().items() if len(comment) < 20]), bare


def test_settings_read_the_environment_through_the_declared_names_only():
    text = modules()["portal.settings"].text
    read = set(re.findall(r'env(?:\.\w+)?\(\s*f?"([^"]+)"', text))
    spelled = {name.replace("{_provider.upper()}", provider) for name in read for provider in ("GOOGLE", "GITHUB")}
    assert spelled == set(settings.ENV)
    assert "os.environ" not in text


def test_a_test_run_takes_nothing_from_a_developers_environment():
    from tests.environment import VALUES

    assert set(VALUES) == set(settings.ENV)


def test_every_requirement_is_pinned_and_says_what_it_is_for():
    lines = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if line and not line.startswith("#")]
    assert len(lines) > 20
    wrong = [line for line in lines if not re.fullmatch(r"[a-z0-9-]+(\[[a-z,-]+\])?==[\w.]+ +# .{20,}", line)]
    assert not wrong, wrong
