"""The answer to a search: jobs, numbers beside every choice, and advice when there is nothing."""

from dataclasses import dataclass, replace

from jobs.models import Job, JobQuerySet
from jobs.search import engine, spelling
from jobs.search.catalogue import catalogue, employers, employers_by_slug
from jobs.search.facets import Facet, Named
from jobs.search.query import JobSearch

SHOWN_EMPLOYERS = 12
MOST_ADVICE = 6


@dataclass(frozen=True)
class Advice:
    """One way out of an empty list: leave something out, and so many jobs show."""

    label: str
    jobs: int
    is_capped: bool
    search: JobSearch


@dataclass(frozen=True)
class Results:
    asked: JobSearch  # as typed
    search: JobSearch  # as answered: without what is unknown, spelling corrected, page within range
    facets: tuple[Facet, ...]
    left_out: tuple[Named, ...]  # employers that are not wanted
    found: engine.Found
    jobs: list[Job]
    advice: list[Advice]

    @property
    def pages(self) -> int:
        return max(-(-self.found.total // engine.PAGE_SIZE), 1)

    @property
    def is_corrected(self) -> bool:
        return self.search.q != self.asked.q

    @property
    def as_typed(self) -> JobSearch:
        return replace(self.asked, exact=True, page=1)


def search_jobs(
    asked: JobSearch, viewer: engine.Viewer = engine.NOBODY, *, size: int = engine.PAGE_SIZE, rows: JobQuerySet | None = None
) -> Results:
    """Run the search: one statement for it, one for the jobs of the page (all that a card shows, or `rows`), one for employers."""
    known = catalogue()
    asked = known.today(asked)
    named = employers_by_slug((*asked.employer, *asked.no_employer))
    chosen, left_out = _among(named, asked.employer), _among(named, asked.no_employer)
    run = _Run(known.facets(chosen), chosen, left_out, viewer, size)
    search, found = run(_answerable(asked, run))
    if not found.total and search.q and not search.exact:
        search, found = _respelled(search, found, run)
    advice = [] if found.total else _advice(search, run)
    facets = known.facets(_employers(found, chosen))
    return Results(asked, search, facets, left_out, found, _jobs(found.ids, rows), advice)


@dataclass(frozen=True)
class _Run:
    """Searches under the same circumstances."""

    facets: tuple[Facet, ...]
    chosen: tuple[Named, ...]  # employers
    left_out: tuple[Named, ...]
    viewer: engine.Viewer
    size: int

    def __call__(self, search: JobSearch) -> tuple[JobSearch, engine.Found]:
        """A page past the end becomes the last one."""
        found = self.count(search, self.size)
        last = max(-(-found.total // self.size), 1)
        if search.page <= last:
            return search, found
        search = replace(search, page=last)
        return search, self.count(search, self.size)

    def count(self, search: JobSearch, size: int = 0) -> engine.Found:
        left_out = [one.pk for one in self.left_out if one.slug in search.no_employer]
        return engine.find(search, self.facets, left_out=left_out, viewer=self.viewer, size=size)


def _among(named: dict[str, Named], slugs: tuple[str, ...]) -> tuple[Named, ...]:
    """Each once, by name."""
    return tuple(dict.fromkeys(one for slug, one in named.items() if slug in slugs))


def _answerable(asked: JobSearch, run: _Run) -> JobSearch:
    """Without what stands for nothing: unknown values, "new" for somebody who was never here; merged employers by their new address."""
    employer, no_employer = (tuple(sorted(one.slug for one in some)) for some in (run.chosen, run.left_out))
    is_new = asked.new and run.viewer.since is not None
    return replace(asked, employer=employer, no_employer=no_employer, new=is_new).among(run.facets, no_employer)


def _respelled(search: JobSearch, found: engine.Found, run: _Run) -> tuple[JobSearch, engine.Found]:
    """Where the words alone find nothing, the nearest spelling that finds something."""
    better = spelling.corrected(search.q)
    if better is None or (search.count_of_filters + bool(search.where) and run.count(JobSearch(q=search.q)).total):
        return search, found
    again, found_again = run(replace(search, q=better))
    return (again, found_again) if found_again.total or run.count(JobSearch(q=better)).total else (search, found)


def _advice(search: JobSearch, run: _Run) -> list[Advice]:
    """What each thing that was asked for costs: jobs that show without it, most first."""
    ways = {facet.name: _chosen_words(facet, search) for facet in search.active(run.facets)}
    ways |= {name: f"“{getattr(search, name)}”" for name in ("q", "where", "without") if getattr(search, name)}
    ways |= {"new": "“New since your last visit”"} if search.new else {}
    ways |= {"no_employer": "the employers you left out"} if search.no_employer else {}
    if len(ways) < 2:
        return []
    found = []
    for name, label in list(ways.items())[:MOST_ADVICE]:
        looser = search.without_filter(name)
        if total := run.count(looser).total:
            found.append(Advice(label, total, total >= engine.MOST, looser))
    return sorted(found, key=lambda one: -one.jobs)


def _chosen_words(facet: Facet, search: JobSearch) -> str:
    return " or ".join(f"“{option.label}”" for option in facet.chosen(search.values(facet.name)))


def _employers(found: engine.Found, chosen: tuple[Named, ...]) -> tuple[Named, ...]:
    """Those with the most hits, and the chosen ones."""
    counts = found.counts.get("employer", {})
    most = sorted((pk for pk in counts if pk is not None), key=lambda pk: (-counts[pk], pk))[:SHOWN_EMPLOYERS]
    return tuple(dict.fromkeys((*chosen, *employers.by_id([pk for pk in most if pk not in {one.pk for one in chosen}]))))


def _jobs(ids: list[int], rows: JobQuerySet | None) -> list[Job]:
    found = (Job.objects.for_cards() if rows is None else rows).in_bulk(ids) if ids else {}
    return [found[pk] for pk in ids if pk in found]
