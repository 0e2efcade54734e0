"""Many guides as a zip, both ways: packed, looked at, and imported. Run with `make bench-bundles`.

Makes a database waymark_bundles of its own with BENCH_GUIDES guides (default 1,000), each as long as a real one, and drops it at the
end. Prints seconds, memory of the process and statements of each step, and of staff pages with so many guides. About ten minutes;
BENCH_ZIPS=new takes a third of it.

Of the processor a guide takes 38 ms to parse, 24 ms to write as a file, and 9 ms to read from its tables. So the files are what costs,
and guides are read from their tables: a stored revision would be cheaper, but sources, names of skills and shared case studies change
without one, and an export of it would not be what the draft says.
"""

import io
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.search import _environment as environment_of

GUIDES = int(os.environ.get("BENCH_GUIDES", "1000"))
DATABASE = "waymark_bundles"


def main() -> None:
    import psycopg

    import bench.search

    bench.search.DATABASE = DATABASE
    os.environ.update(environment_of())
    with psycopg.connect(os.environ["BENCH_SERVER_URL"], autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {DATABASE}")
        try:
            subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], check=True)
            subprocess.run([sys.executable, "manage.py", "seed_demo", "--no-users", "--no-jobs"], check=True)
            import django

            django.setup()
            _run()
        finally:
            from django.db import connections

            connections.close_all()
            server.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def _run() -> None:

    from careers.bundles.archive import Archive
    from careers.bundles.packing import pack
    from careers.models import Guide
    from newsroom.bundles import work
    from newsroom.models import Bundle

    for title in os.environ.get("BENCH_ZIPS", "new,the same,changed").split(","):
        bundle = Bundle.objects.create(way="in", state="reading", name=title, data=_zip(title))
        _measured(f"looked at, {title}", lambda pk=bundle.pk: work.read(pk))
        Bundle.objects.filter(pk=bundle.pk).update(state="importing")
        _measured(f"imported, {title}", lambda pk=bundle.pk: work.bring_in(pk))
        print(
            "   ", {outcome: bundle.files.filter(outcome=outcome).count() for outcome in ("new", "same", "changed", "refused", "imported")}
        )
    _staff_pages()
    out = io.BytesIO()
    _measured("packed", lambda: pack(Guide.objects.values_list("pk", flat=True), out))
    print(f"    {len(Archive(out.getvalue())):,} guides, {len(out.getvalue()) / 1024**2:.1f} MB")


def _staff_pages() -> None:
    """What an editor opens while there are so many guides, and the nightly look at all of them."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from accounts.models import User
    from careers.working import measure_all

    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    client.force_login(User.objects.create_superuser("bench@example.org"))
    guides = reverse("admin:careers_guide_changelist")
    pages = {
        "first page of the staff area": reverse("admin:index"),
        "list of guides": guides,
        "list, blocked ones by what they lack": f"{guides}?lacks=blocked&o=-5",
        "figures by age": reverse("admin:careers_guide_figures"),
        "guides to look through": reverse("admin:careers_guide_review"),
    }
    for title, url in pages.items():
        if (status := client.get(url, secure=True).status_code) != 200:
            raise RuntimeError(f"{url} answers {status}")
        _measured(title, lambda url=url: client.get(url, secure=True))
    _measured("all guides measured anew", measure_all)


def _zip(title: str) -> bytes:
    """GUIDES guide files made of the demonstration's, under addresses of their own."""
    import zipfile
    from pathlib import Path

    from careers.document import files

    originals = [files.load(path.read_bytes()) for path in sorted(Path("content/guides").glob("*.yaml"))]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(GUIDES):
            changes = {"slug": f"guide-{number}", "title": f"Guide {number}"} | ({"setting": "Elsewhere."} if title == "changed" else {})
            archive.writestr(f"guide-{number}.yaml", files.dump(originals[number % len(originals)].model_copy(update=changes)))
    return out.getvalue()


def _measured(name: str, step: Callable[[], Any]) -> None:
    from django.db import connection

    count = 0

    def counted(execute: Any, *args: Any) -> Any:
        nonlocal count
        count += 1
        return execute(*args)

    start = time.monotonic()
    with connection.execute_wrapper(counted):
        step()
    took = time.monotonic() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name}: {took:.2f} s, {count:,} statements, at most {memory:.0f} MB; a guide {took / GUIDES * 1000:.1f} ms")


if __name__ == "__main__":
    main()
