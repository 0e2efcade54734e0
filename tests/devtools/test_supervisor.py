"""portal.supervise with a stub in place of Django: a real web server, a worker that only sleeps."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from portal.localpg.places import locate
from portal.supervise.guard import watch
from portal.supervise.plan import Address, Program
from portal.supervise.supervisor import LONGEST_PAUSE, Running
from tests.devtools import scripts

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes through /proc")

NOT_USED = {"DATABASE_URL": "postgresql:///never-connected-to"}
SUPERVISE = """
from portal.supervise import plan, supervisor
where = plan.Address("127.0.0.1", int(sys.argv[1]))
if "DATABASE_URL" not in os.environ:
    from portal import localpg
    localpg.CHECKOUT = supervisor.BASE_DIR = Path(sys.argv[2])
step = [sys.executable, "-c", "print('2 guides'); print('free@waymark.example  secret')"]
worker = [sys.executable, "-c", "import time; time.sleep(600)"]
code = supervisor.supervise(plan.Plan(
    where,
    [plan.Step("Sample content", step, is_shown=True)],
    [plan.Program("web", plan.web(where, "tests.devtools.stub:application")), plan.Program("worker", worker)],
))
print("launcher imported:", "portal.localpg" in sys.modules)
sys.exit(code)
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1) as response:
            return response.read() == b"fine"
    except (urllib.error.URLError, OSError):
        return False


def descendants(pid: int) -> set[int]:
    """Everything that a process started, directly or not."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    direct = {int(child) for child in children.read_text().split()}
    return direct.union(*map(descendants, direct))


def alive(pids: set[int]) -> list[int]:
    everything = scripts.processes("")
    return [pid for pid in pids if pid in everything]


@contextmanager
def running(port: int, *arguments: object, env: dict[str, str] | None = None) -> Iterator[subprocess.Popen]:
    """A supervisor that has said it is ready; `heard` collects its lines so far."""
    process = scripts.start(SUPERVISE, port, *arguments, prelude=scripts.IMPORTS, env=scripts.PATHS | (env or {}), start_new_session=True)
    process.heard = ""
    try:
        while "Ctrl-C stops everything" not in process.heard:
            line = process.stdout.readline()
            assert line, process.heard
            process.heard += line
        process.family = descendants(process.pid)
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=30)


def heard_to_the_end(process: subprocess.Popen) -> str:
    output, _ = process.communicate(timeout=30)
    return process.heard + output


@pytest.mark.parametrize(("number", "to_group"), [(signal.SIGINT, True), (signal.SIGTERM, False), (signal.SIGHUP, False)])
def test_it_says_where_and_who_and_stops_everything_when_asked(number, to_group):
    with running(port := free_port(), env=NOT_USED) as supervisor:
        assert f"http://localhost:{port}/" in supervisor.heard
        assert supervisor.heard.index("2 guides") < supervisor.heard.index("Ready") < supervisor.heard.index("free@waymark.example")
        assert answers(port)
        assert len(supervisor.family) >= 4  # the guard, the web server with its workers, the worker
        (os.killpg if to_group else os.kill)(supervisor.pid, number)  # a terminal's Ctrl-C goes to the whole group
        said = heard_to_the_end(supervisor)
        assert supervisor.returncode == 0, said
        assert "Everything is stopped" in said
        assert "Traceback" not in said
        assert not alive(supervisor.family)


def test_a_killed_web_server_is_replaced():
    with running(port := free_port(), env=NOT_USED) as supervisor:
        old = set(scripts.processes("granian", f"--port {port}"))
        scripts.kill(min(old))  # the leader: its workers would go on holding the port
        scripts.eventually(lambda: set(scripts.processes("granian", f"--port {port}")) - old and answers(port))
        assert not alive(old)
        supervisor.terminate()
        assert "web ended (code -9); starting it again in 0.5 s" in heard_to_the_end(supervisor)
        assert not alive(supervisor.family)


def test_nothing_survives_a_killed_supervisor():
    with running(free_port(), env=NOT_USED) as supervisor:
        scripts.kill(supervisor.pid)
        scripts.eventually(lambda: not alive(supervisor.family))


def test_with_a_database_of_ones_own_the_launcher_plays_no_part():
    with running(free_port(), env=NOT_USED) as supervisor:
        supervisor.terminate()
        said = heard_to_the_end(supervisor)
    assert "Database: the one in DATABASE_URL" in said
    assert "launcher imported: False" in said


def test_with_a_database_of_ones_own_manage_py_never_imports_the_launcher():
    body = "import manage; sys.argv = ['manage.py', 'version']; manage.main(); print('portal.localpg' in sys.modules)"
    assert scripts.run(body, prelude=scripts.IMPORTS, env=scripts.PATHS | NOT_USED).endswith("\nFalse")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_the_local_database_lives_exactly_as_long_as_it(number):
    checkout = Path(tempfile.mkdtemp(prefix="wm-"))
    data = locate(checkout, "dev").data
    try:
        with running(free_port(), checkout) as supervisor:
            [server] = scripts.servers(data)
            if number == signal.SIGINT:
                scripts.kill(server)
                while "died and was started again" not in supervisor.stdout.readline():
                    assert supervisor.poll() is None
            supervisor.send_signal(number)
            scripts.eventually(lambda: not scripts.servers(data) and not alive(supervisor.family))
    finally:
        scripts.run("localpg.remove(checkout=Path(sys.argv[1]))", checkout)
        shutil.rmtree(checkout)


def test_a_port_in_use_is_one_line_before_anything_starts():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = scripts.start(SUPERVISE, port, "/nowhere", env=scripts.PATHS)
        said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert (
        said.splitlines()[0] == f"Port {port} on 127.0.0.1 cannot be used: Address already in use. Choose another: make run PORT={port + 1}"
    )


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1"])
def test_a_port_that_is_none_is_one_line(port):
    command = [sys.executable, "-m", "portal.supervise"]
    done = subprocess.run(command, env=scripts.PATHS | {"PORT": port}, cwd=scripts.ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, f"PORT must be a number from 1 to 65535, not {port!r}.\n")


def test_a_step_that_fails_shows_its_output_and_ends_the_run():
    body = """
from portal.supervise import plan, supervisor
steps = [plan.Step("Migrations", [sys.executable, "-c", "raise SystemExit('no such column')"])]
sys.exit(supervisor.supervise(plan.Plan(plan.Address("127.0.0.1", int(sys.argv[1])), steps, [])))
"""
    process = scripts.start(body, free_port(), env=scripts.PATHS | NOT_USED)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "no such column" in said
    assert "Migrations: failed (code 1)" in said


def test_the_pause_grows_while_a_program_keeps_dying_and_is_short_again_after_it_settled():
    one = Running(Program("web", []))
    assert [one.pause(now=1.0) for _ in range(8)] == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, LONGEST_PAUSE, LONGEST_PAUSE]
    assert one.pause(now=100.0) == 0.5


def test_an_address_for_all_interfaces_is_shown_as_this_machine():
    assert Address("0.0.0.0", 8000).url == "http://localhost:8000"
    assert Address("::", 8000).probe == "http://[::1]:8000/healthz"


def test_the_guard_counts_what_started_and_did_not_end():
    assert watch(["+12\n", "+13\n", "-12\n", "+14\n"]) == {13, 14}
