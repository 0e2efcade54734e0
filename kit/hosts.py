"""Which hosts may be asked: names whose every address is on the public Internet."""

import ipaddress
import socket
from collections.abc import Callable

# Addresses that carry another inside, which a gateway would reach: 6to4, Teredo, NAT64.
_TUNNELS = [ipaddress.ip_network(network) for network in ("2002::/16", "2001::/32", "64:ff9b::/96", "64:ff9b:1::/48")]


Resolver = Callable[[str, int], list[str]]  # host and port -> addresses


class Forbidden(Exception):
    """The host is unknown or not public. The message says so, in words for staff."""


def is_public(address: str) -> bool:
    """Whether an IP address is a public one: not private, shared, loopback, link-local, multicast, reserved, or a tunnel."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return is_public(str(found.ipv4_mapped))
        if any(found in network for network in _TUNNELS) or found.is_site_local:
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved and not found.is_unspecified


def resolve(host: str, port: int) -> list[str]:
    """Addresses of a name, as the system's resolver gives them. Raises OSError."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def usable_addresses(host: str, port: int, is_allowed: Callable[[str], bool], resolver: Resolver) -> list[str]:
    """The addresses of a host, asked for once, IPv4 first. One that is not allowed spoils them all: honest names have no private ones."""
    try:
        found = resolver(host, port)
    except (OSError, UnicodeError):
        found = []
    if not found:
        raise Forbidden(f"The host {host[:100]} has no address.")
    if not all(is_allowed(address) for address in found):
        raise Forbidden(f"The host {host[:100]} is not on the public Internet.")
    return sorted(found, key=lambda address: ":" in address)
