"""Pages of the same template about other occupations, copied by other programs."""

from datetime import time

import pytest

from careers.choices import Demand, PayLevel, Stress, TierKind
from careers.document.files import dump, load
from careers.seedtext import read
from careers.tests.seedtext.page import SECTIONS, TITLE, page, reading


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_endings_make_no_difference(newline):
    assert read(page().replace("\n", newline).encode()) == reading()


def test_a_byte_order_mark_makes_no_difference():
    assert read(page().encode("utf-8-sig")) == reading()


@pytest.mark.parametrize("bullet", ["- ", "* ", "– ", "◦ ", "•", "▪\t", "\u00a0•\u00a0"])
def test_bullets_make_no_difference(bullet):
    other = read(page().replace("  • • ", "  • ").replace("  • ", bullet).encode())
    assert other.guide == reading().guide
    assert other.unplaced == []


def test_numbered_lists_are_lists():
    assert reading({"Contextual Advice": "1. Sleep early.\n2) Count twice."}).guide.advice == ["Sleep early", "Count twice"]


def test_lists_without_bullets_are_read_line_by_line():
    changed = {"Key Responsibilities": "Ringing.\n\nSweeping.", "Soft Abilities": "Calm\nCare", "Pros & Cons": "Pros\nAir\nCons\nStairs"}
    guide = reading(changed).guide
    assert guide.responsibilities[0].items == ["Ringing", "Sweeping"]
    assert guide.soft_skills.items == ["Calm", "Care"]
    assert (guide.pros, guide.cons) == (["Air"], ["Stairs"])


def test_marks_on_each_pro_are_dropped():
    guide = reading({"Pros & Cons": "✅ Pros\n✅ Air.\n❌ Cons\n❌ Stairs."}).guide
    assert (guide.pros, guide.cons) == (["Air"], ["Stairs"])


@pytest.mark.parametrize(
    ("title", "name", "slug", "plural"),
    [
        ("UX/UI Designer", "UX/UI designer", "ux-ui-designer", "UX/UI designers"),
        ("Full-Stack Java Developer", "Full-stack Java developer", "full-stack-java-developer", "Full-stack Java developers"),
        ("C++ Developer", "C++ developer", "cpp-developer", "C++ developers"),
        ("DevOps Engineer II", "DevOps engineer II", "devops-engineer-ii", "DevOps engineer IIs"),
        ("Director of Nursing", "Director of nursing", "director-of-nursing", "Directors of nursing"),
        ("Registered Nurse (RN)", "Registered nurse (RN)", "registered-nurse-rn", "Registered nurses (RN)"),
        ("Attorney", "Attorney", "attorney", "Attorneys"),
        ("Data Secretary", "Data secretary", "data-secretary", "Data secretaries"),
        ("WASTE COACH", "Waste coach", "waste-coach", "Waste coaches"),
        ("Señor Café Owner", "Señor café owner", "senor-cafe-owner", "Señor café owners"),
        ("Fireman", "Fireman", "fireman", "Firemen"),
    ],
)
def test_other_titles(title, name, slug, plural):
    text = page({"Path to": None, f"Path to {title}": "Learn."}, title=f"{title} Career Path Guide")
    done = read(text.encode())
    assert (done.guide.title, done.guide.slug, done.guide.plural) == (name, slug, plural)
    assert len(done.guide.route.steps) == 1


def test_a_path_to_something_else_is_no_heading():
    done = reading({"Portfolio Tips": "Record it.\n\nPath to Glory\n\nRing louder."})
    assert "Path to Glory" in done.guide.portfolio


@pytest.mark.parametrize("kept", sorted(SECTIONS))
def test_each_section_alone_makes_a_draft(kept):
    done = reading({heading: None for heading in SECTIONS if heading != kept})
    assert done.sections[0].line == 1
    assert len(done.missing) == len(SECTIONS) - 1
    assert load(dump(done.guide)) == done.guide


@pytest.mark.parametrize("lost", sorted(SECTIONS))
def test_any_section_may_be_missing(lost):
    done = reading({lost: None})
    assert len(done.missing) == 1
    assert {row.text for row in done.unplaced} <= {"$40,000", "median salary"}


def test_without_a_salary_section_the_median_has_no_country_and_is_left():
    done = reading({"Annual Salary": None})
    assert done.guide.pay == []
    assert [row.text for row in done.unplaced] == ["$40,000", "median salary"]


def test_without_an_outlook_section_the_figure_at_the_top_is_the_outlook():
    done = reading({"Job Outlook": None})
    assert [(outlook.percent, outlook.country, outlook.source) for outlook in done.guide.outlook] == [(4, "US", None)]


def test_a_page_that_is_only_title_and_one_section():
    done = read(b"Bell Tuner Career Path Guide\nWork Setting\nA tower.")
    assert (done.guide.title, done.guide.setting, done.guide.intro) == ("Bell tuner", "A tower.", "")
    assert done.unplaced == []


def test_sections_in_another_order_give_the_same_guide():
    parts = [f"{heading}\n\n{body}" for heading, body in reversed(SECTIONS.items())]
    head = page().split("📈")[0]
    other, guide = read((head + "\n\n".join(parts)).encode()).guide, reading().guide
    assert other.model_copy(update={"names": guide.names}) == guide
    assert {name.name for name in other.names} == {name.name for name in guide.names}


