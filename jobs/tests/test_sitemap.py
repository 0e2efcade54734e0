import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobs import sitemap
from jobs.choices import State
from jobs.models import Job
from jobs.tests.factories import make_job
from portal.middleware.pagecache import store

pytestmark = pytest.mark.django_db


def addresses(name, *arguments, query=""):
    store.clear()
    return re.findall(r"<loc>http://testserver([^<]+)</loc>", Client().get(reverse(name, args=arguments) + query).content.decode())


def test_open_jobs_are_listed_once_each():
    job = make_job("open")
    make_job("twice", duplicate_of=job)
    make_job("over", valid_through=timezone.now() - timedelta(minutes=1))
    for state in (State.HELD, State.CLOSED, State.REMOVED):
        make_job(state, state=state)
    assert [one for part in parts() for one in part] == [job.get_absolute_url()]


def parts():
    return [addresses("sitemap_section", "jobs", query=f"?p={n}") for n in range(1, sitemap.Stretches().num_pages + 1)]


def test_the_index_names_every_part_and_each_job_stands_in_one(monkeypatch):
    jobs = [make_job(number, pk=number) for number in range(1, 6)]  # the sequence may be far: parts are counted from key 1
    monkeypatch.setattr(sitemap, "STRETCH", 2)
    index = [address for address in addresses("sitemap") if "sitemap-jobs" in address]
    assert len(index) == (max(job.pk for job in jobs) - 1) // 2 + 1
    assert sorted(one for part in parts() for one in part) == sorted(job.get_absolute_url() for job in jobs)


def test_a_part_that_is_none_is_not_found():
    make_job()
    for query in ("?p=99999", "?p=0", "?p=x"):
        assert Client().get(reverse("sitemap_section", args=["jobs"]) + query).status_code == 404
    assert Client().get(reverse("sitemap_section", args=["nothing"])).status_code == 404


def test_no_jobs_are_an_empty_part():
    assert not Job.objects.exists()
    assert addresses("sitemap_section", "jobs") == []
