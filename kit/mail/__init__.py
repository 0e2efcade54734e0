"""Outgoing mail: queued with the transaction that causes it, delivered by the worker."""
