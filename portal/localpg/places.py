"""Where the local server of a checkout keeps its files, and as which account it runs."""

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from portal.localpg.errors import LocalPgError

PG_MAJOR = 18  # part of every data directory's name: another major cannot read it
PORT = 5432  # only names the socket file: the server never listens on TCP
NAME = "waymark"  # of the database and of its owner
SOCKET_PATH_LIMIT = 103  # bytes; sun_path holds 108 with its end mark on Linux, 104 on macOS

_COMMON = {
    "listen_addresses": "",
    "port": str(PORT),
    "timezone": "UTC",
    "log_timezone": "UTC",
    "synchronous_commit": "off",  # a power cut may cost the last moments, never consistency
}
PROFILES = {
    "dev": ("", _COMMON | {"max_connections": "100", "shared_buffers": "128MB"}),
    # Tests throw their data away: nothing has to survive a crash. Every xdist worker opens its own connections.
    "test": ("-test", _COMMON | {"max_connections": "300", "shared_buffers": "128MB", "fsync": "off", "full_page_writes": "off"}),
}


@dataclass(frozen=True)
class Account:
    """The account that PostgreSQL runs as when we are root, which it refuses."""

    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """One server of one checkout. `state` belongs to us, `data` to the account that the server runs as."""

    checkout: Path
    state: Path
    data: Path
    sockets: Path
    settings: tuple[tuple[str, str], ...]
    account: Account | None

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @property
    def start_lock(self) -> Path:
        return self.state / f"{self.data.name}.start.lock"

    @property
    def lease(self) -> Path:
        return self.state / f"{self.data.name}.lease"

    def url(self, database: str = NAME) -> str:
        """Read alike by libpq and by django-environ. The port is said because PGPORT would change it otherwise."""
        return f"postgresql://{NAME}@/{database}?host={quote(str(self.sockets))}&port={PORT}"


def locate(checkout: Path, profile: str) -> Place:
    """The place of a checkout's server; creates nothing."""
    checkout = checkout.resolve()
    suffix, settings = PROFILES[profile]
    folder = f"pg{PG_MAJOR}{suffix}"
    identity = hashlib.sha256(f"{checkout}:{os.geteuid()}".encode()).hexdigest()[:12]
    account = _server_account()
    # The unprivileged account usually cannot enter root's checkout, and must not be given a way in.
    state = Path("/var/tmp") / f"waymark-{identity}" if account else checkout / ".local"  # noqa: S108  ownership is checked in prepare()
    data = state / folder
    sockets = data if _can_hold_socket(data) else Path("/tmp") / f"waymark-{identity}-{folder}"  # noqa: S108  likewise
    return Place(checkout, state, data, sockets, tuple(settings.items()), account)


def prepare(place: Place) -> None:
    """Make the folders around the data directory, and refuse any that somebody else could have planted."""
    own_folder(place.state, 0o755)
    if place.sockets != place.data:
        own_folder(place.sockets, 0o700)
        if place.account:
            os.chown(place.sockets, place.account.uid, place.account.gid)
    if place.account:
        (place.state / "checkout.txt").write_text(f"{place.checkout}\n", encoding="utf-8")


def own_folder(path: Path, mode: int) -> None:
    """Create `path`, or check that it is a real folder of ours that nobody else may write."""
    path.mkdir(mode=mode, exist_ok=True)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & stat.S_IWOTH:
        raise LocalPgError(f"{path} is not a private folder of this user: remove it and try again.")


def _server_account() -> Account | None:
    if os.geteuid() != 0:
        return None
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise LocalPgError("PostgreSQL refuses to run as root and there is no account 'nobody': run as an ordinary user.") from None
    return Account(nobody.pw_uid, nobody.pw_gid)


def _can_hold_socket(folder: Path) -> bool:
    """Client and server both split their setting at commas, so a folder with one cannot be named to them."""
    path = str(folder / f".s.PGSQL.{PORT}")
    return len(os.fsencode(path)) <= SOCKET_PATH_LIMIT and not set(path) & set(',"')
