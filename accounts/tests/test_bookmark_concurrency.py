"""Twenty equal posts at once: one row, no error."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import Bookmark
from accounts.tests.factories import make_user, signed_in
from careers.tests.factories import published_guide

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 20


def at_once(clients, path: str, data: dict[str, str]) -> list[int]:
    def post(client) -> int:
        try:
            return client.post(path, data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(post, clients))


@pytest.fixture
def clients():
    published_guide()
    user = make_user()
    return [signed_in(user) for _ in range(AT_ONCE)]


def test_saving(clients):
    assert set(at_once(clients, reverse("accounts:bookmark_save", args=["kite-maker"]), {})) == {302}
    assert Bookmark.objects.kept().count() == 1


def test_removing_and_undoing(clients):
    save, remove = (reverse(f"accounts:bookmark_{action}", args=["kite-maker"]) for action in ("save", "remove"))
    clients[0].post(save)
    assert set(at_once(clients, remove, {})) == {302}
    assert Bookmark.objects.removed().count() == 1
    assert set(at_once(clients, save, {"undo": "1"})) == {302}
    assert Bookmark.objects.kept().count() == 1


def test_noting(clients):
    clients[0].post(reverse("accounts:bookmark_save", args=["kite-maker"]))
    assert set(at_once(clients, reverse("accounts:bookmark_note", args=["kite-maker"]), {"note": "same"})) == {302}
    assert Bookmark.objects.get().note == "same"
