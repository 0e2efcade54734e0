"""The stand-in of this process: its objects in the database, its events to the real webhook view once they are true."""

import json
import logging
from functools import partial
from http import HTTPStatus

from django.conf import settings
from django.db import transaction
from django.test import RequestFactory
from django.urls import reverse

from billing import gateway
from billing.sandbox.server import Server
from billing.sandbox.store import Body, Rows
from billing.views.webhook import webhook
from billing.world import webhook_secrets

logger = logging.getLogger(__name__)


def server() -> Server:
    return Server(Rows(), deliver=_deliver, site=settings.SITE_URL)


def _deliver(event: Body) -> None:
    transaction.on_commit(partial(_post, json.dumps(event)))


def _post(body: str) -> None:
    header = gateway.sign(body, webhook_secrets()[0])
    request = RequestFactory().post(reverse("billing:webhook"), body, content_type="application/json", headers={"Stripe-Signature": header})
    if webhook(request).status_code != HTTPStatus.OK:
        logger.error("sandbox: the webhook did not take an event; Stripe would send it again")
