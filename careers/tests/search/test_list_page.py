"""The index of guides and the pages of fields, as people and search engines see them."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from careers.search import results
from careers.tests.factories import make_field
from careers.tests.search.guides import facts, guide

pytestmark = pytest.mark.django_db

URL = reverse("careers:guide_list")
NOINDEX = '<meta name="robots" content="noindex">'


def page(client, query="", *, path=URL, **headers):
    response = client.get(f"{path}?{query}" if query else path, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def status(html):
    return re.search(r'id="count-words"[^>]*>([^<]*)<', html)[1]


def test_the_index_lists_guides_with_their_figures(client):
    guide("Kite maker")
    html = page(client)
    assert status(html) == "1 guide"
    for words in ("Kite maker", "$45,000 median", "8 in 10 earn $30,000 to $70,000", "3–12 months to start", "High demand", "Low stress"):
        assert words in html


def test_unknown_pay_is_said(client):
    facts("Kite maker", pay_median=None)
    assert "Pay not stated" in page(client)


def test_only_the_bare_page_is_for_search_engines_and_every_page_names_it(client):
    guide("Kite maker")
    assert NOINDEX not in page(client)
    assert NOINDEX in page(client, "stress=low")
    for query in ("", "stress=low&page=2"):
        assert f'<link rel="canonical" href="{settings.SITE_URL}{URL}">' in page(client, query)


def test_chosen_filters_stay_in_place_and_can_be_taken_off(client):
    guide("Kite maker")
    html = page(client, "q=kite&stress=low")
    assert '<input type="checkbox" name="stress" value="low" checked>' in html
    assert f'<a class="chip" href="{URL}?q=kite">' in html
    assert "Career guides for “kite” with low stress" in html


def test_options_that_would_show_nothing_are_dimmed_unless_chosen(client):
    facts("Kite maker", stress=2)
    html = page(client, "stress=high")
    assert 'class="c c--none" id="c-stress-very-high"' in html
    assert 'class="c" id="c-stress-high"' in html


def test_many_fields_fold_and_unfold_where_one_is_chosen(client):
    for number in range(8):
        make_field(f"field-{number}", position=number)
        guide(f"Guide {number}", field=f"field-{number}")
    assert re.search(r'<details class="data-table">\s*<summary>Show 2 more', page(client))
    assert '<details class="data-table" open>' in page(client, "field=field-7")


def test_a_change_of_filters_swaps_list_counts_and_heading(client):
    guide("Kite maker")
    html = page(client, "stress=low&sort=title", HX_Request="true", HX_Target="results")
    assert "<html" not in html
    assert '<h1 class="page-title" id="list-title" hx-swap-oob="true">Career guides with low stress</h1>' in html
    assert 'id="c-stress-low" hx-swap-oob="true"' in html
    assert status(html) == "1 guide"


def test_fragment_and_page_are_told_apart_by_caches_and_history(client):
    guide("Kite maker")
    response = client.get(f"{URL}?stress=low&q=&sort=title", headers={"HX-Request": "true", "HX-Target": "results"})
    assert {"HX-Request", "HX-Target"} <= {name.strip() for name in response["Vary"].split(",")}
    assert response["HX-Push-Url"] == f"{URL}?stress=low"
    assert "<html" in client.get(URL, headers={"HX-Request": "true", "HX-Target": "other"}).content.decode()


def test_pages_of_the_list_hold_each_guide_once(client, monkeypatch):
    monkeypatch.setattr(results, "PAGE_SIZE", 2)
    monkeypatch.setattr("careers.search.page.PAGE_SIZE", 2)
    for number in range(5):
        guide(f"Guide {number}")
    shown = [re.findall(r">(Guide \d)</a></h3>", page(client, f"page={number}")) for number in (1, 2, 3)]
    assert shown == [["Guide 0", "Guide 1"], ["Guide 2", "Guide 3"], ["Guide 4"]]
    assert shown[2] == re.findall(r">(Guide \d)</a></h3>", page(client, "page=9999999999999999999999999"))


def test_a_corrected_search_says_so_and_offers_the_other(client):
    guide("Electrician")
    html = page(client, "q=electricain")
    assert "Showing results for <b>electrician</b>" in html
    assert f'<a href="{URL}?q=electricain&amp;exact=1">Search instead for electricain</a>' in html
    assert 'value="electricain"' in html


def test_an_empty_list_says_which_filter_to_leave_out(client):
    facts("Calm", stress=1, remote=1)
    facts("Away", stress=5, remote=5)
    facts("Also away", stress=5, remote=5)
    html = page(client, "stress=very-low&remote=remote-first")
    assert "No guides match all 2 filters" in html
    assert "2 guides match if you leave out “Very low stress”." in html
    assert "1 guide matches if you leave out “Remote-first”." in html
    assert html.index("Leave out “Very low stress”") < html.index("Leave out “Remote-first”")


def test_an_empty_list_says_when_the_words_are_in_the_way(client):
    facts("Kite maker", stress=1)
    facts("Diver", stress=5)
    html = page(client, "q=kite&stress=very-high")
    assert "1 guide matches if you leave out “kite”." in html
    assert "1 guide matches if you leave out “Very high stress”." in html


def test_filters_that_only_fail_together_can_be_cleared_together(client):
    facts("Kite maker", stress=1, remote=1, demand=1)
    html = page(client, "stress=very-high&remote=remote-first&demand=high")
    assert "it is the combination" in html
    assert "Clear all filters: 1 guide" in html


def test_words_that_nobody_wrote_about_lead_to_fields(client):
    guide("Kite maker")
    html = page(client, "q=sword+swallower")
    assert "No guides match “sword swallower”" in html
    assert f'href="{reverse("careers:field", args=["crafts"])}">Crafts</a> (1)' in html


def test_an_empty_answer_is_not_stored_and_a_full_one_is(client):
    guide("Kite maker")
    assert "public" in client.get(f"{URL}?q=kite")["Cache-Control"]
    assert "public" not in client.get(f"{URL}?q=sword").get("Cache-Control", "")


def test_typed_words_are_shown_as_text(client):
    guide("Kite maker")
    html = page(client, "q=%3Cscript%3Ealert(1)%3C/script%3E%22onfocus=x")
    assert "<script>alert" not in html
    assert '"onfocus' not in html


def test_a_field_has_its_own_page_where_the_field_is_fixed(client):
    make_field("water", intro="Wet work.")
    guide("Kite maker")
    guide("Diver", field="water")
    html = page(client, "field=crafts", path=reverse("careers:field", args=["water"]))
    assert "Diver</a>" in html
    assert "Kite maker</a>" not in html
    assert "Wet work." in html
    assert 'name="field"' not in html
    assert NOINDEX not in html


def test_a_field_without_guides_has_a_page_and_an_unknown_one_has_none(client):
    make_field("water")
    assert "No guides here yet" in page(client, path=reverse("careers:field", args=["water"]))
    assert client.get(reverse("careers:field", args=["fire"])).status_code == 404
