"""Stripe for tests: the sandbox's server with its objects in memory, so that nothing of it rolls back with our transactions.

It checks every request and every answer against the stripe package, keeps events until a test delivers them, and can be
down, slow to answer, or lose an answer that it gave.
"""

import json
import threading
from typing import Any

import stripe
from django.test import Client
from django.urls import reverse

from billing import gateway
from billing.answers import Event
from billing.sandbox import happenings
from billing.sandbox.server import Server, decode
from billing.sandbox.store import Body
from billing.tests.conformance import object_problems, request_problems

SECRETS = ["whsec_new", "whsec_old"]
PRODUCT = "prod_plus"
KEY = "sk_test_0123456789abcdef"


class Memory:
    """Objects of one test, shared by its threads."""

    def __init__(self) -> None:
        self._bodies: dict[str, tuple[str, Body]] = {}
        self._lock = threading.RLock()

    def get(self, key: str) -> Body | None:
        with self._lock:
            found = self._bodies.get(key)
            return json.loads(json.dumps(found[1])) if found else None

    def put(self, kind: str, key: str, body: Body) -> None:
        with self._lock:
            self._bodies[key] = (kind, json.loads(json.dumps(body)))

    def every(self, kind: str) -> list[Body]:
        with self._lock:
            return [body for known, body in reversed(list(self._bodies.values())) if known == kind]


class Twin(Server):
    def __init__(self) -> None:
        self.events: list[Body] = []
        super().__init__(Memory(), deliver=self.events.append, site="https://stripe.example", product=PRODUCT)
        self.calls: list[tuple[str, str, Body]] = []
        self.problems: list[str] = []
        self.is_from_the_future = False  # its answers may hold words that the package does not know
        self.is_down = False
        self.losing = 0  # how many answers get lost on their way
        self.losing_at: tuple[str, str] | None = None  # or the next answer of this method and path
        self.refusing: tuple[int, Body] | None = None
        self.refusing_at: tuple[str, int, Body] | None = None  # one path alone
        self.before_answer: Any = None  # called with method and path, for races
        self._one_by_one = threading.RLock()

    # --- as the transport
    def answer(self, method: str, url: str, headers: Any, body: str) -> gateway.Answer:
        path, _, query = url.partition("?")
        path = "/" + path.split("/", 3)[3]
        sent = decode(body if method.upper() == "POST" else query)
        self.calls.append((method.upper(), path, sent))
        self.problems += request_problems(method.upper(), path, sent)
        if self.is_down:
            raise stripe.APIConnectionError("down", should_retry=True)
        if self.refusing:
            return json.dumps(self.refusing[1]), self.refusing[0], {}
        if self.refusing_at and path == self.refusing_at[0]:
            return json.dumps({"error": self.refusing_at[2]}), self.refusing_at[1], {}
        with self._one_by_one:
            text, status, found = super().answer(method, url, headers, body)
        if status == 200 and not self.is_from_the_future:
            self.problems += object_problems(json.loads(text))
        if self.before_answer:
            self.before_answer(method.upper(), path)
        if self.losing_at == (method.upper(), path):
            self.losing, self.losing_at = 1, None
        if self.losing:
            self.losing -= 1
            raise stripe.APIConnectionError("the answer got lost", should_retry=False)
        return text, status, found

    def called(self, method: str, path: str) -> int:
        return sum(1 for known, where, _ in self.calls if known == method and where.startswith(path))

    # --- what happens there
    def pay(self, session: str) -> Body:
        return happenings.pay(self, session)

    def only_subscription(self) -> Body:
        (found,) = self.every("subscription")
        return found

    def happen(self, what: str) -> Body:
        """One of the sandbox's buttons, for the only subscription there is."""
        return happenings.OFFERED[what](self, self.only_subscription())

    # --- webhooks
    def take(self, *kinds: str) -> list[Body]:
        """Events that wait, of these kinds or all, out of the queue."""
        found = [one for one in self.events if not kinds or one["type"] in kinds]
        self.events[:] = [one for one in self.events if one not in found]
        return found

    def deliver_all(self, client: Client | None = None) -> list[int]:
        return [self.post(one, client).status_code for one in self.take()]

    def post(self, event: Body, client: Client | None = None, *, secret: str = SECRETS[0], at: int | None = None) -> Any:
        body = json.dumps(event)
        header = gateway.sign(body, secret, at)
        return (client or Client()).post(
            reverse("billing:webhook"), body, content_type="application/json", headers={"Stripe-Signature": header}
        )


def as_event(body: Body) -> Event:
    """The event as the webhook view reads it."""
    text = json.dumps(body)
    return gateway.read_delivery(text.encode(), gateway.sign(text, SECRETS[0]), SECRETS)
