"""Each part of the page stands in its own typed place (FEATURES, elements 1 to 50)."""

from datetime import time

import pytest

from careers.choices import Balance, Basis, Demand, Education, Method, NameKind, PayLevel, PayUnit, RemoteWork, Stress, TierKind
from careers.document.files import dump, load
from careers.tests.seedtext.page import reading


@pytest.fixture(scope="module")
def guide():
    return reading().guide


def test_title_becomes_sentence_case_slug_and_plural(guide):
    assert (guide.title, guide.slug, guide.plural) == ("Harbor bell keeper", "harbor-bell-keeper", "Harbor bell keepers")


def test_intro_is_the_first_paragraph_and_the_standfirst_waits_for_an_editor(guide):
    assert guide.intro.startswith("Harbor Bell Keepers ring")
    assert guide.standfirst == ""


def test_badge_becomes_the_remote_level(guide):
    assert guide.remote.level is RemoteWork.REMOTE_FRIENDLY


def test_pay_is_an_editors_range_and_no_percentile(guide):
    (band,) = guide.pay
    assert (band.method, band.country, band.place, band.currency, band.unit) == (Method.EDITOR, "US", "United States", "USD", PayUnit.YEAR)
    assert (band.range_min, band.median, band.range_max) == (30_000, 40_000, 50_000)
    assert (band.entry, band.mid, band.senior, band.top) == (33_000, 40_000, 47_000, 50_000)
    assert not any((band.p10, band.p25, band.p75, band.p90))
    assert guide.pay_text == "Island ports pay more."


def test_the_last_line_of_the_gauge_is_the_demand(guide):
    assert guide.demand.level is Demand.VERY_HIGH
    assert guide.demand.text == "Ports look for keepers all year."


def test_outlook_names_the_source_that_the_page_names(guide):
    (outlook,) = guide.outlook
    (source,) = guide.sources
    assert (outlook.method, outlook.percent, outlook.country) == (Method.EDITOR, 4, "US")
    assert outlook.stated_label == "About as fast as average"
    assert outlook.source == source.key
    assert source.publisher == "U.S. Bureau of Labor Statistics"
    assert source.publisher in outlook.note


def test_texts_keep_their_paragraphs(guide):
    assert guide.what_you_do.startswith("Keepers ring and write.\n\nThe National")
    assert guide.setting == "You work in a tower above the quay."
    assert guide.training.text.count("\n\n") == 1
    assert [guide.challenges, guide.growth_paths, guide.trends] == [
        "Horns are cheaper.",
        "Some become harbor masters.",
        "Bells are tuned by phone.",
    ]
    assert guide.portfolio == "Keep a recording of your ringing."


def test_responsibilities_are_one_group_without_final_stops(guide):
    (group,) = guide.responsibilities
    assert group.group == ""
    assert len(group.items) == 15
    assert group.items[0] == "Ringing the bell at the full hour"
    assert "Ordering rope, oil, etc." in group.items
    assert "Keeping the stairs free. Nobody may store crates there." in group.items


def test_tools_have_the_products_of_their_brackets(guide):
    tools = {tool.name: tool.examples for tool in guide.tools[0].items}
    assert len(tools) == 19
    assert tools["Fog Loggers"] == ["Mistbook", "GrayLine"]
    assert tools["Office Package"] == ["Ledger", "Letters", "Slides"]
    assert tools["Bell Tuners"] == ["Ringwell", "Chimer"]
    assert tools["Marine Radio (VHF)"] == []
    assert tools["Tide Record Systems (TRS) for small ports"] == []


def test_skills_of_both_kinds(guide):
    assert len(guide.technical_skills.items) == 20
    assert len(guide.soft_skills.items) == 10


def test_education_levels_come_from_the_words(guide):
    assert (guide.education.minimum, guide.education.preferred) == (Education.HIGH_SCHOOL, Education.CERTIFICATE)
    assert guide.education.text.startswith("A high school diploma")


def test_each_paragraph_of_the_path_is_a_step(guide):
    assert [step.text for step in guide.route.steps][:2] == ["Finish school.", "Then learn from a keeper."]
    assert all(step.title is None for step in guide.route.steps)


