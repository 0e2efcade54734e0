"""Employers, their jobs, where these come from, and what members do with them."""

from jobs.models.employer import Employer
from jobs.models.job import Job, JobQuerySet
from jobs.models.personal import HiddenJob, JobVisit, SeenJob
from jobs.models.source import Run, Source

__all__ = ["Employer", "HiddenJob", "Job", "JobQuerySet", "JobVisit", "Run", "SeenJob", "Source"]
