"""Sample jobs by invented employers, from readable files. They come in the way all jobs do: as feeds that ingestion reads.

Their dates are days from today. Loaded again on another day they move along, so an old demonstration looks alive; on the same
day nothing changes. What staff closed, removed or approved stays as they left it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from ruamel.yaml import YAML

from jobs.choices import Ending, RunStatus, SourceKind
from jobs.expiry import close_expired
from jobs.ingest.run import run_source
from jobs.ingest.store import ensure_employers
from jobs.models import Employer, Job, Source

BOARD, PARTNER, UNREVIEWED = "Sample jobs", "Partner board (sample)", "Unreviewed feed (sample)"
SOURCES: dict[str, dict[str, Any]] = {
    BOARD: {"is_trusted": True},
    PARTNER: {"is_trusted": True, "attribution": "Partner Board", "attribution_url": "https://partner-board.example/"},
    UNREVIEWED: {"is_trusted": False},  # so its jobs wait for review
}
FEATURED_DAYS = 30
GONE_DAYS = 3  # how long ago a job that is no longer listed was closed
Entry = dict[str, Any]


class BrokenSample(Exception):
    """A file does not hold what it should. The message says what ingestion found."""


@dataclass(frozen=True)
class Loaded:
    """What stands in the database after a load."""

    jobs: int
    open: int
    employers: int

    def __str__(self) -> str:
        return f"{self.jobs} jobs ({self.open} open) by {self.employers} employers"


@transaction.atomic
def load_jobs(content: Path, *, today: date | None = None) -> Loaded:
    """Reads `employers.yaml` and `jobs/*.yaml` of this folder. `today`: the day that the files count from.

    A source that staff switched off is left alone. Raises BrokenSample, OSError and KeyError for what is wrong in the files.
    """
    today = today or timezone.localdate()
    entries = [entry for path in sorted((content / "jobs").glob("*.yaml")) for entry in _read(path)]
    employers = _read(content / "employers.yaml")
    _introduce(employers)
    is_new = not Source.objects.filter(name=BOARD).exists()
    sources = {name: _source(name) for name in SOURCES}
    for name, feed in _feeds(entries, is_new=is_new):
        if sources[name].is_active:
            _look(sources[name], [feed_entry(entry, today=today, source=name) for entry in feed])
    close_expired()
    _settle(list(sources.values()), entries, today, is_new=is_new)
    jobs = Job.objects.filter(source__in=sources.values())
    return Loaded(jobs.count(), jobs.open().count(), len(employers))


def feed_entry(entry: Entry, *, today: date, source: str = BOARD) -> Entry:
    """An entry of the files as a job of our own feed format. The hour of posting is made from its id, so it stays the same."""
    hour, minute = divmod(sum(entry["id"].encode()) * 37 % (12 * 60), 60)
    posted = datetime.combine(today - timedelta(days=entry["posted_days_ago"]), time(6 + hour, minute))
    job = {name: value for name, value in entry.items() if name not in _OURS} | {"posted": posted.isoformat()}
    if (days := entry.get("closes_in_days")) is not None:
        job["valid_through"] = (today + timedelta(days=days)).isoformat()
    if source == PARTNER:
        job |= {"id": f"partner-{entry['id']}", "apply_url": f"https://partner-board.example/jobs/{entry['id']}", "apply_email": ""}
    return job


_OURS = {"posted_days_ago", "closes_in_days", "held", "gone", "relisted", "featured", "on_partner_board"}


def _source(name: str) -> Source:
    source, _ = Source.objects.get_or_create(name=name, defaults={"kind": SourceKind.FILE, **SOURCES[name]})
    return source


def _read(path: Path) -> list[Entry]:
    found: list[Entry] = YAML(typ="safe", pure=True).load(path.read_bytes())
    return found


def _introduce(employers: list[Entry]) -> None:
    """Makes the employers that are missing. Website and text are theirs only while they have neither."""
    made = ensure_employers({entry["name"] for entry in employers})
    for entry in employers:
        employer = made[entry["name"]]
        if not employer.website and not employer.about:
            employer.website, employer.about = entry["website"], entry["about"]
    Employer.objects.bulk_update(set(made.values()), ["website", "about"])


def _feeds(entries: list[Entry], *, is_new: bool) -> Iterator[tuple[str, list[Entry]]]:
    """What each source lists, in order. The first time the board is looked at three times: some jobs come and go, one comes back."""
    board = [entry for entry in entries if not entry.get("held")]
    if is_new:
        yield BOARD, board
        yield BOARD, [entry for entry in board if not entry.get("gone") and not entry.get("relisted")]
    yield BOARD, [entry for entry in board if not entry.get("gone")]
    yield PARTNER, _marked(entries, "on_partner_board")
    yield UNREVIEWED, _marked(entries, "held")


def _marked(entries: Iterable[Entry], mark: str) -> list[Entry]:
    return [entry for entry in entries if entry.get(mark)]


def _look(source: Source, jobs: list[Entry]) -> None:
    run = run_source(source, body=json.dumps({"jobs": jobs}, default=str).encode())
    if run.status != RunStatus.DONE or run.rejected_count:
        raise BrokenSample(f"{source}: {run.note} {run.rejected}")


def _settle(sources: list[Source], entries: list[Entry], today: date, *, is_new: bool) -> None:
    """Dates that ingestion takes from the clock, as if it had looked every day."""
    jobs = Job.objects.filter(source__in=sources)
    jobs.exclude(first_seen_at=F("posted_at")).update(first_seen_at=F("posted_at"))
    jobs.filter(ending=Ending.OVER).exclude(closed_at=F("valid_through")).update(closed_at=F("valid_through"))
    again = [entry["id"] for entry in _marked(entries, "relisted")]
    jobs.exclude(external_id__in=again).exclude(relisted=0).update(relisted=0)  # moved along, not listed again
    featured = jobs.filter(external_id__in=[entry["id"] for entry in _marked(entries, "featured")])
    if not is_new:
        featured = featured.exclude(featured_until=None)
    until = timezone.make_aware(datetime.combine(today + timedelta(days=FEATURED_DAYS), time.max))
    featured.exclude(featured_until=until).update(featured_until=until)
    if is_new:
        jobs.filter(ending=Ending.GONE).update(closed_at=timezone.now() - timedelta(days=GONE_DAYS))
