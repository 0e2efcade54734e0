"""Feeds come over the network without reaching into ours, and without taking more time or memory than allowed."""

import gzip
import time
import tracemalloc
import zlib

import pytest

from jobs.fetching import FetchFailed, Limits, fetch
from jobs.unpacking import Unpacked
from kit.tests.server import in_turn, reply, running

LOOPBACK = Limits(schemes=("http",), is_allowed=lambda address: address == "127.0.0.1", step_seconds=2, total_seconds=5)


@pytest.fixture(scope="module")
def running_server():
    with running() as server:
        yield server


@pytest.fixture
def server(running_server):
    running_server.answers.clear()
    running_server.asked.clear()
    return running_server


def here(*_):
    return ["127.0.0.1"]


def get(server, path="/jobs", *, limits=LOOPBACK, resolver=here, **marks):
    waits = []
    try:
        fetched = fetch(server.address(path), limits=limits, resolver=resolver, sleep=waits.append, **marks)
    except FetchFailed as error:
        return str(error), waits
    return fetched, waits


# --- what comes back
def test_a_feed_comes_with_its_marks_and_final_address(server):
    server.answers["/jobs"] = reply(body=b"[]", ETag='"one"', Last_Modified="Sat, 10 Oct 2026 10:00:00 GMT")
    fetched, waits = get(server)
    assert (fetched.body, fetched.etag, fetched.last_modified) == (b"[]", '"one"', "Sat, 10 Oct 2026 10:00:00 GMT")
    assert (fetched.final_address, fetched.not_modified, waits) == (server.address("/jobs"), False, [])


def test_we_say_who_we_are_and_which_host_we_want(server, settings):
    settings.SITE_URL, settings.SERVER_EMAIL = "https://waymark.example", "hello@waymark.example"
    server.answers["/jobs?a=1"] = reply(body=b"[]")
    get(server, "/jobs?a=1#Acme")
    path, headers = server.asked[0]
    assert path == "/jobs?a=1"
    assert headers["User-Agent"] == "Waymark/1.0 (+https://waymark.example; hello@waymark.example)"
    assert headers["Host"] == f"feed.example:{server.port}"


def test_an_unchanged_feed_is_not_sent_again(server):
    server.answers["/jobs"] = reply(304, ETag='"one"')
    fetched, _ = get(server, etag='"one"', last_modified="Sat, 10 Oct 2026 10:00:00 GMT")
    assert (fetched.not_modified, fetched.body, fetched.etag) == (True, b"", '"one"')
    assert server.asked[0][1]["If-None-Match"] == '"one"'
    assert server.asked[0][1]["If-Modified-Since"] == "Sat, 10 Oct 2026 10:00:00 GMT"


def test_a_mark_with_line_ends_is_not_sent(server):
    server.answers["/jobs"] = reply(body=b"[]")
    get(server, etag='"one"\r\nX-Evil: 1')
    assert "If-None-Match" not in server.asked[0][1]


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_compressed_feed_is_unpacked(server, encoding, pack):
    body = b'[{"title": "Welder"}]' * 100_000
    server.answers["/jobs"] = reply(body=pack(body), Content_Encoding=encoding)
    assert get(server)[0].body == body


# --- where we go
@pytest.mark.parametrize(
    "address",
    [
        "http://feed.example/", "file:///etc/passwd", "ftp://feed.example/", "gopher://feed.example/", "https:///x", "feed.example", "",
        "https://me:secret@feed.example/", "https://feed.example:0/", "https://feed.example:99999/", "https://feed.example/\r\nX: 1",
        "https://f ed.example/", "https://fеed.example/", "https://[::1", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_only_plain_https_addresses_are_fetched(address):
    with pytest.raises(FetchFailed):
        fetch(address, resolver=lambda *_: pytest.fail("asked for a name"))


@pytest.mark.parametrize(
    "address", ["https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://169.254.169.254/latest", "https://0/"]
)
def test_our_own_network_is_never_reached(address):
    with pytest.raises(FetchFailed, match=r"not on the public Internet|has no address"):
        fetch(address)


def test_a_redirect_is_followed(server):
    server.answers["/jobs"] = reply(301, Location="/new")
    server.answers["/new"] = reply(body=b"[]")
    assert get(server)[0].final_address == server.address("/new")


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("http://inner.example/", "not on the public Internet"),
        ("file:///etc/passwd", "Only http addresses"),
        ("//169.254.169.254/latest", "not on the public Internet"),
        ("http://me@feed.example/", "not a plain web address"),
    ],
)
def test_a_redirect_is_checked_like_the_first_address(server, target, why):
    names = {"feed.example": ["127.0.0.1"], "inner.example": ["10.0.0.1"], "169.254.169.254": ["169.254.169.254"]}
    server.answers["/jobs"] = reply(302, Location=target)
    failure, _ = get(server, resolver=lambda host, port: names[host])
    assert why in failure
    assert len(server.asked) == 1


def test_redirects_end(server):
    server.answers["/jobs"] = reply(302, Location="/jobs")
    assert "redirects more than 3 times" in get(server)[0]
    assert len(server.asked) == 4


def test_the_address_that_was_checked_is_the_one_that_is_used(server):
    """DNS rebinding: the second answer, which nobody checks, would be private."""
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    server.answers["/jobs"] = reply(body=b"[]")
    assert get(server, resolver=lambda *_: answers.pop(0))[0].body == b"[]"
    assert answers == [["10.0.0.1"]]


