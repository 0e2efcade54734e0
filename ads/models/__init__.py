"""What is shown in the reserved boxes, and how often it was seen and followed."""

from ads.models.creative import Creative, CreativeQuerySet, Shape, State
from ads.models.day import AdDay, Placement
from ads.models.picture import Picture

__all__ = ["AdDay", "Creative", "CreativeQuerySet", "Picture", "Placement", "Shape", "State"]
