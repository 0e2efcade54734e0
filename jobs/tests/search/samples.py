"""Jobs of all kinds by chance, always the same, and what a search should find among them, counted the plain way."""

import random
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from careers.models import GuideListing, Skill
from careers.search.terms import WORD
from careers.tests.factories import published_guide
from jobs.choices import Kind, Level, Workplace
from jobs.geography import country_of, regions_of
from jobs.models import Job
from jobs.search.catalogue import catalogue, forget
from jobs.search.facets import AGES, Named
from jobs.tests.factories import make_employer, make_job
from kit.models import ContentStamp
from kit.text import fold

WORDS = ("kite", "rope", "sail", "lamp", "glass", "copper", "wind", "tent")
PLACES = (("Columbus, OH", "US"), ("Austin, TX", "US"), ("Berlin", "DE"), ("Toronto, Ontario", "CA"), ("", ""), ("Paris", "FR"))
REACH = ({"anywhere": True}, {"countries": ["US"]}, {"countries": ["DE", "FR"]}, {"regions": ["EU"]}, {"regions": ["AMERICAS"]}, {}, {})


def make_samples(count=300, seed=7):
    """Employers, skills, guides of two fields, and jobs among them."""
    dice = random.Random(seed)
    ContentStamp.objects.get_or_create(pk=1)
    guides = [
        published_guide(slug=f"{word}-guide", title=f"{word.title()} expert", plural=f"{word} experts", aliases=[], field=field)
        for word, field in (("tent", "crafts"), ("wind", "ships"), ("lamp", "ships"))
    ]
    employers = [make_employer(f"{word.title()} House") for word in WORDS]
    skills = [Skill.objects.get_or_create(name=f"{word.title()} care")[0] for word in WORDS[:4]]
    now = timezone.now()
    source = make_job("first").source
    Job.objects.all().delete()
    jobs = []
    for number in range(count):
        place, country = dice.choice(PLACES)
        jobs.append(
            Job(
                source=source, employer=dice.choice(employers), external_id=str(number), apply_url="https://x.example/", content_hash="x",
                fingerprint=str(number), title=" ".join(dice.sample(WORDS, dice.choice((1, 2, 3)))), place=place, place_country=country,
                workplace=dice.choice(["", *Workplace.values]), kind=dice.choice(["", *Kind.values]), level=dice.choice(["", *Level]),
                guide_id=dice.choice([None, *(guide.pk for guide in guides)]),
                posted_at=now - timedelta(hours=dice.choice((1, 30, 30, 200, 800, 3_000)), seconds=number // 2),
                first_seen_at=now - timedelta(hours=dice.choice((1, 50, 300))), **dice.choice(REACH), **_pay(dice),
            )
        )  # fmt: skip
    Job.objects.bulk_create(jobs)
    through = Job.skills.through
    through.objects.bulk_create(through(job=job, skill=skill) for job in jobs for skill in dice.sample(skills, dice.randrange(3)))
    forget()
    return Samples(list(Job.objects.select_related("employer").prefetch_related("skills")), employers)


def _pay(dice):
    if dice.random() < 0.3:
        return {}
    least = dice.choice((None, dice.randrange(15_000, 120_000)))
    most = dice.randrange(120_000, 220_000) if least is None or dice.random() < 0.5 else None
    amounts = {name: value and Decimal(value) for name, value in (("pay_minimum", least), ("pay_maximum", most))}
    currency = dice.choice(("USD", "USD", "USD", "EUR"))
    return {**amounts, "pay_currency": currency, "pay_period": "YEAR", "year_minimum": least, "year_maximum": most}


@dataclass
class Samples:
    jobs: list
    employers: list

    def __post_init__(self):
        rows = GuideListing.objects.values_list("guide_id", "slug", "title", "field__slug")
        self.guides = {pk: (slug, title, field) for pk, slug, title, field in rows}
        self.facets = catalogue().facets(tuple(Named(e.pk, e.slug, e.name) for e in self.employers))
        self.now = timezone.now()

    def find(self, search, *, but="", hidden=(), since=None):
        """Jobs that match, in the order of the search; `but`: whatever is chosen in this facet."""
        matching = [
            job for job in self.jobs
            if self.has_words(job, search) and self.is_in(job, search.where) and job.pk not in hidden
            and job.employer.slug not in search.no_employer and (not search.new or job.first_seen_at > since)
            and all(name == but or not search.values(name) or self.has(job, name, search) for name in self.names)
        ]  # fmt: skip
        newest = sorted(matching, key=lambda job: (job.posted_at, job.pk), reverse=True)
        match search.order:
            case "pay":
                return sorted(newest, key=lambda job: -(yearly(job) or -1))
            case "best":
                words = [word for part in search.q.split() if not part.startswith("-") for word in WORD.findall(fold(part))]
                return sorted(newest, key=lambda job: -self.score(job, words))
        return newest

    names = ("workplace", "pay", "level", "kind", "field", "guide", "employer", "age")

    def count(self, search, name, value, **viewer):
        """Jobs if only this option were chosen in its facet, and everything else stayed."""
        only = {name: (value,), **({"unstated": False} if name == "pay" else {})}
        return len(self.find(replace(search, **only), **viewer))

    def score(self, job, words):
        title = job.title.split()
        has_phrase = any(title[n : n + len(words)] == words for n in range(len(title)))
        return all(word in title for word in words) + has_phrase

    def has_words(self, job, search):
        parts = [job.title, job.employer.name, *(skill.name for skill in job.skills.all()), self.guides.get(job.guide_id, ("", "", ""))[1]]
        parts = [fold(part).split() for part in parts]
        known = {word for part in parts for word in part}

        def holds(phrase):
            words = phrase.split()
            return any(part[n : n + len(words)] == words for part in parts for n in range(len(part)))

        phrases = search.q.split('"')[1::2]
        loose = " ".join(search.q.split('"')[::2]).split()
        wanted = [word for word in loose if not word.startswith("-")]
        unwanted = [word[1:] for word in loose if word.startswith("-")] + search.without.split()
        return all(word in known for word in wanted) and not known & set(unwanted) and all(map(holds, phrases))

    def is_in(self, job, where):
        where = where.removeprefix("remote").strip(", ") if (is_remote := where.startswith("remote")) else where
        if is_remote and job.workplace != "remote":
            return False
        if code := country_of(where):
            reach = job.anywhere or code in job.countries or bool(set(job.regions) & regions_of(code))
            return reach or job.place_country == code
        if where == "anywhere":
            return job.anywhere
        names = {"ohio": "oh", "oh": "oh", "texas": "tx", "tx": "tx"}
        place = [names.get(word, word) for word in WORD.findall(fold(job.place))]
        return all(names.get(word, word) in place for word in WORD.findall(fold(where)))

    def has(self, job, name, search):
        chosen = search.values(name)
        match name:
            case "workplace" | "kind" | "level":
                return getattr(job, name).replace("_", "-") in chosen
            case "pay":
                pay = yearly(job)
                return search.unstated if pay is None else pay >= int(chosen[0].removesuffix("k")) * 1000
            case "field" | "guide":
                return job.guide_id in self.guides and self.guides[job.guide_id][0 if name == "guide" else 2] in chosen
            case "employer":
                return job.employer.slug in chosen
        assert chosen[0] in AGES
        return job.posted_at >= timezone.now() - timedelta(days=int(chosen[0]))


def yearly(job):
    """US dollars a year, the top of the range."""
    return (job.year_maximum or job.year_minimum) if job.pay_currency == "USD" else None
