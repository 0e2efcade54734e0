"""The staff side of jobs: what comes in, from where, and what is held."""

from jobs.admin import employers, jobs, sources

__all__ = ["employers", "jobs", "sources"]
