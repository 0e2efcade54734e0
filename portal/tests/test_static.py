import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from portal.static import minified


@pytest.fixture
def somewhere():
    """Not below pytest's own folder: there every test client would look through these files."""
    with TemporaryDirectory() as folder:
        yield Path(folder)


def test_collected_files_are_hashed_and_ours_are_small(somewhere, settings):
    settings.STATIC_ROOT = somewhere
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "portal.static.SmallStaticFiles"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    paths = json.loads((somewhere / "staticfiles.json").read_text())["paths"]
    for name in ("css/waymark.css", "js/waymark.js"):
        written = (somewhere / paths[name]).read_text()
        source = Path(finders.find(name)).read_text()
        assert len(written) < len(source) * 0.9
        assert len(written) > len(source) * 0.5
        assert "/*" not in written
        assert (somewhere / f"{paths[name]}.gz").exists()
    foreign = "django_htmx/htmx-2.min.js"
    assert (somewhere / paths[foreign]).read_bytes() == Path(finders.find(foreign)).read_bytes()


def test_what_modern_css_needs_stays():
    css = b"@media (min-width: 60rem) and (max-width: 75.99rem) { .a:has(.b + .c) { inline-size: calc(100% - 2px); } }"
    assert minified("css/x.css", css) == b"@media (min-width:60rem) and (max-width:75.99rem){.a:has(.b + .c){inline-size:calc(100% - 2px)}}"


def test_what_is_not_ours_stays_as_it_is():
    assert minified("admin/css/base.css", b"a  {  }") == b"a  {  }"
    assert minified("img/mark.svg", b"<svg>  </svg>") == b"<svg>  </svg>"
