"""The staff side of jobs: what comes in, from where, and what is held."""

from jobs.admin import applications, employers, jobs, sources

__all__ = ["applications", "employers", "jobs", "sources"]
