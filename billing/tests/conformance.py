"""Requests and objects held against the types of the installed stripe package: its parameters and its resources."""

import builtins
import inspect
import re
import sys
import types
import typing
from decimal import Decimal
from typing import Any, Literal, Union

import stripe
import typing_extensions
from stripe import params
from stripe._stripe_object import UntypedStripeObject

UNIONS = (Union, types.UnionType)
REQUIREDNESS = {typing.NotRequired, typing.Required}
LISTS = {list, typing.List}  # noqa: UP006

# Method and path -> the parameters that the package knows for it; None: it takes none.
REQUESTS = {
    ("POST", r"/v1/customers"): params.CustomerCreateParams,
    ("GET", r"/v1/customers/\w+"): None,
    ("GET", r"/v1/charges/\w+"): None,
    ("GET", r"/v1/subscriptions"): params.SubscriptionListParams,
    ("POST", r"/v1/subscriptions/\w+"): params.SubscriptionUpdateParams,
    ("DELETE", r"/v1/subscriptions/\w+"): params.SubscriptionCancelParams,
    ("GET", r"/v1/prices"): params.PriceListParams,
    ("POST", r"/v1/prices"): params.PriceCreateParams,
    ("GET", r"/v1/products"): params.ProductListParams,
    ("GET", r"/v1/products/\w+"): None,
    ("POST", r"/v1/products"): params.ProductCreateParams,
    ("POST", r"/v1/products/\w+"): params.ProductUpdateParams,
    ("POST", r"/v1/checkout/sessions"): params.checkout.SessionCreateParams,
    ("GET", r"/v1/checkout/sessions/\w+"): None,
    ("POST", r"/v1/checkout/sessions/\w+/expire"): params.checkout.SessionExpireParams,
    ("POST", r"/v1/billing_portal/sessions"): params.billing_portal.SessionCreateParams,
    ("GET", r"/v1/billing_portal/configurations"): params.billing_portal.ConfigurationListParams,
    ("POST", r"/v1/billing_portal/configurations"): params.billing_portal.ConfigurationCreateParams,
    ("POST", r"/v1/billing_portal/configurations/\w+"): params.billing_portal.ConfigurationUpdateParams,
    ("GET", r"/v1/webhook_endpoints"): params.WebhookEndpointListParams,
    ("POST", r"/v1/webhook_endpoints"): params.WebhookEndpointCreateParams,
}

RESOURCES = {
    "customer": stripe.Customer,
    "subscription": stripe.Subscription,
    "subscription_item": stripe.SubscriptionItem,
    "price": stripe.Price,
    "plan": stripe.Plan,
    "product": stripe.Product,
    "checkout.session": stripe.checkout.Session,
    "billing_portal.session": stripe.billing_portal.Session,
    "billing_portal.configuration": stripe.billing_portal.Configuration,
    "webhook_endpoint": stripe.WebhookEndpoint,
    "event": stripe.Event,
}


class Names(dict[str, Any]):
    """What annotations may name: the module's own names, then what the package loads when it is asked for."""

    def __missing__(self, name: str) -> Any:
        if hasattr(builtins, name):
            return getattr(builtins, name)
        return next(getattr(place, name) for place in (stripe, stripe.checkout, stripe.billing_portal) if has(place, name))


def has(place: Any, name: str) -> bool:
    try:
        getattr(place, name)
    except AttributeError:
        return False
    return True


def request_problems(method: str, path: str, sent: dict[str, Any]) -> list[str]:
    """What is wrong with a request, by the package's own words for that route."""
    for (known, pattern), wanted in REQUESTS.items():
        if method == known and re.fullmatch(pattern, path):
            if wanted is None:
                return [f"{path} takes nothing, got {sent}"] if sent else []
            return dict_problems(sent, wanted, path)
    return [f"{method} {path} is no route of the table"]


def dict_problems(sent: Any, wanted: type, where: str) -> list[str]:
    if not isinstance(sent, dict):
        return [f"{where}: {sent!r} instead of fields"]
    names = Names(vars(sys.modules[wanted.__module__]))
    hints = wanted.__annotations__
    found = [f"{where}: {name} is missing" for name in wanted.__required_keys__ if name not in sent]
    for name, value in sent.items():
        if name not in hints:
            found.append(f"{where}: {name} is unknown")
        else:
            found += problems(value, evaluated(hints[name], names), f"{where}.{name}", in_form=True)
    return found


def object_problems(body: dict[str, Any]) -> list[str]:
    """What is wrong with an object, or with each object of a list."""
    if body.get("object") == "list":
        return [line for one in body["data"] for line in object_problems(one)]
    if body.get("deleted"):
        return []
    kind = RESOURCES.get(body.get("object", ""))
    return resource_problems(body, kind, body["object"]) if kind else []


