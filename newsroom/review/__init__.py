"""Looking through guides again by a stated day."""

from newsroom.review.marking import Outdated, in_a_year, mark_reviewed

__all__ = ["Outdated", "in_a_year", "mark_reviewed"]
