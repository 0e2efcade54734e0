import io
import zipfile

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.tests.factories import make_user
from careers.bundles.archive import MAX_ZIP
from careers.models import Guide
from careers.tests.bundles.zips import guide_file, many_files, zipped
from careers.tests.factories import make_field, published_guides
from kit.uploads import MAX_KEPT
from newsroom.bundles import work
from newsroom.models import Bundle, BundleFile

pytestmark = pytest.mark.django_db


def add_url():
    return reverse("admin:newsroom_bundle_add")


def client_of(group, **options):
    user = make_user(f"{group.lower()}@example.org", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client = Client(**options)
    client.force_login(user)
    return client


@pytest.fixture
def publisher(db):
    make_field()
    return client_of("Editors")


def sent(client, data, name="some.zip", **extra):
    return client.post(add_url(), {"file": SimpleUploadedFile(name, data), **extra})


def step():
    """Do what waits in the queue, as the worker would."""
    job = ProcrastinateJob.objects.filter(task_name="newsroom.tasks.work_on_zip").latest("id")
    {"read": work.read, "import": work.bring_in, "pack": work.pack_out}[job.args["step"]](job.args["bundle_id"])


def test_upload_look_import(publisher):
    page = sent(publisher, zipped(many_files(2) | {"bad": b"x"}))
    report = page["Location"]
    waiting = publisher.get(report).content.decode()
    assert 'http-equiv="refresh"' in waiting
    assert "Being read" in waiting
    step()
    page = publisher.get(report)
    html = page.content.decode()
    assert 'http-equiv="refresh"' not in html
    assert "Import 2 guides" in html
    assert [file.name for file in publisher.get(report, {"outcome": "refused"}).context["page"]] == ["bad"]
    assert len(publisher.get(report, {"outcome": "nonsense", "p": "x"}).context["page"]) == 3
    address = reverse("admin:newsroom_bundle_import", args=[Bundle.objects.get().pk])
    assert publisher.get(address).status_code == 405
    assert publisher.post(address)["Location"] == report
    step()
    assert Guide.objects.count() == 2
    assert "Done." in publisher.get(report).content.decode()
    assert "was imported before" in publisher.post(address, follow=True).content.decode()
    assert LogEntry.objects.count() == 4  # upload, import, two guides


@pytest.mark.parametrize(("data", "why"), [(b"x", "not a zip"), (zipped({"__MACOSX/a": "b"}), "no files")], ids=["none", "empty"])
def test_what_is_no_zip_is_said_beside_the_field(data, why, publisher):
    response = sent(publisher, data)
    assert response.status_code == 422
    assert why in " ".join(response.context["form"].errors["file"])
    assert publisher.post(add_url()).status_code == 422
    assert not Bundle.objects.exists()


def test_a_zip_larger_than_other_uploads_is_taken_from_those_who_may_and_from_nobody_else(publisher):
    make_field()
    data = zipped([("a.yaml", guide_file()), ("b.bin", b"x" * (MAX_KEPT + 100_000))], compression=zipfile.ZIP_STORED)
    strict = client_of_same(publisher, enforce_csrf_checks=True)
    token = strict.get(add_url()).context["csrf_token"]
    assert sent(strict, data, csrfmiddlewaretoken=str(token)).status_code == 302
    assert bytes(Bundle.objects.get().data) == data
    too_large = sent(publisher, b"x" * (MAX_ZIP + 1))
    assert too_large.status_code == 422
    assert "at most 30 MB" in too_large.content.decode()
    writer = client_of("Writers")
    assert sent(writer, data).status_code == 403


def client_of_same(client, **options):
    other = Client(**options)
    other.cookies = client.cookies
    return other


def test_export_of_all_and_of_some(publisher, chief):
    published_guides(3)
    report = publisher.post(reverse("admin:newsroom_bundle_export"))["Location"]
    bundle = Bundle.objects.get()
    file = reverse("admin:newsroom_bundle_file", args=[bundle.pk])
    assert publisher.get(file).status_code == 404
    step()
    assert file in publisher.get(report).content.decode()
    response = publisher.get(file)
    assert response["Cache-Control"].startswith("private, no-store")
    assert response["Content-Disposition"].startswith('attachment; filename="guides-')
    assert len(zipfile.ZipFile(io.BytesIO(response.content)).namelist()) == 4
    Bundle.objects.update(data=None)
    assert publisher.get(file).status_code == 404
    assert "Export again" in publisher.get(report).content.decode()


def test_writers_and_strangers_see_nothing_of_it(publisher):
    sent(publisher, zipped(many_files(1)))
    pk = Bundle.objects.get().pk
    addresses = [add_url(), *(reverse(f"admin:newsroom_bundle_{name}", args=[pk]) for name in ("change", "file"))]
    posts = [add_url(), reverse("admin:newsroom_bundle_export"), reverse("admin:newsroom_bundle_import", args=[pk])]
    writer = client_of("Writers")
    assert [writer.get(address).status_code for address in addresses] == [403] * 3
    assert [writer.post(address).status_code for address in posts] == [403] * 3
    assert [Client().get(address).status_code for address in addresses] == [302] * 3
    assert publisher.get(reverse("admin:newsroom_bundle_delete", args=[pk])).status_code == 403
    for name in ("change", "import", "file"):
        call = publisher.post if name == "import" else publisher.get
        assert call(reverse(f"admin:newsroom_bundle_{name}", args=[10**6])).status_code == 404
    assert Bundle.objects.count() == 1


def test_hostile_names_and_reasons_are_text(publisher):
    sent(publisher, zipped({"<script>alert(1)</script>.yaml": b"x"}), name="<b>.zip")
    step()
    html = publisher.get(reverse("admin:newsroom_bundle_change", args=[Bundle.objects.get().pk])).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_the_report_is_paged_and_costs_the_same(publisher, django_assert_max_num_queries):
    sent(publisher, zipped(many_files(1)))
    bundle = Bundle.objects.get()
    rows = [BundleFile(bundle=bundle, position=n, name=f"{n}", outcome="new", slug=f"{n}") for n in range(2_000)]
    BundleFile.objects.bulk_create(rows)
    with django_assert_max_num_queries(10):
        page = publisher.get(reverse("admin:newsroom_bundle_change", args=[bundle.pk]))
    assert (len(page.context["page"]), page.context["page"].paginator.num_pages) == (100, 20)
    with django_assert_max_num_queries(10):
        publisher.get(reverse("admin:newsroom_bundle_changelist"))
