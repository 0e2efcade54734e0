"""Decides which database a command uses before Django's settings are read."""

import os
import sys
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent


def ensure_database_url(profile: str = "dev") -> bool:
    """Export DATABASE_URL: from the environment, else from .env, else of the checkout's local server, started if need be.

    True when it is the local server's. Ends the program with one line when that cannot be had.
    """
    environ.Env.read_env(BASE_DIR / ".env")
    if os.environ.get("DATABASE_URL"):
        return False
    from portal import localpg  # only here: with a database of one's own the launcher plays no part

    try:
        os.environ["DATABASE_URL"] = localpg.acquire(profile)
    except localpg.LocalPgError as error:
        sys.exit(f"Local PostgreSQL: {error}")
    return True
