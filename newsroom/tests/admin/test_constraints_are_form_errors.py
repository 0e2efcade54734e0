"""Every rule of the database and of the guide document shows beside its field; nothing is half written."""

import pytest
from django.urls import reverse

from careers.document import rows
from careers.models import CaseStudy, Field, Guide, Skill, SkillAlias, Source
from careers.tests.factories import complete_document, draft_guide, published_guide
from newsroom.tests.admin.forms import add_row, change_url, errors, opened

pytestmark = pytest.mark.django_db

PAY, TIER, CASE, DAY = "payband_set-0", "tier_set-0", "casestudy_set-0", "dayblock_set-0"
REFUSED = {
    "percentiles out of order": ({f"{PAY}-p10": "40000"}, "p10 is above p25"),
    "percentiles out of order over a gap": ({f"{PAY}-p10": "50000", f"{PAY}-p25": ""}, "not in rising order"),
    "a measured band with an editor's figure": ({f"{PAY}-range_min": "20000"}, "Measured pay has percentiles only"),
    "an amount of nothing": ({f"{PAY}-median": "0"}, "greater than or equal to 1"),
    "an amount too large": ({f"{PAY}-median": "1" + "0" * 29}, "less than or equal to"),
    "a country in words": ({f"{PAY}-country": "us"}, "not in the expected form"),
    "a currency in lower case": ({f"{PAY}-currency": "usd"}, "not in the expected form"),
    "one year of an outlook": ({"outlook_set-0-period_to": ""}, "Give both years"),
    "years of a tier the wrong way": ({f"{TIER}-years_min": "5"}, "must be larger than the first"),
    "a day that runs backwards": ({f"{DAY}-end": "08:00"}, "end must be after the start"),
    "a part of the day without tasks": ({f"{DAY}-tasks": " \r\n"}, "required"),
    "a task longer than a line": ({f"{DAY}-tasks": "ok\r\n" + "x" * 301}, "Line 2 has 301 characters"),
    "a case study from a source without one": ({f"{CASE}-basis": "sourced"}, "needs the source"),
    "an address with capitals": ({f"{CASE}-slug": "Camera_Kite"}, "lowercase words"),
    "months the wrong way": ({"min_months": "20"}, "smaller one first"),
    "one number of months": ({"max_months": ""}, "Give both numbers of months"),
    "a slug with capitals": ({"slug": "Kite_Maker"}, "lowercase words"),
    "a slug kept for comparisons": ({"slug": "kite-vs-sail"}, "kept for comparisons"),
    "a code that is none": ({"soc": "12345"}, "valid value"),
    "prose without end": ({"trends": "x" * 20_001}, "at most 20000"),
    "a heading longer than its column": ({"mistakes": "# " + "x" * 101 + "\r\nitem"}, "at most 100"),
    "a title of two lines": ({"title": "Kite\nmaker"}, "expected form"),
    "a name with a NUL": ({"names": "", "nametoknow_set-0-name": "a\0b"}, "Null characters"),
    "an address that runs script": ({"nametoknow_set-0-url": "javascript:alert(1)"}, "valid URL"),
    "an unknown section": ({"takeaway_set-0-section": "nowhere"}, "not one of the available"),
    "a place that is no number": ({"step_set-0-position": "first"}, "whole number"),
}


def test_each_broken_rule_is_an_error_beside_its_field(editor):
    """One form, sent once for every rule: the page has a thousand inputs, so it is opened only once."""
    guide = draft_guide()
    data = opened(editor, change_url(guide)) | {"plural": "Changed"}
    silent, elsewhere = {}, {}
    for name, (changes, reason) in REFUSED.items():
        found = errors(editor.post(change_url(guide), data | changes))
        if reason not in " ".join(found.values()):
            silent[name] = found
        if not all(any(key.startswith(where.rpartition("-")[0]) for key in changes) or where == "__all__" for where in found):
            elsewhere[name] = found
    assert not silent
    assert not elsewhere
    assert rows.read(Guide.objects.get()) == complete_document()


