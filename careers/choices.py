"""Closed vocabularies of a career guide: stored value, words on the page, and rank where there is one."""

from django.db.models import IntegerChoices, TextChoices


class State(TextChoices):
    """Where a guide's working copy stands on its way to the public. What visitors see is its listing, whatever the copy's state."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in-review", "In review"
    SCHEDULED = "scheduled", "Scheduled"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"


class WorkState(TextChoices):
    """State of something that readers want of staff."""

    OPEN = "open", "Open"
    DOING = "doing", "In hand"
    DONE = "done", "Done"
    DECLINED = "declined", "Declined"


UNSETTLED = (WorkState.OPEN, WorkState.DOING)  # nobody has settled it


class Demand(IntegerChoices):
    """How hard employers look for people, in five steps (FEATURES element 7)."""

    VERY_LOW = 1, "Very low"
    LOW = 2, "Low"
    MODERATE = 3, "Moderate"
    HIGH = 4, "High"
    VERY_HIGH = 5, "Very high"


class Stress(IntegerChoices):
    """Typical stress, calm to intense; an editor's rating."""

    VERY_LOW = 1, "Very low"
    LOW = 2, "Low"
    MODERATE = 3, "Moderate"
    HIGH = 4, "High"
    VERY_HIGH = 5, "Very high"


class Balance(IntegerChoices):
    """Work-life balance, poor to excellent; an editor's rating."""

    POOR = 1, "Poor"
    FAIR = 2, "Fair"
    AVERAGE = 3, "Average"
    GOOD = 4, "Good"
    EXCELLENT = 5, "Excellent"


class RemoteWork(IntegerChoices):
    """Where the work can be done, from one place only to anywhere."""

    ON_SITE = 1, "On site"
    SOME = 2, "Some"
    HYBRID = 3, "Hybrid"
    REMOTE_FRIENDLY = 4, "Remote-friendly"
    REMOTE_FIRST = 5, "Remote-first"


class Education(IntegerChoices):
    """Typical entry-level education, in the order and words of the BLS categories."""

    NONE = 1, "No formal credential"
    HIGH_SCHOOL = 2, "High school diploma"
    CERTIFICATE = 3, "Certificate"
    SOME_COLLEGE = 4, "Some college"
    ASSOCIATE = 5, "Associate degree"
    BACHELOR = 6, "Bachelor's degree"
    MASTER = 7, "Master's degree"
    DOCTORAL = 8, "Doctoral or professional degree"


class PayUnit(TextChoices):
    """Period that a pay figure covers; values as in schema.org QuantitativeValue.unitText."""

    YEAR = "YEAR", "a year"
    HOUR = "HOUR", "an hour"


class Method(TextChoices):
    """How a figure came about. It is printed beside the figure (ARCHITECTURE, decision 6)."""

    MEASURED = "measured", "Measured"
    EDITOR = "editor", "Editor's figure"


class PayLevel(TextChoices):
    """Which level pay of the guide's first pay band a career tier earns."""

    ENTRY = "entry", "Entry"
    MID = "mid", "Mid level"
    SENIOR = "senior", "Senior"
    TOP = "top", "Top"


class TierKind(TextChoices):
    """A step follows the one before; a branch leaves the line sideways and may overlap it."""

    STEP = "step", "Step"
    BRANCH = "branch", "Branch"


class NameKind(TextChoices):
    """Named things that a reader meets in the prose (FEATURES element 26)."""

    CERTIFICATION = "certification", "Certification"
    ORGANIZATION = "organization", "Organization"
    LAW = "law", "Law"
    CODE_SET = "code_set", "Code set or standard"
    VENDOR = "vendor", "Product or vendor"


class Basis(TextChoices):
    """Whether a case study tells what happened somewhere, with a source, or shows what could."""

    ILLUSTRATIVE = "illustrative", "Illustrative"
    SOURCED = "sourced", "From a source"


class Section(TextChoices):
    """The sections of a guide page, in page order; the value is the anchor, the label the heading.

    Contents, empty-section rules, notes and the gates all read this list.
    """

    WHAT_YOU_DO = "what-you-do", "What you do"
    RESPONSIBILITIES = "responsibilities", "Main responsibilities"
    SETTING = "setting", "Where you work"
    TOOLS = "tools", "Tools you use"
    PAY = "pay", "Pay"
    DEMAND = "demand", "Demand"
    OUTLOOK = "outlook", "Job outlook"
    WORLD = "world", "Around the world"
    SKILL_MAP = "skill-map", "Skill map"
    TECHNICAL = "technical", "Technical skills"
    PEOPLE_SKILLS = "people-skills", "People skills"
    EDUCATION = "education", "Education level"
    ROUTE = "route", "Your route, step by step"
    TRAINING = "training", "Training and certificates"
    NAMES = "names", "Names to know"
    PORTFOLIO = "portfolio", "Show what you can do"
    MISTAKES = "mistakes", "Common mistakes"
    ADVICE = "advice", "Advice for the job"
    TIERS = "tiers", "Career tiers"
    GROWTH = "growth", "Where growth comes from"
    CHALLENGES = "challenges", "Challenges today"
    TRENDS = "trends", "Trends to watch"
    RELATED_ROLES = "related-roles", "Related roles"
    DAY = "day", "A day on the job"
    STRESS = "stress", "Stress and balance"
    PROS_CONS = "pros-cons", "Pros and cons"
    CASES = "cases", "Case studies"
    FAQ = "faq", "Common questions"
    SOURCES = "sources", "Sources and method"


# Chapter anchor, heading, sections. Page order (DESIGN section 7a).
CHAPTERS: tuple[tuple[str, str, tuple[Section, ...]], ...] = (
    ("work", "The work", (Section.WHAT_YOU_DO, Section.RESPONSIBILITIES, Section.SETTING, Section.TOOLS)),
    ("pay-demand", "Pay and demand", (Section.PAY, Section.DEMAND, Section.OUTLOOK, Section.WORLD)),
    ("skills", "Skills", (Section.SKILL_MAP, Section.TECHNICAL, Section.PEOPLE_SKILLS)),
    (
        "getting-in",
        "Getting in",
        (
            Section.EDUCATION,
            Section.ROUTE,
            Section.TRAINING,
            Section.NAMES,
            Section.PORTFOLIO,
            Section.MISTAKES,
            Section.ADVICE,
        ),
    ),
    (
        "moving-up",
        "Moving up",
        (Section.TIERS, Section.GROWTH, Section.CHALLENGES, Section.TRENDS, Section.RELATED_ROLES),
    ),
    ("living", "Living with the job", (Section.DAY, Section.STRESS, Section.PROS_CONS, Section.CASES)),
    ("questions", "Questions and sources", (Section.FAQ, Section.SOURCES)),
)
