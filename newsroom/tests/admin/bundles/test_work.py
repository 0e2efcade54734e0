"""The worker's side: reading, importing and packing; killed anywhere it goes on, and nothing comes twice."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from accounts.tests.factories import make_user
from careers.bundles.archive import Archive
from careers.models import Guide, GuideRevision
from careers.tests.bundles.zips import guide_file, many_files, zipped
from careers.tests.factories import make_field, published_guide, published_guides
from newsroom import tasks
from newsroom.bundles import work
from newsroom.bundles.keeping import ask_for, start_import, take_in
from newsroom.models import Bundle, BundleFile

pytestmark = pytest.mark.django_db
COPIED = b"Kite maker\n\nnothing that anybody could read as a page"


class Killed(BaseException):
    """As if the process were gone: nothing catches it."""


@pytest.fixture
def somebody(db):
    make_field()
    return make_user("editor@example.org", is_staff=True)


def taken(entries, by):
    bundle = take_in(zipped(entries), "some.zip", by=by)
    work.read(bundle.pk)
    bundle.refresh_from_db()
    return bundle


def imported(bundle, by):
    assert start_import(bundle, by=by)
    work.bring_in(bundle.pk)
    bundle.refresh_from_db()
    return bundle


def outcomes(bundle):
    return {file.name: file.outcome for file in bundle.files.all()}


def killed_at(monkeypatch, where, name, count):
    """The function fails at its `count`th call as if the process were killed."""
    calls, real = [], getattr(where, name)

    def call(*args, **kwargs):
        calls.append(1)
        if len(calls) == count:
            raise Killed
        return real(*args, **kwargs)

    monkeypatch.setattr(where, name, call)


def test_each_file_has_its_outcome_and_nothing_is_written(somebody):
    published_guide()
    files = {
        "same.yaml": guide_file(),
        "new/other.yaml": guide_file(slug="other", title="Other"),
        "bad.yaml": b"format: waymark-guide/1\nslug: [\n",
        "page.txt": COPIED,
        "binary": b"\xff\xfe\0\0",
    }
    revisions = GuideRevision.objects.count()
    bundle = taken(files, somebody)
    expected = {"same.yaml": "same", "new/other.yaml": "new", "bad.yaml": "refused", "page.txt": "refused", "binary": "refused"}
    assert outcomes(bundle) == expected
    assert (bundle.state, bundle.done, bundle.total) == ("read", 5, 5)
    assert all(file.report for file in bundle.files.filter(outcome="refused"))
    assert (Guide.objects.count(), GuideRevision.objects.count()) == (1, revisions)


def test_two_files_for_one_guide_are_both_refused_also_under_a_former_address(somebody):
    from careers.addresses import rename_guide

    rename_guide(published_guide().guide, "kite-builder")
    files = {
        "a.yaml": guide_file(title="A"),
        "b.yaml": guide_file(slug="kite-builder", title="B"),
        "c.yaml": guide_file(slug="c", title="C"),
    }
    bundle = taken(files, somebody)
    assert outcomes(bundle) == {"a.yaml": "refused", "b.yaml": "refused", "c.yaml": "new"}
    assert "b.yaml" in bundle.files.get(name="a.yaml").report[0]


def test_what_was_not_refused_is_imported_as_drafts_and_logged(somebody):
    published_guide()
    bundle = imported(
        taken({"a.yaml": guide_file(title="Changed"), "b.yaml": guide_file(slug="b", title="B"), "c": b"x"}, somebody), somebody
    )
    assert outcomes(bundle) == {"a.yaml": "imported", "b.yaml": "imported", "c": "refused"}
    assert (bundle.state, bundle.done, bundle.total, bundle.data) == ("done", 2, 2, None)
    guide = Guide.objects.get(slug="kite-maker")
    assert (guide.title, guide.listing.title) == ("Changed", "Kite maker")
    assert guide.revisions.first().created_by == somebody
    entries = LogEntry.objects.filter(user=somebody).values_list("change_message", flat=True)
    assert sorted(entries) == ["Imported from the zip some.zip: a.yaml.", "Imported from the zip some.zip: b.yaml."]


def test_a_guide_that_was_saved_written_or_removed_since_is_left_alone(somebody):
    for number in (1, 2):
        published_guide(slug=f"maker-{number}", title=f"Maker {number}")
    files = {f"{n}.yaml": guide_file(slug=f"maker-{n}", title=f"New title {n}") for n in (1, 2, 3)}
    bundle = taken(files, somebody)
    guide = Guide.objects.get(slug="maker-1")
    guide.title = "By somebody else"
    guide.save()
    Guide.objects.create(slug="maker-3", title="By somebody else")
    assert outcomes(imported(bundle, somebody)) == {"1.yaml": "refused", "2.yaml": "imported", "3.yaml": "refused"}
    assert "was saved since" in bundle.files.get(name="1.yaml").report[0]
    assert "is new since" in bundle.files.get(name="3.yaml").report[0]
    assert Guide.objects.filter(title="By somebody else").count() == 2


@pytest.mark.parametrize("count", [1, 3])
def test_reading_that_was_killed_goes_on(count, somebody, monkeypatch):
    bundle = take_in(zipped(many_files(4)), "some.zip", by=somebody)
    with monkeypatch.context() as patch:
        killed_at(patch, work, "_look", count)
        with pytest.raises(Killed):
            work.read(bundle.pk)
    for _ in range(2):  # also when it is asked for once too often
        work.read(bundle.pk)
    assert list(outcomes(bundle).values()) == ["new"] * 4
    assert Bundle.objects.get().state == "read"


@pytest.mark.parametrize("step", ["_log", "_note"])
@pytest.mark.parametrize("count", [1, 3])
def test_an_import_that_was_killed_goes_on_without_doubling(step, count, somebody, monkeypatch):
    bundle = taken(many_files(4), somebody)
    start_import(bundle, by=somebody)
    with monkeypatch.context() as patch:
        killed_at(patch, work, step, count)
        with pytest.raises(Killed):
            work.bring_in(bundle.pk)
    assert Guide.objects.count() == count - 1 == bundle.files.filter(outcome="imported").count()
    for _ in range(2):
        work.bring_in(bundle.pk)
    assert list(outcomes(bundle).values()) == ["imported"] * 4
    assert (Guide.objects.count(), GuideRevision.objects.count(), LogEntry.objects.count()) == (4, 4, 4)


def test_pressing_twice_imports_once(somebody):
    bundle = taken(many_files(1), somebody)
    assert start_import(bundle, by=somebody)
    assert not start_import(bundle, by=somebody)


def test_a_bomb_ends_the_reading_with_its_reason(somebody, monkeypatch):
    monkeypatch.setattr("careers.bundles.archive.MAX_UNPACKED", 2_000_000)
    bundle = taken({f"{n}": b"\0" * 900_000 for n in range(4)}, somebody)
    assert bundle.state == "failed"
    assert "unpacks to more" in bundle.error
    assert not start_import(bundle, by=somebody)


def test_packing_and_reading_again_says_the_same(somebody):
    published_guides(3)
    chosen = list(Guide.objects.values_list("pk", flat=True)[:2])
    bundle = ask_for(chosen, by=somebody)
    for _ in range(2):
        work.pack_out(bundle.pk)
    bundle.refresh_from_db()
    assert (bundle.state, bundle.done, bundle.total, bundle.error) == ("done", 2, 2, "")
    again = take_in(bytes(bundle.data), "again.zip", by=somebody)
    work.read(again.pk)
    assert set(outcomes(again).values()) == {"same"}
    everything = ask_for([], by=somebody)
    work.pack_out(everything.pk)
    assert len(Archive(bytes(Bundle.objects.get(pk=everything.pk).data))) == 3


def test_zips_are_dropped_a_day_later_and_what_was_said_of_them_stays(somebody):
    bundle, other = taken(many_files(1), somebody), ask_for([], by=somebody)
    work.pack_out(other.pk)
    for hours, there in ((23, True), (25, False)):
        Bundle.objects.update(created_at=timezone.now() - timedelta(hours=hours))
        tasks.forget_zips(0)
        assert [one.data is not None for one in Bundle.objects.all()] == [there] * 2
    bundle.refresh_from_db()
    assert (bundle.state, BundleFile.objects.count()) == ("failed", 1)
    assert not start_import(bundle, by=somebody)


def test_the_page_is_told_when_the_worker_gives_up(somebody):
    bundle = take_in(zipped(many_files(1)), "some.zip", by=somebody)
    work.give_up(bundle.pk)
    work.read(bundle.pk)
    assert (Bundle.objects.get().state, BundleFile.objects.count()) == ("failed", 0)
