"""Runs snippets of Python as separate processes: locks, signals and exits are about processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
# Another Python than the virtual environment's finds the same packages.
PATHS = {"PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join([str(ROOT), str(Path(psycopg.__file__).parents[1])])}
IMPORTS = "import os, signal, subprocess, sys, time\nfrom pathlib import Path\n"
PRELUDE = IMPORTS + "from portal import localpg\n"


def start(body: str, *arguments: object, python: str = sys.executable, prelude: str = PRELUDE, **options: object) -> subprocess.Popen:
    """Its stderr joins its stdout, so that failures explain themselves."""
    command = [python, "-c", prelude + body, *map(str, arguments)]
    settings = {"cwd": "/", "env": PATHS, "stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, **(settings | options))


def run(body: str, *arguments: object, **options: object) -> str:
    """What a snippet printed; fails with that when it ended with an error."""
    process = start(body, *arguments, **options)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0, output
    return output.strip()


@contextmanager
def user_of(checkout: Path, profile: str = "test") -> Iterator[subprocess.Popen]:
    """A process that uses the server until the block ends. The test profile: nothing waits for the disk."""
    process = start("print(localpg.acquire(sys.argv[2], checkout=Path(sys.argv[1])), flush=True); sys.stdin.read()", checkout, profile)
    try:
        process.url = process.stdout.readline().strip()
        assert process.url.startswith("postgresql://"), process.url + process.stdout.read()
        yield process
    finally:
        process.communicate(timeout=30)


def processes(*words: str) -> list[int]:
    """Pids of live processes whose command line has all the words. Zombies have none."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if line and all(word in line for word in words) and int(folder.name) != os.getpid():
            found.append(int(folder.name))
    return found


def servers(data: Path) -> list[int]:
    return processes("postgres", f" -D {data} -c ")


def eventually(condition: Callable[[], object], seconds: float = 15) -> object:
    """The condition's first true value; fails when there is none in time."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.05)
    return value


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
