"""Ads in the staff area: written, switched, looked at and counted."""

from ads.admin.creatives import CreativeAdmin

__all__ = ["CreativeAdmin"]
