"""What a guide needs before it can be published, in words an editor can act on."""

from collections.abc import Callable

from careers.choices import Basis, Method, Section
from careers.document.schema import Guide
from careers.gates.problem import Found, Problem

MAX_STANDFIRST_WORDS = 45


def problems(guide: Guide) -> list[Problem]:
    """Everything that keeps the guide from being published; empty when it is ready."""
    return [Problem(where, message) for check in CHECKS for where, message in check(guide)]


def _head(guide: Guide) -> Found:
    if not guide.field:
        yield "field", "Choose a field of work."
    if not guide.standfirst:
        yield "standfirst", "Write the standfirst: 15 to 40 words that say what the job is."
    elif len(guide.standfirst.split()) > MAX_STANDFIRST_WORDS:
        yield "standfirst", f"Shorten the standfirst to at most {MAX_STANDFIRST_WORDS} words; it has {len(guide.standfirst.split())}."
    if not guide.short_version:
        yield "short_version", "Write the short version: what people ask first, each with a link to its section."
    if not guide.time_to_start:
        yield "time_to_start", "Say how many months it takes to start."
    if not guide.remote:
        yield "remote", "Say where the work can be done."


# Section -> what must not be empty, and what to do about it. Related roles are computed and may be empty.
REQUIRED: tuple[tuple[Section, Callable[[Guide], object], str], ...] = (
    (Section.WHAT_YOU_DO, lambda g: g.what_you_do, "Describe what people in this job do."),
    (Section.RESPONSIBILITIES, lambda g: g.responsibilities, "List the main responsibilities."),
    (Section.SETTING, lambda g: g.setting, "Describe where and when the work happens."),
    (Section.TOOLS, lambda g: g.tools, "List the tools."),
    (Section.PAY, lambda g: g.pay, "Add a pay band."),
    (Section.DEMAND, lambda g: g.demand and g.demand.text, "Rate demand and say why."),
    (Section.OUTLOOK, lambda g: g.outlook, "Add the projected growth."),
    (Section.WORLD, lambda g: g.world.text, "Say how the job looks in other countries."),
    (Section.SKILL_MAP, lambda g: g.skill_map.groups, "Add the levels of the skill map."),
    (Section.TECHNICAL, lambda g: g.technical_skills.items, "List technical skills."),
    (Section.PEOPLE_SKILLS, lambda g: g.soft_skills.items, "List people skills."),
    (Section.EDUCATION, lambda g: g.education.minimum and g.education.text, "Say which education is the minimum, and explain."),
    (Section.ROUTE, lambda g: g.route.steps and all(s.title for s in g.route.steps), "Write the steps of the route, each with a title."),
    (Section.TRAINING, lambda g: g.training.text or g.training.options, "Describe training and certificates."),
    (Section.PORTFOLIO, lambda g: g.portfolio, "Say how to show what one can do."),
    (Section.MISTAKES, lambda g: g.mistakes, "List common mistakes."),
    (Section.ADVICE, lambda g: g.advice, "Give advice."),
    (Section.TIERS, lambda g: g.tiers, "Add the career tiers."),
    (Section.GROWTH, lambda g: g.growth_paths, "Say where growth comes from."),
    (Section.CHALLENGES, lambda g: g.challenges, "Name today's challenges."),
    (Section.TRENDS, lambda g: g.trends, "Name the trends."),
    (Section.DAY, lambda g: g.day, "Describe a day."),
    (Section.STRESS, lambda g: g.stress_balance.stress and g.stress_balance.balance, "Rate stress and balance."),
    (Section.PROS_CONS, lambda g: g.pros and g.cons, "List what people like and what wears them down."),
    (Section.CASES, lambda g: g.case_studies, "Add a case study."),
    (Section.FAQ, lambda g: g.faq, "Answer common questions."),
    (Section.SOURCES, lambda g: g.sources, "List the sources."),
)


def _sections(guide: Guide) -> Found:
    for section, content, advice in REQUIRED:
        if not content(guide):
            yield section.value, advice


def _receipts(guide: Guide) -> Found:
    for number, band in enumerate(guide.pay, 1):
        if band.method is Method.MEASURED and not (band.source and band.period):
            yield "pay", f"Pay band {number} is measured: name its source and period."
        if band.median is None:
            yield "pay", f"Pay band {number} has no median."
        if band.method is Method.EDITOR and not (band.range_min and band.range_max):
            yield "pay", f"Pay band {number} is an editor's range: give both ends."
    for number, outlook in enumerate(guide.outlook, 1):
        if outlook.method is Method.MEASURED and not (outlook.source and outlook.period_from):
            yield "outlook", f"Outlook {number} is measured: name its source and years."
    for case in guide.case_studies:
        if case.basis is Basis.SOURCED and not case.source:
            yield "cases", f"'{case.title}' is said to come from a source: name it."


CHECKS: tuple[Callable[[Guide], Found], ...] = (_head, _sections, _receipts)
