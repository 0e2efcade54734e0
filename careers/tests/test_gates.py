"""Every gate: a guide that trips it, and the complete guide that does not."""

from datetime import date

import pytest

from careers import gates
from careers.choices import Section
from careers.document import files
from careers.gates.context import Context, shared_context
from careers.gates.sizes import sizes, usual
from careers.gates.warnings.age import period_end
from careers.models import FormerSlug, GuideListing
from careers.tests.factories import complete_document, draft_guide, published_guide
from careers.working import measure_all, stored
from tests.source import ROOT

TODAY = date(2026, 11, 26)


def step(title, low, high=None, **extra):
    return {"title": title, "years_min": low, "years_max": high, "text": "You work.", **extra}


def says(document, context=None):
    return [(problem.where, problem.message) for problem in gates.warnings(document, context or Context(TODAY))]


def band(**changes):
    pay = complete_document().model_dump()["pay"][0]
    return [{**pay, **changes}]


def outlook(**changes):
    return [{**complete_document().model_dump()["outlook"][0], **changes}]


LONG = "This sentence about kites is long enough that nobody writes it twice by chance alone."

TRIPS = {
    "overlap": ({"tiers": [step("Junior", 0, 4), step("Senior", 3)]}, Section.TIERS, "overlaps"),
    "open end before another": ({"tiers": [step("Junior", 0), step("Senior", 3)]}, Section.TIERS, "overlaps"),
    "gap": ({"tiers": [step("Junior", 0, 2), step("Senior", 3)]}, Section.TIERS, "gap in years"),
    "remote and a con": ({"remote": {"level": "remote_friendly"}, "cons": ["Few remote openings"]}, Section.PROS_CONS, "a drawback"),
    "remote and the setting": (
        {"remote": {"level": "remote_first"}, "setting": "Nearly all duties are done on site."},
        Section.SETTING,
        "Where you work",
    ),
    "remote and an answer": (
        {"remote": {"level": "remote_friendly"}, "faq": [{"question": "Home?", "answer": "You cannot do it from home."}]},
        Section.FAQ,
        "Home?",
    ),
    "on site and the setting": (
        {"remote": {"level": "on_site"}, "setting": "People usually work from home."},
        Section.SETTING,
        "On site",
    ),
    "old pay": ({"pay": band(period="May 2022")}, Section.PAY, "newer figures"),
    "old outlook": ({"outlook": outlook(period_from=2019, period_to=2029)}, Section.OUTLOOK, "newer projection"),
    "another vintage": ({"outlook": outlook(period_from=2025, period_to=2035)}, Section.OUTLOOK, "official wording"),
    "a stated label of another vintage": (
        {"outlook": outlook(period_from=2025, period_to=2035, stated_label="Faster")},
        Section.OUTLOOK,
        "“Faster”",
    ),
    "an old look": (
        {"sources": [{"key": "wind-survey", "publisher": "W", "title": "T", "retrieved": "2022-01-01"}]},
        Section.SOURCES,
        "last looked at",
    ),
    "an anchor that is not there": ({"trends": "See [pay](#wages)."}, Section.TRENDS, "#wages"),
    "a guide that is not there": ({"trends": "See [it](/guides/net-maker/)."}, Section.TRENDS, "no published guide"),
    "a page that is not there": ({"trends": "See [it](/nowhere/)."}, Section.TRENDS, "no page of ours"),
    "a pin that is not published": ({"related": [{"slug": "net-maker", "reason": "R"}]}, Section.RELATED_ROLES, "no published guide"),
}


@pytest.mark.parametrize("name", TRIPS)
def test_a_warning_names_the_place_and_the_reason(name):
    changes, where, words = TRIPS[name]
    found = says(complete_document(**changes))
    assert any(place == where and words in message for place, message in found), found


def test_the_complete_guide_trips_none():
    assert says(complete_document()) == []
    assert gates.blockers(complete_document(), Context(TODAY)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"tiers": [step("Junior", 0, 2), step("Senior", 2), step("Teacher", 1, kind="branch")]},
        {"remote": {"level": "hybrid"}, "cons": ["Few remote openings"]},
        {"remote": {"level": "remote_friendly"}, "setting": "You work on site on some days."},
        {"remote": {"level": "on_site"}, "setting": "Nobody works from home."},
        {"trends": "See [pay](#pay), [jobs](/jobs/?q=kite), [elsewhere](https://example.org/x) and [us](/guides/)."},
    ],
)
def test_what_is_right_trips_none(changes):
    assert says(complete_document(**changes)) == []


def test_links_to_published_guides_are_fine_and_former_addresses_are_named():
    context = Context(TODAY, public_slugs=frozenset({"sail-maker"}), former_slugs=frozenset({"sailor"}))
    text = "See [one](/guides/sail-maker/#pay), [two](/guides/sailor/) and [me](/guides/kite-maker/)."
    assert says(complete_document(trends=text), context) == [("trends", "/guides/sailor/ has moved: write today's address.")]


