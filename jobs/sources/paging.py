"""Addresses of next pages. A feed cannot send us to another host."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from jobs.reading.addresses import web_address


def same_host(value: object, address: str) -> str:
    """`value` when it is a web address on the host and scheme of `address` and differs from it; else empty."""
    found = web_address(value)
    ours, theirs = urlsplit(address), urlsplit(found)
    is_same = bool(found) and (ours.scheme, ours.netloc.lower()) == (theirs.scheme, theirs.netloc.lower())
    return found if is_same and found != address else ""


def with_query(address: str, **changed: int) -> str:
    """The address with these query parameters set."""
    parts = urlsplit(address)
    query = {**dict(parse_qsl(parts.query)), **{name: str(value) for name, value in changed.items()}}
    return parts._replace(query=urlencode(query)).geturl()
