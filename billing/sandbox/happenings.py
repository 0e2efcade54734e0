"""What happens at Stripe without our asking: people pay, payments fail, time passes, banks complain."""

from collections.abc import Callable

from billing.sandbox import shapes
from billing.sandbox.server import Refusal, Server
from billing.sandbox.store import Body


def pay(server: Server, session: str) -> Body:
    """The person pays on the checkout page."""
    return _complete(server, session, status="active", paid="paid")


def pay_later(server: Server, session: str) -> Body:
    """By a method that takes days: the checkout is complete, the money is not there yet."""
    return _complete(server, session, status="incomplete", paid="unpaid")


def _complete(server: Server, session: str, *, status: str, paid: str) -> Body:
    found = server.find(session, "session")
    if found["status"] != "open":
        raise Refusal(400, "checkout_session_not_open", "session")
    price = server.find(found["metadata"]["price"], "price")
    made = server.keep(shapes.subscription(found, price, server.now(), status))
    server.keep(shapes.charge(made, server.now()))
    server.emit("customer.subscription.created", made)
    if paid == "paid":
        server.emit("invoice.paid", invoice(made))
    server.change(found, "checkout.session.completed", status="complete", payment_status=paid, subscription=made["id"], url=None)
    return made


def expire(server: Server, session: str) -> Body:
    return server.change(server.find(session, "session"), "checkout.session.expired", status="expired", url=None)


def money_arrives(server: Server, subscription: Body) -> Body:
    """The late payment, or the one that was tried again."""
    server.emit("invoice.paid", invoice(subscription))
    return server.change(subscription, "customer.subscription.updated", status="active")


def payment_fails(server: Server, subscription: Body) -> Body:
    """The month is over and the renewal fails. The period has advanced by then, as at Stripe."""
    late = _advanced(subscription, server.now())
    found = server.change(late, "customer.subscription.updated", status="past_due")
    server.emit("invoice.payment_failed", invoice(found))
    return found


def period_ends(server: Server, subscription: Body) -> Body:
    """The month is over: a canceled subscription ends, any other renews."""
    now = server.now()
    if subscription["cancel_at"] or subscription["cancel_at_period_end"]:
        ended = _shifted(subscription, now)
        return server.change(ended, "customer.subscription.deleted", status="canceled", ended_at=now, cancel_at=now)
    found = server.change(_advanced(subscription, now), "customer.subscription.updated", status="active")
    server.emit("invoice.paid", invoice(found))
    return found


def stripe_gives_up(server: Server, subscription: Body) -> Body:
    """After two weeks of failed tries the subscription is canceled."""
    now = server.now()
    late = _with_period(subscription, now - 15 * shapes.DAY, now + 15 * shapes.DAY)
    return server.change(late, "customer.subscription.deleted", status="canceled", ended_at=now, canceled_at=now)


def cancel_in_portal(server: Server, subscription: Body) -> Body:
    """In flexible billing mode the portal sets cancel_at and leaves the boolean false."""
    end = subscription["items"]["data"][0]["current_period_end"]
    return server.change(subscription, "customer.subscription.updated", cancel_at=end, canceled_at=server.now())


def keep_in_portal(server: Server, subscription: Body) -> Body:
    return server.change(subscription, "customer.subscription.updated", cancel_at=None, cancel_at_period_end=False, canceled_at=None)


def pause(server: Server, subscription: Body) -> Body:
    return server.change(subscription, "customer.subscription.paused", status="paused")


def dispute(server: Server, subscription: Body) -> Body:
    """The bank takes a payment back. The event names the charge and no customer."""
    paid = next(one for one in server.every("charge") if one["customer"] == subscription["customer"])
    return server.emit("charge.dispute.created", server.keep(shapes.dispute(paid, server.now())))


def delete_customer(server: Server, customer: str) -> Body:
    """In the dashboard. Ends the subscriptions at once."""
    for one in server.subscriptions_of(customer):
        if one["status"] != "canceled":
            server.change(one, "customer.subscription.deleted", status="canceled", ended_at=server.now())
    gone = {"id": customer, "object": "customer", "deleted": True}
    server.store.put("customer", customer, gone)
    server.emit("customer.deleted", gone)
    return gone


# What the sandbox's portal page offers, by the name of its button.
OFFERED: dict[str, Callable[[Server, Body], Body]] = {
    "cancel": cancel_in_portal,
    "keep": keep_in_portal,
    "period": period_ends,
    "fail": payment_fails,
    "pay": money_arrives,
    "give-up": stripe_gives_up,
    "dispute": dispute,
}


def invoice(subscription: Body) -> Body:
    """As little of one as an event about it needs: our code reads no invoices."""
    return {"id": subscription["latest_invoice"], "object": "invoice", "customer": subscription["customer"]}


def _advanced(subscription: Body, now: int) -> Body:
    return _with_period(subscription, now, now + shapes.MONTH)


def _shifted(subscription: Body, now: int) -> Body:
    return _with_period(subscription, now - shapes.MONTH, now)


def _with_period(subscription: Body, start: int, end: int) -> Body:
    (item,) = subscription["items"]["data"]
    moved = item | {"current_period_start": start, "current_period_end": end}
    return subscription | {"items": subscription["items"] | {"data": [moved]}}
