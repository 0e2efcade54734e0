"""The staff side of jobs: what comes in, from where, what is held, and what readers report."""

from jobs.admin import applications, employers, jobs, reports, sources

__all__ = ["applications", "employers", "jobs", "reports", "sources"]
