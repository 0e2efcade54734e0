"""How much of a guide is there: every element of the page that is a guide's own (FEATURES, elements 1 to 50), filled or not."""

from collections.abc import Callable
from dataclasses import dataclass

from careers.choices import Section
from careers.document.schema import Guide


@dataclass(frozen=True)
class Element:
    """`number` is the element's in FEATURES.md; `where` as in `Problem`."""

    number: int
    name: str
    where: str
    is_filled: bool


@dataclass(frozen=True)
class Meter:
    elements: tuple[Element, ...]

    @property
    def percent(self) -> int:
        """Whole percent of the elements that are filled, rounded down: 100 means all of them."""
        return 100 * sum(element.is_filled for element in self.elements) // len(self.elements)

    @property
    def open(self) -> list[Element]:
        return [element for element in self.elements if not element.is_filled]


Filled = Callable[[Guide], object]
# Number, name, where, whether it is there. Headings, and what is computed from other elements, are no elements of their own.
ELEMENTS: tuple[tuple[int, str, str, Filled], ...] = (
    (1, "Other titles", "aliases", lambda g: g.aliases),
    (1, "Field of work", "field", lambda g: g.field),
    (1, "Occupation code", "soc", lambda g: g.codes.soc or g.codes.onet or g.codes.isco),
    (2, "Standfirst", "standfirst", lambda g: g.standfirst),
    (2, "Opening paragraph", "intro", lambda g: g.intro),
    (2, "Short version", "short_version", lambda g: g.short_version),
    (3, "Projected growth", Section.OUTLOOK, lambda g: g.outlook),
    (4, "Median pay", Section.PAY, lambda g: any(band.median for band in g.pay)),
    (5, "Remote work", "remote", lambda g: g.remote),
    (7, "Demand, rated", Section.DEMAND, lambda g: g.demand),
    (8, "Demand, explained", Section.DEMAND, lambda g: g.demand and g.demand.text),
    (9, "Pay: country and period", Section.PAY, lambda g: any(band.period for band in g.pay)),
    (10, "Pay: range", Section.PAY, lambda g: any(band.low and band.high for band in g.pay)),
    (12, "Pay of career tiers", Section.TIERS, lambda g: any(tier.pay_level for tier in g.tiers)),
    (16, "What you do", Section.WHAT_YOU_DO, lambda g: g.what_you_do),
    (17, "Main responsibilities", Section.RESPONSIBILITIES, lambda g: g.responsibilities),
    (18, "Where you work", Section.SETTING, lambda g: g.setting),
    (19, "Tools", Section.TOOLS, lambda g: g.tools),
    (21, "Education, minimum", Section.EDUCATION, lambda g: g.education.minimum),
    (21, "Education, explained", Section.EDUCATION, lambda g: g.education.text),
    (22, "Technical skills", Section.TECHNICAL, lambda g: g.technical_skills.items),
    (23, "People skills", Section.PEOPLE_SKILLS, lambda g: g.soft_skills.items),
    (24, "Route, step by step", Section.ROUTE, lambda g: g.route.steps),
    (24, "Months to start", "time_to_start", lambda g: g.time_to_start),
    (25, "Training", Section.TRAINING, lambda g: g.training.text or g.training.options),
    (26, "Names to know", Section.NAMES, lambda g: g.names),
    (27, "Career tiers", Section.TIERS, lambda g: g.tiers),
    (28, "Career tiers, each explained", Section.TIERS, lambda g: g.tiers and all(tier.text for tier in g.tiers)),
    (29, "Around the world", Section.WORLD, lambda g: g.world.text),
    (29, "Around the world: places", Section.WORLD, lambda g: g.world.places),
    (30, "Challenges today", Section.CHALLENGES, lambda g: g.challenges),
    (31, "Where growth comes from", Section.GROWTH, lambda g: g.growth_paths),
    (32, "Trends", Section.TRENDS, lambda g: g.trends),
    (33, "A day on the job", Section.DAY, lambda g: g.day),
    (34, "Stress, rated", Section.STRESS, lambda g: g.stress_balance.stress),
    (35, "Balance, rated", Section.STRESS, lambda g: g.stress_balance.balance),
    (36, "Stress and balance, explained", Section.STRESS, lambda g: g.stress_balance.text),
    (37, "Skill map: introduction", Section.SKILL_MAP, lambda g: g.skill_map.intro),
    (38, "Skill map: levels", Section.SKILL_MAP, lambda g: g.skill_map.groups),
    (39, "Pros", Section.PROS_CONS, lambda g: g.pros),
    (39, "Drawbacks", Section.PROS_CONS, lambda g: g.cons),
    (40, "Common mistakes", Section.MISTAKES, lambda g: g.mistakes),
    (41, "Advice", Section.ADVICE, lambda g: g.advice),
    (42, "Case studies", Section.CASES, lambda g: g.case_studies),
    (43, "Show what you can do", Section.PORTFOLIO, lambda g: g.portfolio),
    (46, "Source of the growth", Section.OUTLOOK, lambda g: any(outlook.source for outlook in g.outlook)),
    (47, "Related roles, pinned", Section.RELATED_ROLES, lambda g: g.related),
    (48, "Common questions", Section.FAQ, lambda g: g.faq),
    (49, "Sources", Section.SOURCES, lambda g: g.sources),
)


def meter(guide: Guide) -> Meter:
    return Meter(tuple(Element(number, name, where, bool(is_there(guide))) for number, name, where, is_there in ELEMENTS))
