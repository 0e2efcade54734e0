"""Employers, their jobs, where these come from, and what readers report."""

from jobs.models.application import Application, ApplicationQuerySet, ResumeFile
from jobs.models.day import JobDay
from jobs.models.employer import Employer
from jobs.models.job import Job, JobQuerySet
from jobs.models.personal import HiddenJob, JobVisit, SeenJob
from jobs.models.report import Report, ReportQuerySet
from jobs.models.search import SearchRow, Word
from jobs.models.source import Run, Source

__all__ = [
    "Application",
    "ApplicationQuerySet",
    "Employer",
    "HiddenJob",
    "Job",
    "JobDay",
    "JobQuerySet",
    "JobVisit",
    "Report",
    "ReportQuerySet",
    "ResumeFile",
    "Run",
    "SearchRow",
    "SeenJob",
    "Source",
    "Word",
]
