"""Where the stand-in keeps its objects: a dict per object, found by id and kind."""

from typing import Any, Protocol

Body = dict[str, Any]


class Store(Protocol):
    def get(self, key: str) -> Body | None: ...

    def put(self, kind: str, key: str, body: Body) -> None:
        """Make or replace."""

    def every(self, kind: str) -> list[Body]:
        """Newest first, as Stripe lists."""


class Rows:
    """In the table of this app, so that web processes and worker see the same. Commits and rolls back with the request."""

    def get(self, key: str) -> Body | None:
        found: Body | None = self._rows().filter(id=key).values_list("body", flat=True).first()
        return found

    def put(self, kind: str, key: str, body: Body) -> None:
        self._rows().update_or_create(id=key, defaults={"kind": kind, "body": body})

    def every(self, kind: str) -> list[Body]:
        return list(self._rows().filter(kind=kind).order_by("-number").values_list("body", flat=True))

    def _rows(self) -> Any:
        from billing.sandbox.models import SandboxObject  # here: tests use the rest of the sandbox where its table is not installed

        return SandboxObject.objects
