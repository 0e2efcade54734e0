"""Employers, their jobs, and where these come from."""

from jobs.models.employer import Employer
from jobs.models.job import Job, JobQuerySet
from jobs.models.search import SearchRow, Word
from jobs.models.source import Run, Source

__all__ = ["Employer", "Job", "JobQuerySet", "Run", "SearchRow", "Source", "Word"]
