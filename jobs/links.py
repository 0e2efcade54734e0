"""Addresses of lists of jobs, in one place."""

from django.urls import reverse
from django.utils.http import urlencode


def all_jobs() -> str:
    return reverse("jobs:list")


def jobs_of_guide(slug: str) -> str:
    return f"{all_jobs()}?{urlencode({'guide': slug})}"
