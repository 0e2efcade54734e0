"""The local PostgreSQL of a checkout, for development and tests: started by its first user, stopped after its last.

Only the programs of a wheel are used; data, locks and lifetime are ours (docs/development.md). Linux and macOS.
With DATABASE_URL set this package is never imported.
"""

import atexit
import os
import shutil
import sys
from pathlib import Path

from portal.localpg import server
from portal.localpg.errors import LocalPgError
from portal.localpg.locks import Lease, start_lock
from portal.localpg.places import PROFILES, Place, locate, prepare

__all__ = ["LocalPgError", "acquire", "release", "remove", "revive", "stop_if_unused"]

CHECKOUT = Path(__file__).resolve().parent.parent.parent

_leases: dict[Place, Lease] = {}


def acquire(profile: str = "dev", *, checkout: Path | None = None) -> str:
    """Start or join the server and return the URL of its database. Holds a lease until release() or the end of the process.

    Calling it again is harmless. Raises LocalPgError.
    """
    place = locate(checkout or CHECKOUT, profile)
    try:
        prepare(place)
        with start_lock(place.start_lock):
            lease = _leases[place] if place in _leases else Lease(place.lease)
            try:
                server.ensure(place)
            except BaseException:  # Ctrl-C too: a half-started server must not stay behind
                _leases.pop(place, None)
                _end(place, lease)
                raise
            _leases[place] = lease
    except OSError as error:
        raise LocalPgError(f"{error.strerror}: {error.filename or place.state}") from error
    return place.url()


def revive() -> bool:
    """Start again what we hold a lease on and what died, say by `kill -9`. True when there was something. Cheap otherwise.

    Raises LocalPgError; the lease stays, so it can be tried again.
    """
    dead = [place for place in _leases if not server.runs(place)]
    for place in dead:
        with start_lock(place.start_lock):
            server.ensure(place)
    return bool(dead)


def release() -> None:
    """Give back every lease of this process; a server that nobody else uses is stopped."""
    while _leases:
        place, lease = _leases.popitem()
        if place.state.exists():  # else its checkout was deleted under us
            with start_lock(place.start_lock):
                _end(place, lease)


def stop_if_unused(profile: str = "dev", *, checkout: Path | None = None) -> bool:
    """Stop a server whose users were all killed. False when somebody uses it."""
    place = locate(checkout or CHECKOUT, profile)
    if not place.state.exists():
        return True
    with start_lock(place.start_lock):
        return _end(place, Lease(place.lease))


def remove(*, checkout: Path | None = None) -> None:
    """Stop the servers of a checkout and delete their data. Raises LocalPgError, and deletes nothing, while one is in use."""
    places = [locate(checkout or CHECKOUT, profile) for profile in PROFILES]
    for profile in PROFILES:
        if not stop_if_unused(profile, checkout=checkout):
            raise LocalPgError("the local database is in use by 'make run', 'make test' or a manage.py command: stop that first.")
    for place in places:
        shutil.rmtree(place.sockets, ignore_errors=True)
        shutil.rmtree(place.state, ignore_errors=True)


def _end(place: Place, lease: Lease) -> bool:
    last = lease.end()
    if last:
        server.stop(place)
    return last


def _forget_after_fork() -> None:
    for lease in _leases.values():
        lease.forget()
    _leases.clear()


def _release_at_exit() -> None:
    try:
        release()
    except LocalPgError as error:
        print(f"Local PostgreSQL: {error}", file=sys.stderr)  # noqa: T201  too late for anything but a line


atexit.register(_release_at_exit)
os.register_at_fork(after_in_child=_forget_after_fork)
