"""Jobs, employers and sources for tests, and feeds in our own format."""

import json
from datetime import timedelta

from django.utils import timezone

from jobs.choices import Ending, SourceKind, State
from jobs.ingest.run import run_source
from jobs.models import Employer, Job, Source

ADDRESS = "https://feeds.example.org/jobs.json"


def make_source(name="Wind jobs", **values):
    defaults = {"kind": SourceKind.FILE, "address": ADDRESS, "is_trusted": True}
    return Source.objects.create(name=name, **defaults | values)


def make_employer(name="Kite Works", **values):
    return Employer.objects.get_or_create(name=name, defaults={"slug": name.lower().replace(" ", "-"), **values})[0]


def make_job(external_id="1", *, source=None, employer=None, **values):
    closed = {"closed_at": timezone.now(), "ending": Ending.GONE} if values.get("state") == State.CLOSED else {}
    defaults = {
        "title": "Kite maker",
        "description": "<p>Sew and fly.</p>",
        "apply_url": f"https://kites.example.org/{external_id}",
        "posted_at": timezone.now() - timedelta(days=1),
        "content_hash": f"hash {external_id}",
        "fingerprint": f"print {external_id}",
        **closed,
    }
    source = source or Source.objects.filter(name="Wind jobs").first() or make_source()
    return Job.objects.create(external_id=external_id, source=source, employer=employer or make_employer(), **defaults | values)


def ad(number=1, **changes):
    """One job as our own JSON has it."""
    return {
        "id": str(number),
        "title": f"Kite maker {number}",
        "employer": "Kite Works",
        "apply_url": f"https://kites.example.org/{number}",
        "description": "<p>Sew and fly.</p>",
        "posted": "2026-03-01",
    } | changes


def ads(count):
    return [ad(number) for number in range(1, count + 1)]


def feed(jobs, **around):
    return json.dumps({"jobs": jobs, **around}).encode()


def look(source, jobs, **around):
    """A run over a feed of these jobs."""
    return run_source(source, body=feed(jobs, **around))


def counts(run):
    return {name: value for name in ("new", "changed", "unchanged", "closed", "rejected_count") if (value := getattr(run, name))}


def states():
    """id at the source -> state, of every job."""
    return dict(Job.objects.values_list("external_id", "state"))
