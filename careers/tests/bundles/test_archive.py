"""Hostile and odd zips: refused with a reason, in little memory, and nothing is written to disk."""

import tracemalloc
import zipfile

import pytest

from careers.bundles import archive
from careers.bundles.archive import Archive, BundleRefused
from careers.tests.bundles.zips import zipped


def test_files_in_folders_are_read_and_what_file_managers_add_is_not():
    data = zipped(
        {"a/": "", "a/one.yaml": "1", "two.yaml": "2", "__MACOSX/a/._one.yaml": "x", ".DS_Store": "x", "a/.git/x": "x", "report.txt": "r"}
    )
    assert [(entry.name, entry.data) for entry in Archive(data).entries()] == [("a/one.yaml", b"1"), ("two.yaml", b"2")]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\x.yaml", "a\x1b[31m\nb.yaml"])
def test_names_are_only_names(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (entry,) = Archive(zipped({name: "x"})).entries()
    assert entry.data == b"x"
    assert entry.name.isprintable()
    assert not list(tmp_path.rglob("*"))


@pytest.mark.parametrize(
    "data",
    [b"", b"x" * 100, b"PK\x05\x06", b"PK\x05\x06" + b"\0" * 17, zipped({"a": "x"})[:-30]],
    ids=["empty", "text", "mark", "end", "cut"],
)
def test_what_is_no_zip_is_refused(data):
    with pytest.raises(BundleRefused):
        Archive(data)


def test_an_empty_zip_is_refused():
    with pytest.raises(BundleRefused, match="no files"):
        Archive(zipped({"__MACOSX/x": "y"}))


def test_too_many_files_and_too_large_a_zip_are_refused(monkeypatch):
    with pytest.raises(BundleRefused, match="2,001 files"):
        Archive(zipped({f"{n}.yaml": "" for n in range(2_001)}))
    assert len(Archive(zipped({f"{n}.yaml": "" for n in range(2_000)}))) == 2_000
    monkeypatch.setattr(archive, "MAX_ZIP", 100)
    with pytest.raises(BundleRefused, match="MB"):
        Archive(zipped({"a": "x" * 1000}, compression=zipfile.ZIP_STORED))


def test_a_list_of_files_that_fills_the_memory_is_refused_before_it_is_read():
    data = zipped({f"{n:0200}": "" for n in range(20_000)}, compression=zipfile.ZIP_STORED)
    tracemalloc.start()
    with pytest.raises(BundleRefused, match="too many"):
        Archive(data)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_an_encrypted_zip_is_refused():
    data = bytearray(zipped({"a.yaml": "x"}))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(mark) + place] |= 1
    with pytest.raises(BundleRefused, match="password"):
        Archive(bytes(data))


def test_a_bomb_is_cut_off_while_it_is_read():
    data = zipped({"bomb.yaml": b"\0" * 50_000_000})
    assert len(data) < 100_000
    tracemalloc.start()
    (entry,) = Archive(data).entries()
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()
    assert "1,000,000 bytes" in entry.fault
    assert entry.data == b""


def test_a_lie_about_the_size_helps_nothing():
    data = bytearray(zipped({"a.yaml": b"\0" * 3_000_000}))
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = data.index(mark) + place
        data[at : at + 4] = (10).to_bytes(4, "little")
    (entry,) = Archive(bytes(data)).entries()
    assert len(entry.data) <= 10 or entry.fault


def test_all_together_may_not_unpack_to_too_much(monkeypatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED", 2_500_000)
    entries = Archive(zipped({f"{n}": b"\0" * 900_000 for n in range(5)})).entries()
    assert [len(next(entries).data) for _ in range(2)] == [900_000] * 2
    with pytest.raises(BundleRefused, match="unpacks to more"):
        next(entries)


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: zipped({"a.zip": zipped({"b": "x"})}), "zip itself"),
        (lambda: zipped({"a": "x" * 1000}, compression=zipfile.ZIP_LZMA), "usual zip"),
        (lambda: zipped({"a": "x" * 1000}, compression=zipfile.ZIP_BZIP2), "usual zip"),
        (lambda: zipped({"a": "x" * 100}, compression=zipfile.ZIP_STORED).replace(b"x" * 100, b"y" * 100), "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_has_its_fault(make, why):
    (entry,) = Archive(make()).entries()
    assert why in entry.fault


def test_reading_twice_gives_the_same():
    read = Archive(zipped({"a": "1", "b": "2"}))
    assert list(read.entries()) == list(read.entries())
