"""Pages of plain text about the site itself."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from careers import growth
from kit.cache import public_page
from kit.http import Request
from kit.words import HOURS_A_YEAR


@public_page
def about(request: Request) -> HttpResponse:
    return TemplateResponse(request, "portal/about.html")


@public_page
def figures(request: Request) -> HttpResponse:
    """The limits shown are those that the labels are computed with."""
    context = {
        "trail": [("About", reverse("about"))],
        "hours": HOURS_A_YEAR,
        "close": growth.CLOSE,
        "vintages": [(f"{start}–{end}", _limits(table)) for (start, end), table in growth.VINTAGES.items()],
    }
    return TemplateResponse(request, "portal/figures.html", context)


@public_page
def accessibility(request: Request) -> HttpResponse:
    return TemplateResponse(request, "portal/accessibility.html")


@public_page
def privacy(request: Request) -> HttpResponse:
    return TemplateResponse(request, "portal/privacy.html")


def _limits(table: tuple[tuple[int, str], ...]) -> list[tuple[str, str]]:
    """Label and the whole percents it covers, in words, highest first."""
    rows = []
    above: int | None = None
    for least, label in table:
        match least, above:
            case _, None:
                span = f"{least}% or more"
            case -100, int():
                span = "less than 0%"
            case _ if least + 1 == above:
                span = f"{least}%"
            case _:
                span = f"{least}% to {above - 1}%"
        rows.append((label, span))
        above = least
    return rows
