"""Makes the data directory, starts the server, asks whether it answers, stops it. Callers hold the start lock."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from portal.localpg import binaries
from portal.localpg.errors import LocalPgError
from portal.localpg.places import NAME, PORT, Account, Place

RECOVERY = 120  # seconds that a server may take to replay its log after a crash
RETRY = 20  # seconds in which what a killed server leaves behind (its backends, its memory) goes away
STOP = 10  # seconds for each of the two ways to stop
LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8")  # the same on every machine
NO_SUCH_PID = 2**31 - 2  # above every system's highest pid

# The shell starts the server in the background and ends, so the server is nobody's child and no pipe stays open.
# pg_ctl would do, but it builds a command line of its own from the paths, and stops whatever pid the pid file names.
_DETACH = '"$@" >"$0" 2>&1 </dev/null & echo $!'


def ensure(place: Place) -> None:
    """Return when the server answers and has our database. Raises LocalPgError with the end of its log."""
    programs = binaries.find(place)
    if not (place.data / "PG_VERSION").exists():
        _initialise(place, programs)
    _check_owner(place)
    began = time.monotonic()
    launched = 0
    while problem := _knock(place):
        waited = time.monotonic() - began
        if not (_is_server(place, launched) or _is_server(place, _recorded_pid(place))):
            if launched and (waited > RETRY or not _may_pass(place)):
                raise LocalPgError(f"the server did not start.\n{log_tail(place)}")
            _disown_pid_file(place)
            launched = _launch(place, programs)
        elif waited > RECOVERY:
            raise LocalPgError(f"the server runs but did not answer in {RECOVERY} s: {problem}\n{log_tail(place)}")
        time.sleep(0.04)
    _create_database(place)


def runs(place: Place) -> bool:
    """Whether there is a live server; it may still be starting or recovering."""
    return _is_server(place, _recorded_pid(place))


def stop(place: Place) -> bool:
    """Stop the server if it runs: politely to its data, not to its clients. True when there was one to stop."""
    pid = _recorded_pid(place)
    if not _is_server(place, pid):
        return False
    for how in (signal.SIGINT, signal.SIGQUIT):  # "fast", then "immediate"
        try:
            os.kill(pid, how)
        except ProcessLookupError:
            return True
        deadline = time.monotonic() + STOP
        while time.monotonic() < deadline:
            if not _is_server(place, pid):
                return True
            time.sleep(0.01)
    raise LocalPgError(f"the server (pid {pid}) does not stop.\n{log_tail(place)}")


def log_tail(place: Place, lines: int = 12) -> str:
    try:
        text = place.log.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        return f"(its log cannot be read: {error})"
    return "\n".join(text.splitlines()[-lines:])


def _initialise(place: Place, programs: Path) -> None:
    """Fill a new folder and give it its name when it is complete, so that a start cut short leaves nothing half made."""
    if place.data.exists():
        raise LocalPgError(f"{place.data} is not a PostgreSQL data directory: run 'make clean', or move it away.")
    partial = place.data.with_name(f"{place.data.name}.new")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    if place.account:
        os.chown(partial, place.account.uid, place.account.gid)
    command = [str(programs / "initdb"), "-D", str(partial), "-U", NAME, "--auth=trust", "--no-sync", "--no-instructions", *LOCALE]
    done = _run(command, place.account)
    if done.returncode:
        raise LocalPgError(f"initdb failed.\n{done.stdout.strip()}")
    partial.rename(place.data)


def _check_owner(place: Place) -> None:
    expected = place.account.uid if place.account else os.geteuid()
    if place.data.stat().st_uid != expected:
        raise LocalPgError(f"{place.data} belongs to another user: run as that user, or use a checkout of your own.")


def _launch(place: Place, programs: Path) -> int:
    """Start the server and return its pid at once. Its log starts anew."""
    settings = dict(place.settings) | {"unix_socket_directories": str(place.sockets)}
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    server = [str(programs / "postgres"), "-D", str(place.data), *options]
    done = _run(["/bin/sh", "-c", _DETACH, str(place.log), *server], place.account)
    if done.returncode:
        raise LocalPgError(f"the server did not start: {done.stdout.strip()}")
    return int(done.stdout)


def _run(command: list[str], account: Account | None) -> subprocess.CompletedProcess[str]:
    """Run as the server's account, in a session of its own (a terminal's Ctrl-C is not for it), with a bare environment."""
    return subprocess.run(
        command,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
        cwd="/",
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _knock(place: Place) -> str:
    """Empty when the server answers, else what the driver says."""
    import psycopg  # here: stopping and cleaning work without the project's packages

    if not (place.sockets / f".s.PGSQL.{PORT}").exists():
        return "no socket yet"
    try:
        psycopg.connect(place.url("postgres"), connect_timeout=10).close()
    except psycopg.OperationalError as error:
        return str(error) or "no answer"
    return ""


def _create_database(place: Place) -> None:
    import psycopg

    with psycopg.connect(place.url("postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
            connection.execute(f"CREATE DATABASE {NAME}")


def _may_pass(place: Place) -> bool:
    """Whether the failure is one that the end of a killed server's last processes cures."""
    log = log_tail(place)
    return "shared memory block" in log or "lock file" in log


def _recorded_pid(place: Place) -> int:
    """The pid in postmaster.pid, 0 without one."""
    try:
        first, _, _ = (place.data / "postmaster.pid").read_text(encoding="ascii").partition("\n")
        return int(first)
    except (FileNotFoundError, ValueError):
        return 0


def _is_server(place: Place, pid: int) -> bool:
    """Whether `pid` is the live server of this data directory. A recycled pid is not, nor is a zombie."""
    return pid > 1 and f" -D {place.data} -c " in _command_line(pid)


def _command_line(pid: int) -> str:
    """A live process's command line; empty when there is none. /proc first: small containers have no ps."""
    if Path("/proc/self/cmdline").exists():
        try:
            return os.fsdecode(Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" "))
        except (FileNotFoundError, ProcessLookupError):
            return ""
    return subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout


def _disown_pid_file(place: Place) -> None:
    """Make a leftover postmaster.pid name no process: PostgreSQL refuses to start while the pid in it is alive, whoever that is.

    The rest of the file stays. It leads PostgreSQL to the killed server's shared memory, and so to its last backends:
    removing the file would let a second server write beside them.
    """
    try:  # as root we write in a folder of an account that others may share: never through a link of theirs
        descriptor = os.open(place.data / "postmaster.pid", os.O_RDWR | os.O_NOFOLLOW)
    except FileNotFoundError:
        return
    with open(descriptor, "r+", encoding="ascii") as file:
        _, newline, rest = file.read().partition("\n")
        file.seek(0)
        file.truncate()
        file.write(f"{NO_SUCH_PID}{newline}{rest}")
