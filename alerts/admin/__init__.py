"""Alerts for staff: to look at. Nothing here sends anything."""

from alerts.admin import digests, people, runs

__all__ = ["digests", "people", "runs"]
