"""What every template knows about the site and the address. Asks nothing of the database."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

THEMES = frozenset({"light", "dark"})

# Label, URL name, and the names of the pages below it.
SECTIONS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("Career guides", "careers:guide_list", frozenset({"careers:field", "careers:guide", "careers:case_study", "careers:guide_preview"})),
    ("Jobs", "jobs:list", frozenset({"jobs:detail", "jobs:apply", "jobs:report", "jobs:hidden"})),
    ("Compare", "careers:compare", frozenset({"careers:compare_guides"})),
    ("Questions", "careers:questions", frozenset()),
)
PRICING = ("Pricing", "billing:pricing", frozenset[str]())  # for visitors: members find it under their account


@dataclass(frozen=True)
class NavLink:
    """A link of the header; `current` is the value of its aria-current: "page" itself, "true" a page below, else empty."""

    label: str
    url: str
    current: str


def site(request: HttpRequest) -> dict[str, object]:
    theme = request.COOKIES.get("theme", "")
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "contact_email": settings.SERVER_EMAIL,
        "canonical": canonical(request),
        "theme": theme if theme in THEMES else "",
        "nav": nav(request),
    }


def canonical(request: HttpRequest) -> str:
    """The one address of this page: no filters, no order; pages of a list after the first stay themselves."""
    page = request.GET.get("page", "")
    paging = f"?page={page}" if page.isascii() and page.isdigit() and len(page) < 7 and int(page) > 1 else ""
    return f"{settings.SITE_URL}{request.path}{paging}"


def nav(request: HttpRequest) -> list[NavLink]:
    match = request.resolver_match
    here = match.view_name if match else ""
    user = getattr(request, "user", None)  # an error page may come before there is one
    sections = SECTIONS if user is not None and user.is_authenticated else (*SECTIONS, PRICING)
    return [NavLink(label, reverse(name), "page" if here == name else "true" if here in below else "") for label, name, below in sections]
