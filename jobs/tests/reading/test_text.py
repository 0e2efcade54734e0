"""Lines of text and addresses that are safe to keep and to show."""

import pytest

from jobs.reading.addresses import web_address
from jobs.reading.text import one_line, visible


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("  Senior \n Welder\t", "Senior Welder"),
        ("R&amp;D &lt;Lead&gt;", "R&D <Lead>"),
        ("A\0B\ud800C", "ABC"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("Wel\u200bder\ufeff \U000e0041", "Welder"),
        ("pay\u200dload", "payload"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔧 Mechanic", "👩\u200d🔧 Mechanic"),
        (42, "42"),
        (True, ""), (None, ""), (["x"], ""), ({}, ""), (1.5, ""),
    ],
)  # fmt: skip
def test_a_line_has_what_people_see(value, line):
    assert one_line(value, 200) == line


def test_a_long_line_is_cut_between_words():
    assert one_line("Welder of large steel tanks", 20) == "Welder of large…"
    assert one_line("x" * 300, 200) == "x" * 199 + "…"


def test_line_ends_stay_in_longer_texts():
    assert visible("a\r\nb\rc\x07") == "a\nb\nc"


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("https://a.example/jobs/1?x=1#top", "https://a.example/jobs/1?x=1#top"),
        (" http://a.example ", "http://a.example"),
        ("HTTPS://A.Example/Job", "https://a.example/Job"),
        ("https://a.example:8443/", "https://a.example:8443/"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
    ],
)
def test_web_addresses_are_kept(value, address):
    assert web_address(value) == address


@pytest.mark.parametrize(
    "value",
    [
        "", None, 5, [], "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "ftp://a.example", "mailto:a@b.example",
        "//a.example", "/jobs",
        "a.example", "https://", "https:a.example", "https://localhost/", "https://a b.example", "https://a.ex\0ample",
        "https://me@a.example", "https://bank.example@evil.example", "https://a.example\\@evil.example", "https://\u0430pple.com",
        "https://a.example:x",
        "https://a.example:99999", "https://[::1", "https://[::1]/", "https://a..example" + "x" * 300, "https://a.example/" + "x" * 1000,
        "https://a.example/\u202egpj.exe", "https://" + "é" * 70 + ".example",
    ],
)  # fmt: skip
def test_others_are_not(value):
    assert web_address(value) == ""
