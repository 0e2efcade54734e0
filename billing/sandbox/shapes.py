"""Objects in the shape of the pinned API version, as Stripe returns them. A test holds them against the package's types."""

import secrets
from typing import Any

Body = dict[str, Any]
DAY = 24 * 60 * 60
MONTH = 30 * DAY


def new_id(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(8)}"


def listing(url: str, found: list[Body]) -> Body:
    return {"object": "list", "url": url, "has_more": False, "data": found}


def customer(params: Body, now: int) -> Body:
    return {
        "id": new_id("cus"),
        "object": "customer",
        "created": now,
        "email": params.get("email"),
        "livemode": False,
        "metadata": params.get("metadata", {}),
    }


def product(params: Body, now: int) -> Body:
    return {
        "id": params.get("id") or new_id("prod"),
        "object": "product",
        "active": True,
        "created": now,
        "updated": now,
        "default_price": None,
        "description": params.get("description"),
        "images": [],
        "livemode": False,
        "marketing_features": [],
        "metadata": params.get("metadata", {}),
        "name": params["name"],
        "statement_descriptor": params.get("statement_descriptor"),
        "type": "service",
    }


def price(params: Body, now: int) -> Body:
    amount = int(params["unit_amount"])
    return {
        "id": new_id("price"),
        "object": "price",
        "active": True,
        "billing_scheme": "per_unit",
        "created": now,
        "currency": params["currency"],
        "livemode": False,
        "lookup_key": params.get("lookup_key"),
        "metadata": {},
        "product": params["product"],
        "recurring": {
            "interval": params["recurring"]["interval"],
            "interval_count": 1,
            "meter": None,
            "trial_period_days": None,
            "usage_type": "licensed",
        },
        "tax_behavior": "exclusive",
        "type": "recurring",
        "unit_amount": amount,
        "unit_amount_decimal": str(amount),
    }


def checkout(params: Body, price: Body, now: int, url: str) -> Body:
    key = new_id("cs_test")
    return {
        "id": key,
        "object": "checkout.session",
        "amount_subtotal": price["unit_amount"],
        "amount_total": price["unit_amount"],
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "cancel_url": params["cancel_url"],
        "client_reference_id": params.get("client_reference_id"),
        "created": now,
        "currency": price["currency"],
        "custom_fields": [],
        "custom_text": {"after_submit": None, "shipping_address": None, "submit": None, "terms_of_service_acceptance": None},
        "customer": params["customer"],
        "expires_at": now + DAY,
        "invoice": None,
        "livemode": False,
        "metadata": params.get("metadata", {}) | {"price": price["id"]},
        "mode": "subscription",
        "payment_intent": None,
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "shipping_options": [],
        "status": "open",
        "subscription": None,
        "success_url": params["success_url"],
        "ui_mode": "hosted_page",
        "url": url.replace("KEY", key),
    }


def subscription(session: Body, price: Body, now: int, status: str) -> Body:
    key = new_id("sub")
    item: Body = {
        "id": new_id("si"),
        "object": "subscription_item",
        "billing_thresholds": None,
        "created": now,
        "current_period_end": now + MONTH,
        "current_period_start": now,
        "discounts": [],
        "metadata": {},
        "plan": plan(price),
        "price": price,
        "quantity": 1,
        "subscription": key,
        "tax_rates": [],
    }
    return {
        "id": key,
        "object": "subscription",
        "application": None,
        "application_fee_percent": None,
        "automatic_tax": {"disabled_reason": None, "enabled": False, "liability": None},
        "billing_cycle_anchor": now,
        "billing_cycle_anchor_config": None,
        "billing_mode": {"flexible": {"proration_discounts": "included"}, "type": "flexible", "updated_at": now},
        "billing_schedules": [],
        "billing_thresholds": None,
        "cancel_at": None,
        "cancel_at_period_end": False,
        "canceled_at": None,
        "cancellation_details": {"comment": None, "feedback": None, "reason": None},
        "collection_method": "charge_automatically",
        "created": now,
        "currency": price["currency"],
        "customer": session["customer"],
        "days_until_due": None,
        "default_payment_method": None,
        "discounts": [],
        "ended_at": None,
        "invoice_settings": {"account_tax_ids": None, "issuer": {"type": "self"}},
        "items": listing("/v1/subscription_items", [item]),
        "latest_invoice": new_id("in"),
        "livemode": False,
        "metadata": {"account": session["client_reference_id"] or ""},
        "start_date": now,
        "status": status,
    }