# --- how long, how much
def test_a_big_body_is_refused_by_its_length(server):
    server.answers["/jobs"] = reply(body=b"x", Content_Length="60000000")
    assert "larger than 50 MB" in get(server)[0]


def test_a_big_body_that_does_not_say_so_is_refused(server):
    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65_536)

    server.answers["/jobs"] = endless
    limits = Limits(LOOPBACK.schemes, LOOPBACK.is_allowed, most_bytes=1_000_000)
    assert "larger than 1 MB" in get(server, limits=limits)[0]


@pytest.mark.parametrize(("encoding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_bomb_does_not_go_off(server, encoding, pack):
    server.answers["/jobs"] = reply(body=pack(b"\0" * 200_000_000), Content_Encoding=encoding)
    limits = Limits(LOOPBACK.schemes, LOOPBACK.is_allowed, most_bytes=5_000_000)
    tracemalloc.start()
    try:
        assert "larger than 5 MB" in get(server, limits=limits)[0]
        assert tracemalloc.get_traced_memory()[1] < 30_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("where", ["head", "body"])
def test_a_server_that_drips_is_cut_off(server, where):
    def drip(handler):
        if where == "body":
            handler.send_response(200)
            handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b"H")
            handler.wfile.flush()
            time.sleep(0.05)

    server.answers["/jobs"] = drip
    limits = Limits(LOOPBACK.schemes, LOOPBACK.is_allowed, step_seconds=1, total_seconds=0.4, tries=1)
    start = time.monotonic()
    assert "took longer than 0.4 seconds" in get(server, limits=limits)[0]
    assert time.monotonic() - start < 2


def test_a_silent_server_is_given_up(server):
    server.answers["/jobs"] = lambda handler: time.sleep(1)
    limits = Limits(LOOPBACK.schemes, LOOPBACK.is_allowed, step_seconds=0.2, tries=1)
    assert "connection failed" in get(server, limits=limits)[0]


@pytest.mark.parametrize(
    ("headers", "body", "why"),
    [
        ({"Content_Encoding": "gzip"}, gzip.compress(b"x" * 10_000, mtime=0)[:-20], "breaks off"),
        ({"Content_Encoding": "gzip"}, b"not gzip at all", "is broken"),
        ({"Content_Encoding": "br"}, b"xx", "packed as br"),
        ({"Content_Encoding": "gzip, gzip"}, b"xx", "packed as gzip, gzip"),
        ({"Content_Length": "100"}, b"short", "connection failed"),
    ],
)
def test_a_broken_answer_is_said(server, headers, body, why):
    server.answers["/jobs"] = reply(body=body, **headers)
    limits = Limits(LOOPBACK.schemes, LOOPBACK.is_allowed, step_seconds=0.3, tries=1)
    assert why in get(server, limits=limits)[0]


@pytest.mark.parametrize(
    "head", [b"", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 abc\r\n\r\n", b"H" * 100_000, b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200]
)
def test_what_is_no_http_is_a_failed_connection(server, head):
    server.answers["/jobs"] = lambda handler: handler.wfile.write(head)
    limits = Limits(LOOPBACK.schemes, LOOPBACK.is_allowed, step_seconds=0.3, tries=1)
    assert "connection failed" in get(server, limits=limits)[0]


# --- another try
def test_a_server_in_trouble_is_asked_again_after_a_while(server):
    server.answers["/jobs"] = in_turn(reply(503), reply(500), reply(body=b"[]"))
    fetched, waits = get(server)
    assert fetched.body == b"[]"
    assert [round(wait // 1) for wait in waits] == [1, 2]


def test_three_tries_are_enough(server):
    server.answers["/jobs"] = reply(502)
    failure, waits = get(server)
    assert "502 (tried 3 times)" in failure
    assert len(waits) == 2


def test_we_wait_as_long_as_we_are_asked_to(server):
    server.answers["/jobs"] = in_turn(reply(429, Retry_After="7"), reply(body=b"[]"))
    assert get(server)[1] == [7]


@pytest.mark.parametrize("asked", ["61", "99999999"])
def test_but_not_longer_than_a_minute(server, asked):
    server.answers["/jobs"] = reply(429, Retry_After=asked)
    failure, waits = get(server)
    assert "429 (tried 1 times)" in failure
    assert waits == []


@pytest.mark.parametrize("asked", ["soon", "-5", "²", "Sat, 10 Oct 2026 10:00:00 GMT", "1" * 400])
def test_a_strange_wish_is_no_wish(server, asked):
    server.answers["/jobs"] = in_turn(reply(429, Retry_After=asked), reply(body=b"[]"))
    assert 1 <= get(server)[1][0] < 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_a_refusal_is_final(server, status):
    server.answers["/jobs"] = reply(status)
    assert get(server) == (f"The server answered {status}.", [])


def test_a_host_that_cannot_be_reached_is_tried_at_its_next_address(server):
    server.answers["/jobs"] = reply(body=b"[]")
    limits = Limits(("http",), lambda address: True, step_seconds=2)
    fetched, waits = get(server, limits=limits, resolver=lambda *_: ["127.0.0.9", "127.0.0.1"])
    assert fetched.body == b"[]"
    assert len(waits) == 1


def test_a_body_may_be_packed_in_several_parts():
    opened = Unpacked("gzip", 100)
    opened.add(gzip.compress(b"one") + gzip.compress(b"two"))
    assert opened.finish() == b"onetwo"
