"""Templates: each exists and is used, names addresses by URL names, and suits a strict Content-Security-Policy."""

import importlib.util
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from tests.source import TEMPLATES, line_of, modules, strings, templates

TAG = re.compile(r"{%\s*(?:extends|include)\s+(?P<what>[^%]+?)\s*%}")
A_NAME = re.compile(r"[\w\x00-][\w\x00./-]*\.(html|xml)|[\w\x00-]+/[\w\x00/-]+\.txt")


def named_in_templates():
    """(template, name) of extends and include; a name that is a variable is left to the code that makes it."""
    for template, text in templates().items():
        for found in TAG.finditer(text):
            if quoted := re.match(r"""["']([^"']+)["']""", found["what"]):
                yield template, quoted[1].partition("#")[0]


def named_in_code():
    """(place, name): constants that look like a template's name; an f-string's gaps are \\x00."""
    for module in modules().values():
        for text, line in strings(module):
            name = text.partition("#")[0]
            if A_NAME.fullmatch(name) and module.name not in {"portal.urls", "jobs.applying.resume"}:
                yield f"{module.name}:{line}", name


def test_every_template_that_is_named_exists():
    missing = [(place, name) for place, name in [*named_in_templates(), *named_in_code()] if "\x00" not in name and not exists(name)]
    assert not missing, missing


def exists(name):
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return "/" not in name and any(full.endswith(f"/{name}") for full in templates())  # completed where it is used
    return True


def test_every_template_compiles():
    assert len(templates()) > 60
    for name in templates():
        get_template(name)


def test_every_template_is_used():
    names = {name for _, name in [*named_in_templates(), *named_in_code()]}
    patterns = [re.compile(r"([\w/]+/)?" * ("/" not in name) + re.escape(name).replace("\x00", r"[\w-]+")) for name in names]
    by_name = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html", "robots.txt"}  # of Django and allauth
    unused = [
        name
        for name in templates()
        if name not in by_name
        and not any(pattern.fullmatch(name) for pattern in patterns)
        and not replaces_a_packages(name)
        and not is_part_of_a_letter(name)
    ]
    assert not unused, unused


def is_part_of_a_letter(name):
    """A mail has three templates and is sent by the name that they share."""
    part = re.fullmatch(r"emails/(\w+?)(_subject\.txt|\.txt|\.html)", name)
    return bool(part and any(text == part[1] for module in modules().values() for text, _ in strings(module)))


def replaces_a_packages(name):
    """Whether an installed package has or asks for a template of this name: ours is shown in its place."""
    return any((Path(config.path) / "templates" / name).exists() for config in foreign_apps()) or is_asked_for(name)


def foreign_apps():
    return [config for config in apps.get_app_configs() if not Path(config.path).is_relative_to(TEMPLATES.parent) or ".venv" in config.path]


def is_asked_for(name):
    """Names that packages put together: allauth's mails (prefix + _subject.txt) and Django's per-model admin pages."""
    mail = re.fullmatch(r"((?:account|mfa|socialaccount)/email/\w+)_(subject\.txt|message\.(txt|html))", name)
    if mail:
        return prefix_is_in_allauth(mail[1])
    admin = re.fullmatch(r"admin/(\w+)/(?:(\w+)/)?(\w+)\.html", name)
    return bool(admin and admin[1] in apps.app_configs and (not admin[2] or admin[2] in apps.get_app_config(admin[1]).models))


def prefix_is_in_allauth(prefix):
    folder = Path(importlib.util.find_spec("allauth").origin).parent
    return any(f'"{prefix}"' in path.read_text() for path in folder.rglob("*.py"))


# What may not stand in a template, and what to write instead.
RULES = {
    "a literal path: name the URL with {% url %} or {% static %}": (
        r"""\b(?:href|src|action|formaction|hx-(?:get|post|put|delete|push-url))=["']/"""
    ),
    "|safe: mark text as safe where it is cleaned": r"\|\s*safe\b(?!seq)",
    "autoescape off": r"{%\s*autoescape\s+off",
    "an inline style": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "an event handler attribute": r"<\w[^>]*\son[a-z]+\s*=",
    "an htmx attribute that is evaluated": r"\bhx-(?:on\b|on:|vals=[\"']js:|vars=)",
    "a script without src": r"""<script(?![^>]*\ssrc=)(?![^>]*type=["']application/(?:ld\+)?json["'])[^>]*>""",
    "a javascript: address": r"javascript:",
    "an address of another site that the browser loads": (
        r"""<(?:script|link|img|iframe|source|video|audio)\b[^>]*\s(?:src|href)=["'](?:https?:)?//"""
    ),
    # The choice of a theme stands on pages that are the same for everybody; its view looks at where the post comes from.
    "a post form without a token": (
        r"""<form(?=[^>]*method=["']post)(?![^>]*{% url "accounts:theme" %})(?:(?!</form>|csrf_token)[\s\S])*</form>"""
    ),
}
# Shown when something is broken, so they ask nothing of the code, not even for an address.
BARE = {"bare.html", "400.html", "413.html", "403_csrf.html", "500.html", "503.html"}
EXEMPT = {("a literal path: name the URL with {% url %} or {% static %}", name) for name in BARE}
EXEMPT.add(("a post form without a token", "accounts/unsubscribe.html"))  # the signed link in the mail is the token
EXEMPT |= {("a post form without a token", f"alerts/{name}.html") for name in ("confirm", "keep", "off", "verdict")}  # likewise
EXEMPT.add(("a post form without a token", "newsroom/partials/useful.html"))  # stands on a shared page and adds one to a count
EXEMPT.add(("a style element", "emails/base.html"))  # mail programs know neither our style sheets nor our policy


@pytest.mark.parametrize("rule", RULES)
def test_no_template_holds(rule):
    pattern = re.compile(RULES[rule], re.IGNORECASE)
    pages = {name: text for name, text in templates().items() if name.endswith(".html")}
    found = [f"{name}:{line_of(text, hit)} {hit[0][:80]}" for name, text in pages.items() for hit in pattern.finditer(text)]
    found = [line for line in found if (rule, line.partition(":")[0]) not in EXEMPT]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("rule", "bad"),
    list(
        zip(
            RULES,
            [
                '<a href="/guides/">',
                "{{ text|safe }}",
                "{% autoescape off %}",
                '<p class="a" style="color:red">',
                "<style>",
                '<a href="#" onclick="x()">',
                '<p hx-on:click="x">',
                "<script>let a</script>",
                '<a href="javascript:x">',
                '<script src="https://cdn.example/x.js">',
                '<form method="post" action="x"><input></form>',
            ],
            strict=True,
        )
    ),
)
def test_the_rule_would_find(rule, bad):
    assert re.search(RULES[rule], bad, re.IGNORECASE)


def test_a_template_stays_short():
    long = {name: lines for name, text in templates().items() if (lines := text.count("\n")) > 150}
    assert not long, long


def test_a_post_form_names_its_method_once_in_lower_case():
    wrong = [name for name, text in templates().items() if re.search(r'<form[^>]*method="(?!post"|get"|dialog"|{{)', text)]
    assert not wrong, wrong
