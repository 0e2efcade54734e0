"""Employers, their jobs, where these come from, and who applied."""

from jobs.models.application import Application, ApplicationQuerySet, ResumeFile
from jobs.models.day import JobDay
from jobs.models.employer import Employer
from jobs.models.job import Job, JobQuerySet
from jobs.models.source import Run, Source

__all__ = ["Application", "ApplicationQuerySet", "Employer", "Job", "JobDay", "JobQuerySet", "ResumeFile", "Run", "Source"]
