"""Small files that programs ask for."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemaps
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from careers.feeds import SITEMAPS as OF_GUIDES
from jobs.sitemap import SITEMAPS as OF_JOBS
from kit.cache import keep_for, public_page
from kit.http import Request

PERSONAL = (
    "accounts:dashboard",
    "accounts:account",
    "accounts:saved",
    "jobs:hidden",
    "alerts:list",
    "accounts:theme",
    "account_login",
    "account_signup",
    "account_logout",
)
SECURITY_DAYS = 180  # RFC 9116 wants less than a year

SITEMAPS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {**OF_GUIDES, **OF_JOBS}
SITEMAP_SECONDS = 60 * 60  # jobs come and go without the content stamp

CANVAS = "#f4f6f5"  # --canvas in static/css/tokens.css

daily = cache_control(public=True, max_age=60 * 60 * 24)


@login_not_required
@require_safe
@daily
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; pages of one person have nothing to find."""
    closed = [f"Disallow: {reverse(name)}" for name in PERSONAL]
    # Every search of jobs is an address, and filters multiply them without end: the jobs themselves are in the sitemap.
    closed += [f"Disallow: {reverse('jobs:list')}?", f"Disallow: {reverse('jobs:feed')}?", f"Disallow: {reverse('jobs:json')}"]
    return _text(["User-agent: *", *closed, "", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"])


@login_not_required
@require_safe
@daily
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a hole (RFC 9116)."""
    expires = (timezone.now() + timedelta(days=SECURITY_DAYS)).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{settings.SERVER_EMAIL}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    ]
    return _text(lines)


@login_not_required
@require_safe
@daily
def manifest(request: HttpRequest) -> HttpResponse:
    sizes = [192, 512]
    pngs = [{"src": static(f"img/icon-{n}.png"), "sizes": f"{n}x{n}", "type": "image/png", "purpose": "any maskable"} for n in sizes]
    data = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "description": "Career guides: what a job is like, what it pays and how to get into it.",
        "lang": "en-US",
        "start_url": reverse("home"),
        "scope": reverse("home"),
        "display": "minimal-ui",
        "background_color": CANVAS,
        "theme_color": CANVAS,
        "icons": [{"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"}, *pngs],
    }
    return JsonResponse(data, content_type="application/manifest+json")


@login_not_required
@require_safe
@daily
def favicon(request: HttpRequest) -> HttpResponse:
    """For programs that ask here without reading the page."""
    return HttpResponseRedirect(static("img/icon-32.png"))


@public_page
def sitemap_index(request: Request) -> HttpResponse:
    """The parts: one for each kind of page, jobs in several."""
    keep_for(request, SITEMAP_SECONDS)
    return sitemaps.index(request, SITEMAPS, sitemap_url_name="sitemap_section")


@public_page
def sitemap(request: Request, section: str) -> HttpResponse:
    keep_for(request, SITEMAP_SECONDS)
    return sitemaps.sitemap(request, SITEMAPS, section=section)


def _text(lines: list[str]) -> HttpResponse:
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
