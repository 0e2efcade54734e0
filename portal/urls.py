"""The site in one screen. Each room lists its own addresses."""

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from portal.views import errors, health, home, machine, pages, styleguide

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # MFA and rate limits hold for staff too

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("careers.urls")),
    path("", include("jobs.urls")),
    path("", include("accounts.allauth_urls")),
    path("", include("accounts.urls")),
    path("", include("alerts.urls")),
    path("", include("billing.urls")),
    path("", include("ads.urls")),
    path("", include("newsroom.urls")),
    path("staff/", admin.site.urls),
    path("about/", pages.about, name="about"),
    path("about/figures/", pages.figures, name="figures"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    # For machines
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", machine.robots, name="robots"),
    path("sitemap.xml", machine.sitemap_index, name="sitemap"),
    path("sitemap-<slug:section>.xml", machine.sitemap, name="sitemap_section"),
    path("manifest.webmanifest", machine.manifest, name="manifest"),
    path("favicon.ico", machine.favicon, name="favicon"),
    path(".well-known/security.txt", machine.security_txt, name="security_txt"),
]

if apps.is_installed("billing.sandbox"):  # only with DEBUG and without a Stripe key
    urlpatterns.append(path("sandbox/", include("billing.sandbox.urls")))

if settings.ANYMAIL_ESP:  # bounces and complaints, told by the mail provider
    urlpatterns.append(path("mail/", include("kit.mail.urls")))

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
