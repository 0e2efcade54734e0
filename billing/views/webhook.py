import logging

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from billing import answers, deliveries, gateway, world

logger = logging.getLogger(__name__)


@login_not_required
@csrf_exempt
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """Stripe's messages. The signature over the raw body takes the place of session and token.

    400 for what is not Stripe's; 500 when it could not be done, so that Stripe sends it again; else 200 at once, also for
    copies, for types that change nothing here and for customers we do not know.
    """
    if not world.is_open():
        return _plain("billing is off", 404)
    try:
        event = gateway.read_delivery(request.body, request.headers.get("Stripe-Signature", ""), world.webhook_secrets())
    except answers.BadDelivery as error:
        logger.warning("refused a webhook delivery: %s", error)
        return _plain("not a delivery from Stripe", 400)
    try:
        return _plain(deliveries.receive(event), 200)
    except answers.GatewayError:
        return _plain("try again", 500)


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain", status=status)