def test_a_section_far_shorter_than_usual_is_named():
    context = Context(TODAY, usual_words={Section.TRENDS: 100, Section.CHALLENGES: 3})
    found = says(complete_document(trends="word " * 39, challenges="One."), context)
    assert found == [("trends", "“Trends to watch” has 39 words; other guides have about 100.")]
    assert says(complete_document(trends="word " * 41), context) == []


def test_sizes_count_words_of_texts_and_lists():
    document = complete_document(pros=["Much wind", "Air"], cons=["Rain"])
    assert sizes(document)[Section.PROS_CONS] == 4
    assert usual([sizes(document)] * 4) == {}, "four guides make nothing usual"
    assert usual([sizes(document)] * 5)[Section.PROS_CONS] == 4


@pytest.mark.parametrize(
    ("period", "year"), [("May 2024", 2024), ("2024-34", 2034), ("2024–34", 2034), ("2023", 2023), ("last year", None), (None, None)]
)
def test_a_period_names_its_last_year(period, year):
    assert period_end(period) == year


@pytest.mark.django_db
class TestAgainstOthers:
    def test_a_sentence_of_another_guide_is_named_with_it(self):
        published_guide(slug="sail-maker", title="Sail maker", trends=LONG)
        own = draft_guide(trends=f"Else. {LONG.upper()}")
        document = complete_document(trends=f"Else. {LONG.upper()}")
        found = [message for where, message in says(document, Context.of(own.pk, document)) if where == "trends"]
        assert len(found) == 1
        assert "“Sail maker”" in found[0]

    def test_its_own_published_text_is_no_copy(self):
        guide = published_guide(trends=LONG).guide
        document = complete_document(trends=LONG)
        assert not Context.of(guide.pk, document).who_says

    def test_a_withdrawn_guide_is_copied_by_nobody(self):
        listing = published_guide(slug="sail-maker", trends=LONG)
        listing.delete()
        assert not Context.of(0, complete_document(trends=LONG)).who_says

    def test_related_roles_must_not_be_empty_once_there_are_guides_to_choose_from(self):
        for number in range(10):
            published_guide(slug=f"g{number}", title=f"Guide {number}")
        lists = {"technical_skills": {"items": ["Alchemy"]}, "soft_skills": {"items": ["Awe"]}}
        lists["skill_map"] = {"groups": [{"title": "One", "skills": ["Alchemy"]}]}
        lonely = complete_document(slug="alchemist", **lists)
        assert [p.where for p in gates.blockers(lonely, Context.of(0, lonely))] == ["related-roles"]
        pinned = complete_document(slug="alchemist", related=[{"slug": "g1", "reason": "Fire"}], **lists)
        assert gates.blockers(pinned, Context.of(0, pinned)) == []
        kin = complete_document(slug="alchemist")
        assert gates.blockers(kin, Context.of(0, kin)) == []
        GuideListing.objects.get(slug="g9").delete()
        assert gates.blockers(lonely, Context.of(0, lonely)) == []

    def test_former_addresses_are_known(self):
        FormerSlug.objects.create(slug="sailor", guide=draft_guide())
        assert shared_context().former_slugs == {"sailor"}

    def test_every_guide_is_measured_anew_as_figures_grow_old(self, time_machine):
        guide = draft_guide()
        time_machine.move_to("2026-11-26")
        stored(guide)
        guide.refresh_from_db()
        assert (guide.blockers, guide.warnings) == (0, 0)
        assert 50 < guide.filled < 100
        assert measure_all() == 0
        time_machine.move_to("2031-11-26")
        assert measure_all() == 1
        guide.refresh_from_db()
        assert guide.warnings > 0


def test_the_meter_counts_elements_and_names_what_is_open():
    from careers.document.schema import Guide

    empty = gates.meter(Guide(slug="x", title="X"))
    assert empty.percent == 0
    assert {element.where for element in empty.open} >= {"aliases", "pay", "faq"}
    assert len(empty.open) == len(empty.elements)
    some = gates.meter(complete_document(faq=[]))
    assert "Common questions" in [element.name for element in some.open]
    assert some.percent < gates.meter(complete_document()).percent


def test_elements_lead_to_a_place_of_the_form():
    from newsroom.admin.chapters import PLACES

    form_fields = {"aliases", "soc", "intro"}
    assert {element.where for element in gates.meter(complete_document()).elements} <= {*PLACES, *form_fields}


@pytest.mark.parametrize("path", sorted((ROOT / "content/guides").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_sample_guides_contradict_nothing(path):
    document = files.load(path.read_bytes())
    slugs = frozenset(other.stem for other in (ROOT / "content/guides").glob("*.yaml"))
    assert says(document, Context(TODAY, public_slugs=slugs)) == []
    assert gates.meter(document).percent >= 90
