"""One polite look at one address: what it answers, never what it says."""

import re
import time
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit, urlunsplit

from django.utils import timezone
from django.utils.encoding import iri_to_uri

from kit.asking import REDIRECTS, Limits, Unanswered, answer, checked, retry_after
from kit.hosts import Forbidden, Resolver, resolve
from newsroom.models import LinkCheck

HEADERS = {"Accept": "text/html, application/pdf;q=0.9, */*;q=0.8"}
PERMANENT = {301, 308}
LOOKS = Limits(schemes=("https", "http"), total_seconds=30, redirects=5)

NO_HEAD = {400, 403, 404, 405, 406, 501}  # what servers say that do not know HEAD: asked again with GET before it is believed
# The server is there and wants no programs, or a sign-in. A person has to look, and it is no sign of death.
REFUSALS = {401, 402, 403, 406, 407, 451, 999}
CITABLE = re.compile(r"(?=.{1,500}$)https?://[^\s<>\"']+")  # what columns and guide documents take


@dataclass(frozen=True)
class Look:
    """What came of it. `wait`: seconds that the server asked us to stay away, with a state that says nothing of the address."""

    state: LinkCheck.State
    status: int | None = None
    error: str = ""
    moved_to: str = ""
    is_failure: bool = False
    is_busy: bool = False
    wait: float | None = None


def look_at(url: str, *, limits: Limits = LOOKS, resolver: Resolver = resolve) -> Look:
    """HEAD, and GET where HEAD is not understood. One try: the next run is the next."""
    State = LinkCheck.State
    try:
        found = _follow("HEAD", url, limits, resolver)
        if found.status in NO_HEAD:
            found = _follow("GET", url, limits, resolver)
    except (Unanswered, Forbidden) as error:
        return Look(State.DOUBTFUL, error=str(error)[:300], is_failure=True)
    status = found.status or 0
    if status == 429 or (status == 503 and found.wait is not None):
        return replace(found, state=State.DOUBTFUL, error=f"The server answered {status}: it is busy.", moved_to="", is_busy=True)
    if status in REFUSALS:
        return replace(
            found, state=State.DOUBTFUL, error=f"The server answered {status}: it lets no program in. Look yourself.", moved_to=""
        )
    if not 200 <= status < 300:
        return replace(found, state=State.DOUBTFUL, error=f"The server answered {status}.", moved_to="", is_failure=True)
    return found


def _follow(method: str, url: str, limits: Limits, resolver: Resolver) -> Look:
    """The answer at the end of the redirects. `moved_to`: where permanent ones lead, up to the first that is not. Raises Unanswered
    and Forbidden, also for a redirect that leads where nobody may go.
    """
    until = time.monotonic() + limits.total_seconds
    address, moved_to, is_permanent = _plain(url), "", True
    for _ in range(limits.redirects + 1):
        with answer(method, checked(address, limits), HEADERS, limits, until, resolver=resolver) as response:
            status, target = response.status, response.headers.get("Location")
            wait = _wait(response.headers.get("Retry-After", ""))
        if status not in REDIRECTS or not target:
            return Look(LinkCheck.State.MOVED if moved_to else LinkCheck.State.FINE, status, moved_to=moved_to, wait=wait)
        address = _plain(urljoin(address, target))
        is_permanent = is_permanent and status in PERMANENT
        if is_permanent and CITABLE.fullmatch(address) and address != _plain(url):
            moved_to = address
    raise Unanswered(f"It redirects more than {limits.redirects} times.")


def _wait(value: str) -> float | None:
    """Seconds of a Retry-After header, in either of its forms (RFC 9110, 10.2.3)."""
    if (seconds := retry_after(value)) is not None:
        return seconds
    try:
        return max((parsedate_to_datetime(value) - timezone.now()).total_seconds(), 0.0)
    except (ValueError, TypeError, OverflowError):  # no date, or one without a zone
        return None


def _plain(url: str) -> str:
    """As it goes over the wire: ASCII, and without the fragment, which is not sent. Raises Forbidden for a host that no name can be."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode() if not url.isascii() else ""
    except (ValueError, UnicodeError):
        raise Forbidden("This is not a web address.") from None
    if host:
        port = f":{parts.port}" if parts.port else ""
        parts = parts._replace(netloc=f"{host}{port}")
    return iri_to_uri(urlunsplit(parts._replace(fragment="")))
