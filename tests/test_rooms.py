"""Rooms and the arrows between them: kit <- billing <- careers <- jobs <- ads <- accounts <- alerts <- newsroom <- portal.

An import may only go to the left.
"""

import pytest

from tests.source import ROOMS, imports, modules

# The only names that a room may know of a room to its right, and only for types.
FOR_TYPES = {
    "kit.http": {"accounts.models"},
    "kit.mail.letter": {"accounts.models"},
    "billing": {"accounts.models"},
    "careers": {"accounts.models"},
    "jobs": {"accounts.models"},
}

# Of the careers room, these read and check guides without a database; the row writer is the bridge.
PURE = ("careers.seedtext", "careers.document")
BRIDGE = "careers.document.rows"


def room(name):
    return name.partition(".")[0]


def is_ours(name):
    return room(name) in ROOMS


def test_there_is_source_to_look_at():
    assert {module.room for module in modules().values()} == set(ROOMS)
    assert len(imports()) > 100


def test_imports_between_rooms_only_go_to_the_left():
    wrong = [
        str(found)
        for found in imports()
        if is_ours(found.target) and ROOMS.index(room(found.target)) > ROOMS.index(found.module.room) and not is_for_types(found)
    ]
    assert not wrong, wrong


def is_for_types(found):
    allowed = FOR_TYPES.get(found.module.name, set()) | FOR_TYPES.get(found.module.room, set())
    return found.only_for_types and found.target in allowed


def test_no_module_imports_itself_by_a_detour():
    graph = {name: set() for name in modules()}
    for found in imports():
        if not found.only_for_types and found.target in graph and found.target != found.module.name:
            graph[found.module.name].add(found.target)
    assert not (rings := circles(graph)), rings


def circles(graph):
    """Groups of modules that reach each other (Tarjan's strongly connected components of more than one)."""
    order, low, stack, found = {}, {}, [], []

    def visit(name):
        order[name] = low[name] = len(order)
        stack.append(name)
        for target in graph[name]:
            if target not in order:
                visit(target)
            if target in stack:
                low[name] = min(low[name], low[target])
        if low[name] == order[name]:
            ring = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(ring) > 1:
                found.append(sorted(ring))

    for name in graph:
        if name not in order:
            visit(name)
    return found


def test_a_circle_would_be_found():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


@pytest.mark.parametrize("start", [name for name in modules() if name.startswith(PURE) and name != BRIDGE])
def test_reading_and_checking_a_guide_needs_no_tables(start):
    assert not {name for name in reached(start) if name == BRIDGE or ".models" in name or name.startswith("django.db.models.query")}


def reached(start):
    """Everything of ours that importing a module brings in."""
    seen, waiting = {start}, [start]
    while waiting:
        name = waiting.pop()
        for found in imports():
            if found.module.name == name and not found.only_for_types and is_ours(found.target) and found.target not in seen:
                seen.add(found.target)
                waiting.append(found.target)
    return seen


def importers(name):
    return {found.module.name for found in imports() if found.target == name or found.target.startswith(f"{name}.")}


@pytest.mark.parametrize("name", ["requests", "unittest.mock"])
def test_no_product_code_imports(name):
    assert not importers(name)


def test_stripe_is_spoken_to_in_one_place():
    assert importers("stripe") == {"billing.gateway"}


def test_the_sandbox_is_imported_by_nobody_but_itself():
    """And by what gives the demonstration its Plus, inside a function, in that world only."""
    assert {name for name in importers("billing.sandbox") if not name.startswith("billing.sandbox")} == {"billing.demo"}