def test_an_editors_band_has_no_percentiles(editor):
    guide = draft_guide()
    data = opened(editor, change_url(guide)) | {f"{PAY}-method": "editor"}
    assert "percentiles only" in errors(editor.post(change_url(guide), data))[f"{PAY}-__all__"]


def test_a_source_a_case_and_a_pin_stand_once(editor):
    published_guide(slug="sail-maker", title="Sail maker")
    guide = draft_guide(related=[{"slug": "sail-maker", "reason": "Needles"}])
    data = opened(editor, change_url(guide))
    source = add_row(data, "guidesource_set", source=data["guidesource_set-0-source"])
    pin = add_row(data, "relatedpin_set", slug="sail-maker", reason="Again")
    case = add_row(data, "casestudy_set", title="T", slug="camera-kite", text="T", takeaway="T", basis="illustrative")
    found = errors(editor.post(change_url(guide), data))
    assert {row.rpartition("-")[0] for row in found} == {source, pin, case}


def test_two_new_rows_that_are_the_same_are_an_error_and_not_a_crash(editor):
    guide = draft_guide()
    data = opened(editor, change_url(guide))
    source = Source.objects.create(key="other", publisher="Office", title="Other")
    add_row(data, "guidesource_set", source=source.pk)
    second = add_row(data, "guidesource_set", source=source.pk)
    assert f"{second}-source" in errors(editor.post(change_url(guide), data))


def test_a_source_used_by_a_figure_is_listed_by_itself(editor):
    guide = draft_guide()
    source = Source.objects.create(key="other", publisher="Office", title="Other")
    data = opened(editor, change_url(guide)) | {f"{PAY}-source": str(source.pk)}
    assert editor.post(change_url(guide), data).status_code == 302
    assert [item.key for item in rows.read(guide).sources] == ["wind-survey", "other"]


def test_a_slug_that_is_taken_is_an_error(editor):
    draft_guide(slug="sail-maker")
    guide = draft_guide()
    found = errors(editor.post(change_url(guide), opened(editor, change_url(guide)) | {"slug": "sail-maker"}))
    assert "already exists" in found["slug"]


def test_a_case_study_in_its_own_form_keeps_the_rules(editor):
    guide = draft_guide()
    CaseStudy.objects.create(guide=guide, slug="second", title="Second", text="T", takeaway="T", position=2)
    case = guide.casestudy_set.first()
    data = opened(editor, change_url(case))
    assert "this address" in errors(editor.post(change_url(case), data | {"slug": "second"}))["slug"]
    assert "needs the source" in errors(editor.post(change_url(case), data | {"basis": "sourced"}))["__all__"]
    assert editor.post(change_url(case), data | {"title": "New title"}).status_code == 302
    assert guide.revisions.first().document["case_studies"][0]["title"] == "New title"


def test_names_of_skills_are_taken_whatever_their_case_and_accents(chief):
    skill = Skill.objects.create(name="Café service")
    SkillAlias.objects.create(skill=skill, name="Waiting")
    other = Skill.objects.create(name="Sewing")
    url = change_url(other)
    assert "There is a skill" in errors(chief.post(url, opened(chief, url) | {"name": "CAFE SERVICE"}))["__all__"]
    assert "alias of another" in errors(chief.post(url, opened(chief, url) | {"name": "waiting"}))["name"]
    data = opened(chief, url)
    for number, name in enumerate(["Stitching", "stitching", "sewing", "WAITING"]):
        data |= {"aliases-TOTAL_FORMS": str(number + 1), f"aliases-{number}-name": name}
    found = errors(chief.post(url, data))
    assert {"aliases-1-name", "aliases-2-name", "aliases-3-__all__"} == set(found)


def test_slugs_and_keys_that_files_use_stay(chief):
    guide = draft_guide()
    for row, name in ((guide.field, "slug"), (Source.objects.get(), "key")):
        assert name not in opened(chief, change_url(row))
    data = opened(chief, reverse("admin:careers_source_add"))
    found = errors(chief.post(reverse("admin:careers_source_add"), data | {"key": "Wind_Survey", "publisher": "P", "title": "T"}))
    assert "lowercase words" in found["key"]
    assert Field.objects.count() == 1