def resource_problems(body: Any, kind: type, where: str) -> list[str]:
    if not isinstance(body, dict):
        return [f"{where}: {body!r} instead of an object"]
    names = Names(vars(sys.modules[kind.__module__]) | outer_names(kind))
    hints = {name: hint for name, hint in inspect.get_annotations(kind).items() if typing.get_origin(hint) is not typing.ClassVar}
    found = [f"{where}: {name} is missing" for name, hint in hints.items() if name not in body and not is_optional(hint)]
    for name, value in body.items():
        if name not in hints:
            found.append(f"{where}: {name} is unknown")
        else:
            found += problems(value, evaluated(hints[name], names), f"{where}.{name}", in_form=False)
    return found


def evaluated(hint: Any, names: dict[str, Any]) -> Any:
    if isinstance(hint, str):
        return evaluated(eval(hint, {}, names), names)
    if isinstance(hint, typing.ForwardRef):
        return evaluated(hint.__forward_arg__, names)
    if arguments := typing.get_args(hint):
        if typing.get_origin(hint) is Literal:
            return hint
        if typing.get_origin(hint) in REQUIREDNESS:
            return evaluated(arguments[0], names)
        inner = tuple(evaluated(one, names) for one in arguments)
        return Union[inner] if typing.get_origin(hint) in UNIONS else typing.get_origin(hint)[inner]  # noqa: UP007
    return hint


def outer_names(kind: type) -> dict[str, Any]:
    found: dict[str, Any] = {}
    place: Any = sys.modules[kind.__module__]
    for step in kind.__qualname__.split("."):
        place = getattr(place, step)
        found |= {name: value for name, value in vars(place).items() if isinstance(value, type)}
    return found


def is_optional(hint: Any) -> bool:
    return typing.get_origin(hint) in UNIONS and type(None) in typing.get_args(hint)


def problems(value: Any, hint: Any, where: str, *, in_form: bool) -> list[str]:
    """`in_form`: values come as words of a form, so numbers and booleans are words there."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in UNIONS:
        return of_union(value, arguments, where, in_form=in_form)
    if origin is Literal:
        return [] if value in arguments else [f"{where}: {value!r} is none of {arguments[:8]}"]
    if origin in LISTS:
        if not isinstance(value, list):
            return [f"{where}: {value!r} instead of a list"]
        return [line for place, one in enumerate(value) for line in problems(one, arguments[0], f"{where}[{place}]", in_form=in_form)]
    if origin is stripe.ListObject:
        return [line for one in value["data"] for line in problems(one, arguments[0], f"{where}[]", in_form=in_form)]
    return of_plain(value, hint, origin, where, in_form=in_form)


def of_union(value: Any, choices: tuple[Any, ...], where: str, *, in_form: bool) -> list[str]:
    """Closed where the package leaves it open: Literal[...] | str must be one of the words it knows."""
    words = [word for one in choices if typing.get_origin(one) is Literal for word in typing.get_args(one)]
    if any(words) and str in choices and isinstance(value, str):  # Literal[""] alone is the way to unset a text
        choices = tuple(one for one in choices if one is not str)
    tried = [problems(value, one, where, in_form=in_form) for one in choices]
    return min(tried, key=len)


def of_plain(value: Any, hint: Any, origin: Any, where: str, *, in_form: bool) -> list[str]:
    if hint is Any:
        return []
    if hint is type(None):
        return [] if value is None else [f"{where}: {value!r} instead of nothing"]
    if typing_extensions.is_typeddict(hint):
        return dict_problems(value, hint, where)
    if origin is dict or (isinstance(origin or hint, type) and issubclass(origin or hint, UntypedStripeObject)):
        return [] if isinstance(value, dict) else [f"{where}: {value!r} instead of a map"]
    if isinstance(hint, type) and issubclass(hint, stripe.StripeObject):
        return resource_problems(value, hint, where)
    return [] if fits(value, hint, in_form=in_form) else [f"{where}: {value!r} is no {hint}"]


def fits(value: Any, hint: Any, *, in_form: bool) -> bool:
    if not in_form:
        if hint is Decimal:
            return isinstance(value, str)
        return isinstance(value, hint) and not (hint is int and isinstance(value, bool))
    if hint is bool:
        return value in {"true", "false"}
    if hint is int:
        return isinstance(value, str) and value.lstrip("-").isdigit()
    if hint in {float, Decimal}:
        return isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value) is not None
    return isinstance(value, str) and (hint is str)