def test_the_median_at_the_top_fills_a_section_without_one():
    assert reading({"Annual Salary": "30,000—50,000"}).guide.pay[0].median == 40_000


def test_pay_elsewhere_in_other_spelling():
    changed = {"Annual Salary": None, "🇬🇧 Annual Salary (UK, GBP)": "£24k – £38,500\nMedian: £30k\nEntry Level: £26,000"}
    (band,) = reading(changed | {"Job Outlook": None}, top="They ring.").guide.pay
    assert (band.country, band.place, band.currency) == ("GB", "United Kingdom", "GBP")
    assert (band.range_min, band.median, band.range_max, band.entry) == (24_000, 30_000, 38_500, 26_000)


def test_a_flag_that_contradicts_the_words_is_named():
    changed = {"Annual Salary": None, "🇨🇦 Annual Salary (US, USD)": "30,000—50,000"}
    assert ["the flag is of Canada" in remark.text for remark in reading(changed).warnings] == [True]


@pytest.mark.parametrize(
    ("gauge", "level"), [("Low\nHigh\nMedium", Demand.MODERATE), ("High", Demand.HIGH), ("Low\nHigh\nLow", Demand.LOW)]
)
def test_demand_gauges(gauge, level):
    assert reading({"Market Demand": f"{gauge}\n\nText."}).guide.demand.level is level


def test_a_rating_between_two_levels_takes_the_harder_one_and_says_so():
    done = reading({"Balance & Stress": "Stress Level: Moderate to High\nBalance Rating: Good"})
    assert done.guide.stress_balance.stress is Stress.HIGH
    assert done.guide.stress_balance.stress_note == "Moderate to High"
    assert "names 2 levels" in done.warnings[0].text


def test_shrinking_occupations():
    done = reading({"Job Outlook": "Growth Rate: −2.5%"}, top="They ring.\n\n-2.5%\n\ngrowth rate")
    assert (done.guide.outlook[0].percent, done.warnings) == (-2.5, [])


def test_one_tier_has_no_pay_level():
    (tier,) = reading({"Career Path Tiers": "Keeper\n\nExperience: 1+ years\n\nYou ring."}).guide.tiers
    assert (tier.years_min, tier.years_max, tier.pay_level, tier.kind) == (1, None, None, TierKind.STEP)


def test_three_tiers_take_the_first_three_pay_levels_and_gaps_are_named():
    body = "A\n\nExperience: Up to 2 years\n\nText.\n\nB\n\nExperience: 3 to 6 years\n\nText.\n\nC\n\nExperience: over 6 years\n\nText."
    done = reading({"Career Path Tiers": body})
    assert [tier.pay_level for tier in done.guide.tiers] == [PayLevel.ENTRY, PayLevel.MID, PayLevel.SENIOR]
    assert [(tier.years_min, tier.years_max) for tier in done.guide.tiers] == [(0, 2), (3, 6), (6, None)]
    assert [remark.text for remark in done.warnings] == ["no tier covers years 2 to 3"]


@pytest.mark.parametrize(
    ("times", "start", "end"),
    [
        ("9 AM - 12 PM", time(9), time(12)),
        ("9:30am–noon", time(9, 30), time(12)),
        ("1-3 PM", time(13), time(15)),
        ("14:00 to 15:45", time(14), time(15, 45)),
        ("12 a.m. - 1 a.m.", time(0), time(1)),
    ],
)
def test_times_of_day(times, start, end):
    (block,) = reading({"A Day in the Life": f"Block ({times})\nFocus: Bell\n• Ring."}).guide.day
    assert (block.start, block.end) == (start, end)


def test_bullets_inside_prose_become_a_markdown_list():
    setting = reading({"Work Setting": "You need:\n• Boots\n• Gloves\n\nThat is all."}).guide.setting
    assert setting == "You need:\n\n- Boots\n- Gloves\n\nThat is all."


def test_signs_that_mean_something_in_markdown_show_as_they_are():
    guide = reading({"Work Setting": "# 5*3 [sic] _so_ a_b <b>\n\n2019. A good year"}).guide
    assert guide.setting == "\\# 5\\*3 \\[sic\\] \\_so\\_ a_b \\<b>\n\n2019\\. A good year"


def test_sources_of_a_page_that_lists_them():
    body = "U.S. Bureau of Labor Statistics https://www.bls.gov/ooh/\nTower Society – Handbook of Bells\nhttps://bells.example/a"
    done = reading({"Sources & References": body})
    assert [(source.publisher, source.title, source.url) for source in done.guide.sources] == [
        ("U.S. Bureau of Labor Statistics", "Publication not stated", "https://www.bls.gov/ooh/"),
        ("Tower Society", "Handbook of Bells", None),
        ("bells.example", "bells.example", "https://bells.example/a"),
    ]


def test_case_studies_of_the_same_title_get_their_own_address():
    body = "Fog\n\nText.\n\nKey Takeaway: One.\n\nFog\n\nText.\n\nKey Takeaway: Two."
    assert [case.slug for case in reading({"Case Studies": body}).guide.case_studies] == ["fog", "fog-2"]


def test_the_title_is_found_in_any_case():
    assert reading(title=TITLE.upper()).guide.title == "Harbor bell keeper"
