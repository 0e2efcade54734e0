"""The plans as data: what Free and Plus contain, their limits and the price.

The one table that pricing page, plan box, upgrade prompt, account page, mails, gates and tests read. A feature whose
room is not built yet stands here too, but not in AVAILABLE: nobody has it, and no page, mail or price names it.
To switch it on, add it to AVAILABLE and its gate test to GATES in `billing/tests/test_plans.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kit.words import within_sentence


class Plan(StrEnum):
    FREE = "free"
    PLUS = "plus"


class Feature(StrEnum):
    JOBS = "jobs"
    GUIDES = "guides"
    WEEKLY_ALERTS = "weekly_alerts"
    DAILY_ALERTS = "daily_alerts"
    BOOKMARKS = "bookmarks"
    APPLICATIONS = "applications"
    EVERY_DEVICE = "every_device"
    RESUME = "resume"
    RESUME_ADDRESS = "resume_address"
    FEATURED_RESUME = "featured_resume"
    CONSULTANT = "consultant"
    AI_ADVICE = "ai_advice"
    AD_FREE = "ad_free"


class Limit(StrEnum):
    """What is counted. A limit is 0 for whoever lacks the feature it belongs to."""

    AI_ANSWERS_A_MONTH = "ai_answers_a_month"


class Group(StrEnum):
    """The parts of the full comparison, in page order."""

    FINDING = "Finding work"
    FOUND = "Being found"
    HELP = "Getting help"
    READING = "Reading in peace"


@dataclass(frozen=True)
class Line:
    """One feature in words.

    `label` and `note` stand on the card of the first plan that has it, `name` in the comparison. `free` and `plus` are
    the cells there: True and False are a tick and a dash, words stand as they are. A plan has the feature when its
    cell is not False.
    """

    feature: Feature
    group: Group
    name: str
    label: str
    free: bool | str
    plus: bool | str
    note: str = ""

    def cell(self, plan: Plan) -> bool | str:
        return self.plus if plan is Plan.PLUS else self.free


@dataclass(frozen=True)
class Price:
    """What Plus costs. `amount` in hundredths of the currency (Stripe's `unit_amount`), before tax."""

    amount: int
    currency: str  # ISO 4217 in lower case, as Stripe writes it
    interval: str  # Stripe's `recurring.interval`
    lookup_key: str

    @property
    def words(self) -> str:
        """$8 a month."""
        return f"{self.short} a {self.interval}"

    @property
    def short(self) -> str:
        return amount_in_words(self.amount, self.currency)


LIMITS: Mapping[Limit, tuple[Feature, Mapping[Plan, int]]] = {
    Limit.AI_ANSWERS_A_MONTH: (Feature.AI_ADVICE, {Plan.FREE: 0, Plan.PLUS: 30}),
}

PRICE = Price(amount=800, currency="usd", interval="month", lookup_key="plus_monthly")

CATALOGUE: tuple[Line, ...] = (
    Line(
        Feature.JOBS,
        Group.FINDING,
        name="Job search and applications",
        label="Unlimited searches and applications",
        free="Unlimited",
        plus="Unlimited",
    ),
    Line(
        Feature.GUIDES,
        Group.FINDING,
        name="Career guides and comparison",
        label="Every career guide, in full",
        free=True,
        plus=True,
        note="and comparison of up to four",
    ),
    Line(
        Feature.WEEKLY_ALERTS,
        Group.FINDING,
        name="Weekly job alerts",
        label="Weekly job alerts",
        free=True,
        plus=True,
        note="one email, all your searches",
    ),
    Line(
        Feature.DAILY_ALERTS,
        Group.FINDING,
        name="Daily job alerts",
        label="Daily job alerts",
        free=False,
        plus=True,
        note="or weekly, you choose",
    ),
    Line(Feature.BOOKMARKS, Group.FINDING, name="Bookmarks with notes", label="Bookmarks with your notes", free=True, plus=True),
    Line(Feature.APPLICATIONS, Group.FINDING, name="Application tracker", label="Application tracker", free=True, plus=True),
    Line(
        Feature.EVERY_DEVICE,
        Group.FINDING,
        name="Phone, tablet and desktop",
        label="Works on phone, tablet and desktop",
        free=True,
        plus=True,
    ),
    Line(Feature.RESUME, Group.FOUND, name="Public resume", label="Resume and public page", free=True, plus=True),
    Line(Feature.RESUME_ADDRESS, Group.FOUND, name="Own resume address", label="Your own resume address", free=False, plus=True),
    Line(
        Feature.FEATURED_RESUME,
        Group.FOUND,
        name="Featured and pinned resume",
        label="Featured and pinned resume",
        free=False,
        plus=True,
        note="shown first in the people directory",
    ),
    Line(
        Feature.CONSULTANT,
        Group.HELP,
        name="Career consultant",
        label="A career consultant",
        free=False,
        plus=True,
        note="written answers within two working days",
    ),
    Line(
        Feature.AI_ADVICE,
        Group.HELP,
        name="AI advice",
        label="AI advice on a job and your resume",
        free=False,
        plus=f"{LIMITS[Limit.AI_ANSWERS_A_MONTH][1][Plan.PLUS]} answers a month",
        note="always marked as written by software",
    ),
    Line(
        Feature.AD_FREE,
        Group.READING,
        name="Pages without ads",
        label="No ads",
        free=False,
        plus=True,
        note="on any page, on any device you sign in on",
    ),
)

AVAILABLE: frozenset[Feature] = frozenset(
    {
        Feature.JOBS,
        Feature.GUIDES,
        Feature.WEEKLY_ALERTS,
        Feature.DAILY_ALERTS,
        Feature.BOOKMARKS,
        Feature.APPLICATIONS,
        Feature.EVERY_DEVICE,
        Feature.AD_FREE,
    }
)


def catalogue() -> list[Line]:
    """The lines that may be shown: what works today."""
    return [line for line in CATALOGUE if line.feature in AVAILABLE]


def line_of(feature: Feature) -> Line:
    return next(line for line in CATALOGUE if line.feature is feature)


def features_of(plan: Plan) -> frozenset[Feature]:
    """What somebody on this plan can use today."""
    return frozenset(line.feature for line in catalogue() if line.cell(plan) is not False)


def added_by_plus() -> list[Line]:
    """What Plus has beyond Free, today: what its price buys."""
    return [line for line in catalogue() if line.free is False]


def limit_of(plan: Plan, limit: Limit) -> int:
    feature, values = LIMITS[limit]
    return values[plan] if feature in features_of(plan) else 0


def in_words(lines: Iterable[Line]) -> str:
    """Names within a sentence: 'daily job alerts, career consultant and pages without ads'."""
    names = [within_sentence(line.name) for line in lines]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


_SIGNS = {"usd": "$", "eur": "€", "gbp": "£"}


def amount_in_words(amount: int, currency: str) -> str:
    """800 usd -> $8, 850 -> $8.50; `amount` in hundredths. A currency without a sign by its code: 'CHF 8'."""
    whole, rest = divmod(amount, 100)
    number = f"{whole:,}.{rest:02d}" if rest else f"{whole:,}"
    sign = _SIGNS.get(currency)
    return f"{sign}{number}" if sign else f"{currency.upper()} {number}"