def plan(price: Body) -> Body:
    """The older twin of a price, which items still carry."""
    return {
        "id": price["id"],
        "object": "plan",
        "active": True,
        "amount": price["unit_amount"],
        "billing_scheme": "per_unit",
        "created": price["created"],
        "currency": price["currency"],
        "interval": price["recurring"]["interval"],
        "interval_count": 1,
        "livemode": False,
        "metadata": {},
        "product": price["product"],
        "usage_type": "licensed",
    }


def charge(subscription: Body, now: int) -> Body:
    """What the tests of disputes need: whose charge it was."""
    amount = subscription["items"]["data"][0]["price"]["unit_amount"]
    nobody = {"address": None, "email": None, "name": None, "phone": None}
    return {
        "id": new_id("ch"),
        "object": "charge",
        "amount": amount,
        "amount_captured": amount,
        "amount_refunded": 0,
        "billing_details": {**nobody, "tax_id": None},
        "captured": True,
        "created": now,
        "currency": subscription["currency"],
        "customer": subscription["customer"],
        "disputed": False,
        "livemode": False,
        "metadata": {},
        "paid": True,
        "payment_method": None,
        "refunded": False,
        "status": "succeeded",
    }


def dispute(charge: Body, now: int) -> Body:
    """Names its charge and no customer."""
    return {"id": new_id("du"), "object": "dispute", "amount": charge["amount"], "charge": charge["id"], "created": now}


def portal_session(params: Body, now: int, url: str) -> Body:
    key = new_id("bps")
    return {
        "id": key,
        "object": "billing_portal.session",
        "configuration": params.get("configuration") or "bpc_sandbox",
        "created": now,
        "customer": params["customer"],
        "flow": None,
        "livemode": False,
        "locale": None,
        "on_behalf_of": None,
        "return_url": params.get("return_url"),
        "url": url.replace("KEY", key),
    }


def portal_configuration(params: Body, now: int) -> Body:
    return {
        "id": new_id("bpc"),
        "object": "billing_portal.configuration",
        "active": True,
        "application": None,
        "business_profile": {
            "headline": None,
            "privacy_policy_url": params.get("business_profile", {}).get("privacy_policy_url"),
            "terms_of_service_url": None,
        },
        "created": now,
        "default_return_url": params.get("default_return_url"),
        "features": portal_features(params.get("features", {})),
        "is_default": False,
        "livemode": False,
        "login_page": {"enabled": False, "url": None},
        "metadata": params.get("metadata", {}),
        "name": None,
        "updated": now,
    }


def portal_features(given: Body) -> Body:
    def on(name: str) -> bool:
        return bool(given.get(name, {}).get("enabled") == "true")

    return {
        "customer_update": {
            "allowed_updates": given.get("customer_update", {}).get("allowed_updates", []),
            "enabled": on("customer_update"),
        },
        "invoice_history": {"enabled": on("invoice_history")},
        "payment_method_update": {"enabled": on("payment_method_update"), "payment_method_configuration": None},
        "subscription_cancel": {
            "cancellation_reason": {"enabled": False, "options": []},
            "enabled": on("subscription_cancel"),
            "mode": given.get("subscription_cancel", {}).get("mode", "at_period_end"),
            "proration_behavior": "none",
        },
        "subscription_pause": {"duration": {"interval_options": [], "type": "indefinite"}, "enabled": on("subscription_pause")},
        "subscription_update": {
            "billing_cycle_anchor": None,
            "default_allowed_updates": [],
            "enabled": on("subscription_update"),
            "proration_behavior": "none",
            "schedule_at_period_end": {"conditions": []},
            "trial_update_behavior": "end_trial",
        },
    }


def endpoint(params: Body, now: int) -> Body:
    return {
        "id": new_id("we"),
        "object": "webhook_endpoint",
        "api_version": params.get("api_version"),
        "application": None,
        "created": now,
        "description": None,
        "enabled_events": params["enabled_events"],
        "livemode": False,
        "metadata": params.get("metadata", {}),
        "secret": f"whsec_{secrets.token_hex(16)}",
        "status": "enabled",
        "url": params["url"],
    }


def event(kind: str, about: Body, now: int, api_version: str) -> Body:
    return {
        "id": new_id("evt"),
        "object": "event",
        "api_version": api_version,
        "created": now,
        "data": {"object": about},
        "livemode": False,
        "pending_webhooks": 1,
        "request": {"id": None, "idempotency_key": None},
        "type": kind,
    }