def test_time_to_start_comes_from_the_question_about_it(guide):
    time_to_start = guide.time_to_start
    assert (time_to_start.min_months, time_to_start.max_months, time_to_start.note) == (6, 24, "six months to two years")


def test_names_to_know_stand_once_with_their_kind(guide):
    names = {(name.kind, name.name, name.abbreviation) for name in guide.names}
    assert len(names) == len(guide.names)
    assert {
        (NameKind.ORGANIZATION, "National Tower Society", "NTS"),
        (NameKind.ORGANIZATION, "Island Academy", None),
        (NameKind.CERTIFICATION, "Bell Loft Examiner", "CBLE"),
        (NameKind.LAW, "General Data Protection Regulation", "GDPR"),
        (NameKind.CODE_SET, "Health Level Seven", "HL7"),
        (NameKind.VENDOR, "Mistbook", None),
        (NameKind.VENDOR, "Microsoft Office", None),
    } <= names
    assert not {"Excel", "GAAP manuals", "Marine Radio", "U.S. Bureau of Labor Statistics"} & {name.name for name in guide.names}


def test_tiers_have_years_kind_and_pay_level(guide):
    assert [(tier.short_title, tier.years_min, tier.years_max, tier.kind, tier.pay_level) for tier in guide.tiers] == [
        ("Junior", 0, 2, TierKind.STEP, PayLevel.ENTRY),
        ("Keeper", 2, 5, TierKind.STEP, PayLevel.MID),
        ("Senior", 5, None, TierKind.STEP, PayLevel.SENIOR),
        ("Master", 7, None, TierKind.BRANCH, PayLevel.TOP),
    ]
    assert guide.tiers[2].title == "Senior harbor bell keeper"
    assert guide.tiers[2].text == "You teach others.\n\nYou also keep the keys."


def test_world_lists_the_places_with_the_sentence_that_names_them(guide):
    assert [(place.name, place.note) for place in guide.world.places] == [
        ("Norway", "Norway and the UK train keepers in towers."),
        ("United Kingdom", "Norway and the UK train keepers in towers."),
        ("East Asia", "East Asia prefers horns."),
    ]


def test_day_blocks_have_times_focus_and_tasks(guide):
    assert [(block.name, block.start, block.end, block.focus) for block in guide.day] == [
        ("Morning", time(6), time(12), "Fog and first boats"),
        ("Afternoon", time(12), time(15, 30), "Care of the bell"),
        ("Evening", time(16), time(18), "Closing"),
    ]
    assert guide.day[0].tasks == ["Ring for fog", "Read the gauge"]


def test_stress_and_balance(guide):
    rating = guide.stress_balance
    assert (rating.stress, rating.balance, rating.text) == (Stress.LOW, Balance.EXCELLENT, "Nights are quiet.")


def test_skill_map_has_intro_and_groups(guide):
    assert guide.skill_map.intro == "This map shows what rests on what."
    assert [(group.title, len(group.skills)) for group in guide.skill_map.groups] == [("Ground Skills", 2), ("Craft Skills", 3)]
    assert guide.skill_map.groups[0].description == "What every keeper needs on the first day."


def test_lists_of_judgement(guide):
    assert (guide.pros, guide.cons) == (["Fresh air", "A fine view"], ["Many stairs"])
    assert guide.mistakes[0].items == ["Ringing late", "Forgetting the log"]
    assert guide.advice == ["Sleep early", "Count twice"]


def test_case_studies_are_illustrative_with_takeaway_and_result(guide):
    fog, rope = guide.case_studies
    assert (fog.slug, fog.title, fog.result, fog.takeaway) == ("the-long-fog", "The Long Fog", "30% fewer missed boats", "Share the night.")
    assert fog.basis is Basis.ILLUSTRATIVE
    assert rope.result is None
    assert rope.text.endswith("\n\nIt had been oiled.")


def test_questions_have_their_whole_answer(guide):
    assert guide.faq[0].question == "Is the bell loud?"
    assert guide.faq[1].answer.endswith("\n\nIt depends on the port.")


def test_plans_stay_out_of_the_guide(guide):
    file = dump(guide).decode()
    assert "Jollyport" not in file
    assert "Louder bells" not in file


def test_the_draft_survives_a_guide_file(guide):
    file = dump(guide)
    assert load(file) == guide
    assert dump(load(file)) == file
