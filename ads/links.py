"""Where an ad may lead: a page of ours by its path, or another site by https. Never a script, never a guess."""

import re
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

# The same rule guards the column (`Creative.Meta`): "//host" and "/\host" are other sites to a browser.
LINK = r"^(https://|/([^/\\]|$))"
_valid = URLValidator(schemes=["https"], message="Enter an https address with a host, such as https://example.org/courses.")


def check_link(value: str) -> None:
    """Raise ValidationError unless browsers read `value` as a path of ours or an https address without a password."""
    if not value.isascii() or not value.isprintable() or re.search(r"[\s\\]", value):
        raise ValidationError("Write the link without spaces, backslashes and letters beyond ASCII.")
    if not re.match(LINK, value):
        raise ValidationError("Enter a path of this site that starts with one slash, or an address that starts with https://.")
    if is_own(value):
        return
    _valid(value)
    if "@" in _parts(value).netloc:
        raise ValidationError("Leave out the user name and password.")


def is_own(link: str) -> bool:
    """Whether the link stays on this site."""
    return link.startswith("/")


def host_of(link: str) -> str:
    """Where the link leads, for people: example.org; empty for a page of ours."""
    return "" if is_own(link) else (_parts(link).hostname or "").removeprefix("www.")


def _parts(link: str) -> SplitResult:
    try:
        return urlsplit(link)
    except ValueError as error:  # brackets that are no IPv6 address
        raise ValidationError("Enter an https address with a host.") from error
