"""Web addresses that we are willing to show as a link, and email addresses that we write to."""

import unicodedata
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

MAX_ADDRESS = 1000
MAX_EMAIL = 254


def web_address(value: object, *, schemes: tuple[str, ...] = ("https", "http")) -> str:
    """The address when it is an absolute one of the web; empty for anything else.

    Refused: other schemes, user names (https://bank.example@evil.example), white space and control characters, backslashes, and
    hosts in other than Latin letters, which can look like a name that they are not. A Latin host comes back as ASCII (IDNA).
    """
    text = value.strip() if isinstance(value, str) else ""
    if not text or len(text) > MAX_ADDRESS or "\\" in text or not text.isprintable() or " " in text:
        return ""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
        ascii_host = host if host.isascii() else _latin(host).encode("idna").decode()
    except ValueError:  # UnicodeError of idna is one
        return ""
    if parts.scheme not in schemes or "@" in parts.netloc or not _is_host(ascii_host):
        return ""
    return urlunsplit((parts.scheme, ascii_host + (f":{port}" if port else ""), *parts[2:]))


def mail_address(value: object) -> str:
    """The email address as it is written; empty for anything else."""
    text = value.strip() if isinstance(value, str) else ""
    try:
        validate_email(text)
    except ValidationError:
        return ""
    return text if len(text) <= MAX_EMAIL else ""


def _latin(host: str) -> str:
    """The host, or ValueError when a letter of another script is in it."""
    if any(letter.isalpha() and not unicodedata.name(letter, "").startswith("LATIN ") for letter in host):
        raise ValueError("letters of another script")
    return host


def _is_host(host: str) -> bool:
    """A dotted name or IPv4 address: what stands on the open web."""
    labels = host.split(".")
    return len(host) <= 253 and len(labels) > 1 and all(label.replace("-", "").replace("_", "").isalnum() for label in labels if label)
