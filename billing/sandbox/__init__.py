"""A stand-in for Stripe on a developer's machine: the real client, signed events, two pages, and no money.

Installed with DEBUG and without a key only; see `billing.sandbox.apps`.
"""
