"""Listings into jobs, a thousand at a time: new, changed, unchanged, or listed again. Same input twice changes nothing."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify

from jobs.choices import Ending, State
from jobs.ingest.facts import Facts, content_hash, facts_of
from jobs.listing import Listing, Rejected
from jobs.matching import Vocabulary
from jobs.models import Employer, Job, Source
from jobs.search.index import index_once
from kit.text import fold

BATCH = 1000
KEPT_REJECTIONS = 50
SEEN_EVERY = timedelta(hours=12)  # of whole feeds last_seen_at is not written more often than that


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


def store(source: Source, items: Sequence[Listing | Rejected], counts: Counts, vocabulary: Vocabulary, *, is_part: bool = False) -> None:
    """One batch in one transaction. What was read before in the same feed under the same id is rejected.

    Of a part of a feed each job is marked as seen: being unseen is all that closes it (`jobs.ingest.closing`).
    """
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
                fresh.append(facts_of(listing, hashed, now=now, first_seen=now))
            elif job.state == State.REMOVED or (job.content_hash == hashed and not _comes_back(job, listing.valid_through, now)):
                same.append(job.pk)
            else:
                changed.append((job, facts_of(listing, hashed, now=now, first_seen=job.first_seen_at)))
        employers = ensure_employers({facts.employer for facts in [*fresh, *(facts for _, facts in changed)]})
        _create(source, fresh, employers, vocabulary, now)
        _change(source, changed, employers, vocabulary, now)
        unwritten = timedelta(0) if is_part else SEEN_EVERY
        Job.objects.filter(pk__in=same, last_seen_at__lt=now - unwritten).update(last_seen_at=now)
    counts.new += len(fresh)
    counts.changed += len(changed)
    counts.unchanged += len(same)


def _comes_back(job: Job, valid_through: datetime | None, now: datetime) -> bool:
    """Listed again after it was gone or over. What staff closed stays closed, and so does what is still past its last day."""
    is_over = valid_through is not None and valid_through < now
    return job.state == State.CLOSED and job.ending != Ending.STAFF and not is_over


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
        "pk",
        "external_id",
        "content_hash",
        "state",
        "ending",
        "closed_at",
        "relisted",
        "first_seen_at",
        "source_id",
        "title",
        "employer_id",
        "apply_url",
        "apply_email",  # what `_is_another` compares
    )


def ensure_employers(names: set[str]) -> dict[str, Employer]:
    """Name -> employer, made when it is new; one that was merged leads to the one it was merged into."""
    folded = _folded(names)
    employers = Employer.objects.select_related("merged_into")
    found = employers.by_folded_name(set(folded.values()))
    missing = {key: name for name, key in folded.items() if key not in found}
    if missing:
        new = [Employer(name=name, slug=_slug(name, key)) for key, name in missing.items()]
        Employer.objects.bulk_create(new, ignore_conflicts=True)  # another source may make it at the same moment
        found |= employers.by_folded_name(set(missing))
    return {name: found[key].merged_into or found[key] for name, key in folded.items()}


def _folded(names: set[str]) -> dict[str, str]:
    """By the database, which folds a few letters otherwise than Python (a Greek sigma at the end of a word)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, public.fold(name) FROM unnest(%s::text[]) AS name", [sorted(names)])
        return dict(cursor.fetchall())


def _slug(name: str, folded: str) -> str:
    """The end keeps names apart that look alike as an address."""
    return f"{slugify(name)[:200] or 'employer'}-{hashlib.sha256(folded.encode()).hexdigest()[:8]}"


def _first_state(source: Source, employer: Employer) -> State:
    return State.OPEN if source.is_trusted or employer.is_trusted else State.HELD


def _create(source: Source, fresh: list[Facts], employers: dict[str, Employer], vocabulary: Vocabulary, now: datetime) -> None:
    jobs = [
        Job(
            source=source,
            external_id=facts.external_id,
            employer=employers[facts.employer],
            state=_first_state(source, employers[facts.employer]),
            guide_id=vocabulary.guide_of(facts.columns["title"]),
            first_seen_at=now,
            last_seen_at=now,
            **facts.columns,
        )
        for facts in fresh
    ]
    with index_once(jobs):
        Job.objects.bulk_create(jobs)
        _mark_duplicates(jobs)
        _link_skills(list(zip(jobs, fresh, strict=True)), vocabulary)


def _change(
    source: Source, changed: list[tuple[Job, Facts]], employers: dict[str, Employer], vocabulary: Vocabulary, now: datetime
) -> None:
    names: set[str] = set()
    for job, facts in changed:
        values = {**facts.columns, "employer": employers[facts.employer], "last_seen_at": now}
        values["guide_id"] = vocabulary.guide_of(facts.columns["title"])
        values |= {"state": job.state, "ending": job.ending, "closed_at": job.closed_at, "relisted": job.relisted}
        if _comes_back(job, facts.columns["valid_through"], now):
            again = _first_state(source, values["employer"])  # what was held must not open by going and coming back
            values |= {"state": again, "ending": "", "closed_at": None, "relisted": job.relisted + 1}
        elif job.state == State.OPEN and _is_another(job, values):
            values["state"] = _first_state(source, values["employer"])
        for name, value in values.items():
            setattr(job, name, value)
        names |= {"guide" if name == "guide_id" else name for name in values}
    if changed:
        jobs = [job for job, _ in changed]
        with index_once(jobs):
            Job.objects.bulk_update(jobs, sorted(names), batch_size=BATCH)
            Job.skills.through.objects.filter(job__in=[job.pk for job in jobs]).delete()
            _link_skills(changed, vocabulary)


def _is_another(job: Job, values: dict[str, Any]) -> bool:
    """Whether so much differs that approval of the old ad says nothing of the new one: its title, employer or way to apply."""
    if fold(job.title).split() != fold(values["title"]).split() or job.employer_id != values["employer"].pk:
        return True
    return (job.apply_url, job.apply_email) != (values["apply_url"], values["apply_email"])


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
    others = Job.objects.open().filter(fingerprint__in={job.fingerprint for job in jobs}, duplicate_of=None)
    others = others.exclude(source__in={job.source_id for job in jobs})
    first = dict(others.order_by("-first_seen_at", "-pk").values_list("fingerprint", "pk"))  # the last to come is the oldest
    doubles = [job for job in jobs if job.fingerprint in first]
    for job in doubles:
        job.duplicate_of_id = first[job.fingerprint]
    Job.objects.bulk_update(doubles, ["duplicate_of"])
