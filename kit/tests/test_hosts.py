"""Only what is on the public Internet is asked."""

import pytest

from kit.hosts import Forbidden, is_public, usable_addresses


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "1.1.1.1", "::ffff:8.8.8.8"])
def test_public_addresses_may_be_asked(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "240.0.0.1", "198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_other_addresses_may_not(address):
    assert not is_public(address)


def test_one_private_address_spoils_a_name():
    with pytest.raises(Forbidden, match="not on the public Internet"):
        usable_addresses("mixed.example", 443, is_public, lambda *_: ["93.184.216.34", "10.0.0.1"])


def test_ipv4_goes_first():
    found = usable_addresses("both.example", 443, is_public, lambda *_: ["2606:2800:220:1::1", "93.184.216.34"])
    assert found == ["93.184.216.34", "2606:2800:220:1::1"]


@pytest.mark.parametrize("error", [OSError("no such host"), UnicodeError("label too long")])
def test_a_name_without_address_is_said(error):
    def resolver(*_):
        raise error

    with pytest.raises(Forbidden, match="has no address"):
        usable_addresses("gone.example", 443, is_public, resolver)
