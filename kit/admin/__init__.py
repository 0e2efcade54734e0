"""The staff side of mail: what left and what did not, and addresses that take none."""

from kit.admin import mail

__all__ = ["mail"]
