"""Listings into jobs, a thousand at a time: new, changed, unchanged, or listed again. Same input twice changes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from jobs.choices import State
from jobs.ingest.facts import Facts, content_hash, facts_of
from jobs.listing import Listing, Rejected
from jobs.matching import Vocabulary
from jobs.models import Employer, Job, Source
from kit.text import fold

BATCH = 1000
KEPT_REJECTIONS = 50
SEEN_EVERY = timedelta(hours=12)  # last_seen_at is not written more often than that


@dataclass
class Counts:
    """Of one run, in listings."""

    seen: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    rejections: list[list[str]] = field(default_factory=list)
    external_ids: set[str] = field(default_factory=set)

    def reject(self, which: str, why: str) -> None:
        self.rejected += 1
        if len(self.rejections) < KEPT_REJECTIONS:
            self.rejections.append([which[:200], why[:300]])


@dataclass(frozen=True)
class Known:
    pk: int
    content_hash: str
    state: str


def store(source: Source, items: Sequence[Listing | Rejected], counts: Counts, vocabulary: Vocabulary) -> None:
    """One batch in one transaction. What was read before in the same feed under the same id is rejected."""
    listings = list(_accepted(items, counts))
    with transaction.atomic():
        now = timezone.now()
        known = {job.external_id: job for job in _known(source, [one.external_id for one in listings])}
        fresh: list[Facts] = []
        changed: list[tuple[Job, Facts]] = []
        same: list[int] = []
        for listing in listings:
            job, hashed = known.get(listing.external_id), content_hash(listing)
            if job is None:
                fresh.append(facts_of(listing, hashed, now))
            elif job.state == State.REMOVED or (job.content_hash == hashed and job.state != State.CLOSED):
                same.append(job.pk)
            else:
                changed.append((job, facts_of(listing, hashed, now)))
        employers = ensure_employers({facts.employer for facts in [*fresh, *(facts for _, facts in changed)]})
        _create(source, fresh, employers, vocabulary, now)
        _change(changed, employers, vocabulary, now)
        Job.objects.filter(pk__in=same, last_seen_at__lt=now - SEEN_EVERY).update(last_seen_at=now)
    counts.new += len(fresh)
    counts.changed += len(changed)
    counts.unchanged += len(same)


def _accepted(items: Iterable[Listing | Rejected], counts: Counts) -> Iterable[Listing]:
    for item in items:
        counts.seen += 1
        if isinstance(item, Rejected):
            counts.reject(item.which, item.why)
        elif item.external_id in counts.external_ids:
            counts.reject(item.external_id, "the feed lists this id twice")
        else:
            counts.external_ids.add(item.external_id)
            yield item


def _known(source: Source, external_ids: list[str]) -> Iterable[Job]:
    return Job.objects.filter(source=source, external_id__in=external_ids).only(
        "pk", "external_id", "content_hash", "state", "relisted", "source_id"
    )


def ensure_employers(names: set[str]) -> dict[str, Employer]:
    """Name -> employer, made when it is new; one that was merged leads to the one it was merged into."""
    folded = {fold(name): name for name in sorted(names)}
    found = Employer.objects.select_related("merged_into").by_folded_name(set(folded))
    missing = [name for key, name in folded.items() if key not in found]
    if missing:
        Employer.objects.bulk_create([Employer(name=name, slug=_slug(name)) for name in missing], ignore_conflicts=True)
        found = Employer.objects.select_related("merged_into").by_folded_name(set(folded))
    return {name: found[fold(name)].merged_into or found[fold(name)] for name in names}


def _slug(name: str) -> str:
    """The end keeps names apart that look alike as an address."""
    import hashlib

    return f"{slugify(name)[:200] or 'employer'}-{hashlib.sha256(fold(name).encode()).hexdigest()[:8]}"


def _create(source: Source, fresh: list[Facts], employers: dict[str, Employer], vocabulary: Vocabulary, now: datetime) -> None:
    jobs = [
        Job(
            source=source,
            external_id=facts.external_id,
            employer=employers[facts.employer],
            state=State.OPEN if source.is_trusted or employers[facts.employer].is_trusted else State.HELD,
            guide_id=vocabulary.guide_of(facts.columns["title"]),
            first_seen_at=now,
            last_seen_at=now,
            **facts.columns,
        )
        for facts in fresh
    ]
    Job.objects.bulk_create(jobs)
    _mark_duplicates(jobs)
    _link_skills(list(zip(jobs, fresh, strict=True)), vocabulary)


def _change(changed: list[tuple[Job, Facts]], employers: dict[str, Employer], vocabulary: Vocabulary, now: datetime) -> None:
    names: set[str] = set()
    for job, facts in changed:
        values = {**facts.columns, "employer": employers[facts.employer], "last_seen_at": now}
        values["guide_id"] = vocabulary.guide_of(facts.columns["title"])
        if job.state == State.CLOSED:  # it is listed again
            values |= {"state": State.OPEN, "closed_at": None, "relisted": job.relisted + 1}
        else:
            values |= {"state": job.state, "relisted": job.relisted, "closed_at": None}
        for name, value in values.items():
            setattr(job, name, value)
        names |= {"guide" if name == "guide_id" else name for name in values}
    if changed:
        Job.objects.bulk_update([job for job, _ in changed], sorted(names), batch_size=BATCH)
        Job.skills.through.objects.filter(job__in=[job.pk for job, _ in changed]).delete()
        _link_skills(changed, vocabulary)


def _link_skills(pairs: list[tuple[Job, Facts]], vocabulary: Vocabulary) -> None:
    through = Job.skills.through
    rows = [
        through(job_id=job.pk, skill_id=skill)
        for job, facts in pairs
        for skill in vocabulary.skills_of(facts.columns["title"], facts.columns["description"], "\n".join(facts.skills))
    ]
    through.objects.bulk_create(rows, ignore_conflicts=True, batch_size=5000)


def _mark_duplicates(jobs: list[Job]) -> None:
    """An ad that another source has open already points to it, and is not shown beside it."""
    first: dict[str, int] = {}
    others = Job.objects.open().filter(fingerprint__in={job.fingerprint for job in jobs}, duplicate_of=None)
    for pk, source_id, fingerprint in others.order_by("-first_seen_at", "-pk").values_list("pk", "source_id", "fingerprint"):
        if jobs and source_id != jobs[0].source_id:
            first[fingerprint] = pk
    doubles = [job for job in jobs if job.fingerprint in first]
    for job in doubles:
        job.duplicate_of_id = first[job.fingerprint]
    Job.objects.bulk_update(doubles, ["duplicate_of"])
