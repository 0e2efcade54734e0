"""Employers, their jobs, where these come from, and what readers report."""

from jobs.models.employer import Employer
from jobs.models.job import Job, JobQuerySet
from jobs.models.personal import HiddenJob, JobVisit, SeenJob
from jobs.models.report import Report, ReportQuerySet
from jobs.models.search import SearchRow, Word
from jobs.models.source import Run, Source

__all__ = [
    "Employer",
    "HiddenJob",
    "Job",
    "JobQuerySet",
    "JobVisit",
    "Report",
    "ReportQuerySet",
    "Run",
    "SearchRow",
    "SeenJob",
    "Source",
    "Word",
]
