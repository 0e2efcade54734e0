"""Putting a guide before the public, and taking it away. The only writer of `GuideListing`."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Func, JSONField, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone

from careers import former, gates
from careers.choices import PayUnit, State
from careers.document import rows, schema
from careers.document.prose import rendered
from careers.document.schema import skill_names
from careers.gates.prints import prints
from careers.gates.problem import Problem
from careers.models import Field, Guide, GuideListing, GuideRevision, ListedSkill, Skill, TextPrint
from careers.working import add_revision, stored
from kit.words import HOURS_A_YEAR

if TYPE_CHECKING:
    from accounts.models import User

REVIEWED_EVERY = timedelta(days=365)  # figures of pay and outlook are published once a year


class NotReady(ValueError):
    """The guide lacks something; `problems` says what."""

    def __init__(self, found: list[Problem]) -> None:
        self.problems = found
        super().__init__("; ".join(problem.message for problem in found))


@transaction.atomic
def publish(guide: Guide, *, by: "User | None" = None, note: str = "", document: schema.Guide | None = None) -> GuideListing:
    """Show `document`, or else the working copy, and store it as a published revision. Publishing what is public changes no text.

    What editors hold back stays out. Whatever was scheduled is settled by it. Raises NotReady when something is missing; then
    nothing is written.
    """
    guide = Guide.objects.select_for_update().get(pk=guide.pk)
    shown = former.of_today(document or rows.read(guide), guide).for_readers()
    if found := gates.blockers(shown, gates.Context.of(guide.pk, shown)):
        raise NotReady(found)
    listing = GuideListing.objects.filter(guide=guide).select_related("revision").first()
    if listing is None or listing.content != shown:
        listing = _show(guide, add_revision(guide, shown, GuideRevision.Kind.PUBLISHED, by=by, note=note), shown)
    _settle(guide)
    return listing


@transaction.atomic
def withdraw(guide: Guide) -> None:
    """Take the guide off the site. Its text, revisions and people's bookmarks stay."""
    guide = Guide.objects.select_for_update().get(pk=guide.pk)
    GuideListing.objects.filter(guide=guide).delete()
    _save_state(guide, State.RETIRED if Guide.objects.was_public(guide.slug) else State.DRAFT)


def _settle(guide: Guide) -> None:
    """After publication: nothing is scheduled, and a copy that says more than visitors see is a draft beside it."""
    if guide.review_by is None:
        guide.review_by = timezone.localdate() + REVIEWED_EVERY
    _save_state(guide, State.PUBLISHED)
    stored(guide)


def _save_state(guide: Guide, state: State) -> None:
    guide.state, guide.goes_live_at, guide.goes_live_zone, guide.goes_live = state, None, "", None
    guide.save(update_fields=["state", "goes_live_at", "goes_live_zone", "goes_live", "review_by"])


def rebuild(guide: Guide) -> GuideListing:
    """Build the listing again from its published revision, after a change of this code."""
    listing = GuideListing.objects.select_related("revision").get(guide=guide)
    return _show(guide, listing.revision, schema.Guide.model_validate(listing.revision.document))


def move(guide: Guide, *, by: "User | None" = None, note: str = "") -> GuideListing:
    """Show what visitors see of the guide under its address of today, as a new published revision, whatever it lacks.

    The caller holds a lock on the guide.
    """
    listing = GuideListing.objects.get(guide=guide)
    document = former.of_today(listing.content, guide)
    return _show(guide, add_revision(guide, document, GuideRevision.Kind.PUBLISHED, by=by, note=note), document)


def move_pins(listings: QuerySet[GuideListing]) -> None:
    """Name related guides by their addresses of today, without a new revision: readers' text stays. Two statements a guide."""
    for listing in listings.select_related("guide").only("document", "guide__slug"):
        listing.document = former.of_today(listing.content, listing.guide).model_dump(mode="json")
        listing.save(update_fields=["document"])


def move_field(listings: QuerySet[GuideListing], field: Field) -> int:
    """Put published guides into a field, or under its address and name of today. One statement; no reader's text changes."""
    document = Func(F("document"), Value(["field"]), Value(field.slug, JSONField()), function="jsonb_set", output_field=JSONField())
    return listings.update(field=field, document=document, words_c=Concat("standfirst", Value(f"\n{field.name}"), output_field=TextField()))


def _show(guide: Guide, revision: GuideRevision, document: schema.Guide) -> GuideListing:
    document = former.of_today(document, guide)
    field = Field.objects.get(slug=document.field)
    values = {"revision": revision, "field": field, **_columns(document, field)}
    if revision.kind == GuideRevision.Kind.PUBLISHED:
        values["published_at"] = revision.created_at
    listing, _ = GuideListing.objects.update_or_create(
        guide=guide, defaults=values, create_defaults={**values, "first_published_at": _first_published(guide, revision)}
    )
    skills = Skill.objects.ensure(skill_names(document))
    ListedSkill.objects.filter(listing=listing).delete()
    ListedSkill.objects.bulk_create(ListedSkill(listing=listing, skill=skill) for skill in {s.pk: s for s in skills.values()}.values())
    TextPrint.objects.filter(listing=listing).delete()
    TextPrint.objects.bulk_create(TextPrint(listing=listing, digest=digest) for digest in prints(document))
    return listing


def _first_published(guide: Guide, revision: GuideRevision) -> datetime:
    first = guide.revisions.filter(kind=GuideRevision.Kind.PUBLISHED).order_by("number").values_list("created_at", flat=True).first()
    return first or revision.created_at


def _columns(document: schema.Guide, field: Field) -> dict[str, object]:
    band = document.pay[0] if document.pay else None
    times = HOURS_A_YEAR if band and band.unit is PayUnit.HOUR else 1
    tools = [tool for group in document.tools for tool in group.items]
    return {
        "slug": document.slug,
        "title": document.title,
        "standfirst": document.standfirst,
        "demand": document.demand.level if document.demand else None,
        "stress": document.stress_balance.stress,
        "balance": document.stress_balance.balance,
        "remote": document.remote.level if document.remote else None,
        "education": document.education.minimum,
        "min_months": document.time_to_start.min_months if document.time_to_start else None,
        "max_months": document.time_to_start.max_months if document.time_to_start else None,
        "currency": band.currency if band else "",
        "pay_low": band.low * times if band and band.low else None,
        "pay_median": band.median * times if band and band.median else None,
        "pay_high": band.high * times if band and band.high else None,
        "growth_percent": document.outlook[0].percent if document.outlook else None,
        "document": document.model_dump(mode="json"),
        "prose": rendered(document),
        "words_a": "\n".join([document.title, *document.aliases]),
        "words_b": "\n".join([*skill_names(document), *(word for tool in tools for word in (tool.name, *tool.examples))]),
        "words_c": f"{document.standfirst}\n{field.name}",
    }
