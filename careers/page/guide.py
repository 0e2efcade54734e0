"""One object with all that the guide templates show."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import slugify

from careers.choices import NameKind
from careers.document.figures import Outlook
from careers.document.prose import word_count
from careers.document.schema import CaseStudy, DayBlock, Guide, NameToKnow, Note, Question, Source, Step
from careers.growth import label
from careers.page.facts import Fact, facts
from careers.page.outlook import OutlookChart, outlook_chart
from careers.page.pay import PayChart, pay_chart
from careers.page.sections import Chapter, chapters
from careers.page.tiers import Ridge, TierRow, ridge, tier_rows
from careers.page.words import clock
from careers.related import RelatedRole
from kit.markdown import shown

WORDS_A_MINUTE = 230  # silent reading of non-fiction, Brysbaert 2019
OPEN_QUESTIONS = 1  # answers that stand open when the page loads


class Prose(Mapping[str, SafeString]):
    """Stored HTML by path, for templates: `prose.what_you_do`; a path that is not there is empty text."""

    def __init__(self, stored: Mapping[str, str]) -> None:
        self._stored = stored

    def __getitem__(self, path: str) -> SafeString:
        return shown(self._stored.get(path, ""))

    def __iter__(self) -> Iterator[str]:
        return iter(self._stored)

    def __len__(self) -> int:
        return len(self._stored)


@dataclass(frozen=True)
class WithHtml:
    """A part of the document beside its rendered prose."""

    part: Step | CaseStudy | Question | Note
    html: SafeString
    anchor: str = ""
    is_open: bool = False
    source: Source | None = None


@dataclass(frozen=True)
class DayColumn:
    block: DayBlock
    span: int  # half hours: the width of the column

    @property
    def when(self) -> str:
        return f"{self.block.name}, {clock(self.block.start)} to {clock(self.block.end)}"


@dataclass(frozen=True)
class OutlookReceipt:
    outlook: Outlook
    source: Source | None
    basis: str


@dataclass(frozen=True)
class GuidePage:
    """The page of one guide. `is_preview` shows a working copy that may be incomplete."""

    guide_id: int
    guide: Guide
    stored_prose: Mapping[str, str]
    field_name: str
    related: list[RelatedRole]
    published_at: datetime | None = None
    revision_id: int | None = None
    reviewed_at: datetime | None = None
    is_preview: bool = False

    @property
    def was_reviewed(self) -> bool:
        """Whether staff found it right after it was published."""
        return bool(self.reviewed_at and self.published_at and self.reviewed_at > self.published_at)

    @property
    def url(self) -> str:
        """Address of the published page, for sharing."""
        return f"{settings.SITE_URL}{reverse('careers:guide', args=[self.guide.slug])}"

    @cached_property
    def prose(self) -> Prose:
        return Prose(self.stored_prose)

    @cached_property
    def plural(self) -> str:
        return self.guide.plural or f"{self.guide.title}s"

    @cached_property
    def chapters(self) -> list[Chapter]:
        return chapters(self.guide, self.notes, has_related=bool(self.related))

    @cached_property
    def open_margin(self) -> str:
        """Anchor of the first section of chapter 1 with nothing beside its text; empty when there is none."""
        sections = self.chapters[0].sections if self.chapters else []
        return next((section.anchor for section in sections if section.has_margin and not section.notes), "")

    @cached_property
    def facts(self) -> list[Fact]:
        return facts(self.guide)

    @cached_property
    def tiers(self) -> list[TierRow]:
        return tier_rows(self.guide)

    @cached_property
    def ridge(self) -> Ridge | None:
        return ridge(self.guide)

    @cached_property
    def pay_charts(self) -> list[PayChart]:
        return [chart for band in self.guide.pay if (chart := pay_chart(band, self.plural, self.sources.get(band.source or "")))]

    @cached_property
    def outlook_chart(self) -> OutlookChart | None:
        return outlook_chart(self.guide.outlook, self.plural)

    @cached_property
    def outlook_receipts(self) -> list[OutlookReceipt]:
        return [OutlookReceipt(o, self.sources.get(o.source or ""), label(o).basis) for o in self.guide.outlook]

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Sources by key, for receipts beside figures."""
        return {source.key: source for source in self.guide.sources}

    @cached_property
    def day(self) -> list[DayColumn]:
        return [DayColumn(block, max(1, min(24, round(block.hours * 2)))) for block in self.guide.day]

    @cached_property
    def day_hours(self) -> float:
        return sum(block.hours for block in self.guide.day)

    @cached_property
    def steps(self) -> list[WithHtml]:
        return [WithHtml(step, self.prose[f"route.steps.{n}.text"]) for n, step in enumerate(self.guide.route.steps)]

    @cached_property
    def cases(self) -> list[WithHtml]:
        return [WithHtml(case, self.prose[f"case_studies.{n}.text"], case.slug) for n, case in enumerate(self.guide.case_studies)]

    @cached_property
    def questions(self) -> list[WithHtml]:
        return [
            WithHtml(item, self.prose[f"faq.{n}.answer"], anchor, n < OPEN_QUESTIONS, self.sources.get(item.source or ""))
            for n, (item, anchor) in enumerate(zip(self.guide.faq, self._question_anchors, strict=True))
        ]

    @cached_property
    def _question_anchors(self) -> list[str]:
        """faq-<question>, unique on the page."""
        seen: dict[str, int] = defaultdict(int)
        anchors = []
        for item in self.guide.faq:
            anchor = f"faq-{slugify(item.question)[:60].strip('-') or 'question'}"
            seen[anchor] += 1
            anchors.append(anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}")
        return anchors

    @cached_property
    def notes(self) -> dict[str, list[WithHtml]]:
        """Margin notes by section anchor."""
        found: dict[str, list[WithHtml]] = {}
        for n, note in enumerate(self.guide.notes):
            found.setdefault(note.section.value, []).append(WithHtml(note, self.prose[f"notes.{n}.text"]))
        return found

    @cached_property
    def names(self) -> list[tuple[str, list[NameToKnow]]]:
        """Names to know by kind, in the order of the kinds."""
        kinds = [(kind.label, [name for name in self.guide.names if name.kind is kind]) for kind in NameKind]
        return [(kind, names) for kind, names in kinds if names]

    @cached_property
    def skill_total(self) -> int:
        return sum(len(group.skills) for group in self.guide.skill_map.groups)

    @cached_property
    def minutes(self) -> int:
        return max(1, round(word_count(self.guide) / WORDS_A_MINUTE))
