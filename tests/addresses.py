"""Every named address of the site, and how to reach it in tests."""

from collections.abc import Iterable, Iterator
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver, reverse

GUIDE = "kite-maker"  # published, kept by the member with a note
OTHER = "sail-maker"  # published, kept by nobody
DRAFT = "tent-maker"  # never published

# What an address takes. Callables are asked when the objects are there: keys differ from run to run.
TAKES = {
    "careers:field": ["crafts"],
    "careers:guide": [GUIDE],
    "careers:case_study": [GUIDE, "camera-kite"],
    "newsroom:report": [GUIDE],
    "newsroom:vote": [GUIDE],
    "careers:compare_guides": [f"{GUIDE}-vs-{OTHER}"],
    "accounts:bookmark_start": [OTHER],
    "accounts:bookmark_save": [OTHER],
    "accounts:bookmark_remove": [GUIDE],
    "accounts:bookmark_note": [GUIDE],
    "accounts:bookmark_changes": [GUIDE],
    "accounts:bookmark_seen": [GUIDE],
    "accounts:skills": [GUIDE],
    "accounts:skill_ticks": [GUIDE],
    "sitemap_section": ["jobs"],
    "account_reset_password_from_key": ["1", "abc-def"],
}

PUBLIC_PAGES = (
    "home",
    "careers:guide_list",
    "careers:field",
    "careers:guide",
    "careers:case_study",
    "careers:compare",
    "careers:compare_guides",
    "careers:questions",
    "jobs:list",
    "jobs:detail",
    "about",
    "ads:about",
    "figures",
    "accessibility",
    "privacy",
    "billing:pricing",
)
ENTRANCE_PAGES = (
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
    "accounts:deleted",
)
PERSONAL_PAGES = (
    "accounts:saved",
    "accounts:bookmark_changes",
    "jobs:hidden",
    "accounts:saved_jobs",
    "accounts:job_ad",
    "accounts:labels",
    "accounts:skills",
    "accounts:dashboard",
    "accounts:applications",
    "accounts:application",
    "accounts:application_add",
    "accounts:application_edit",
    "accounts:application_salary",
    "accounts:application_insight",
    "accounts:calendar_page",
    "accounts:event_correct",
    "accounts:part_add",
    "accounts:part_edit",
    "accounts:part_restore",
    "alerts:list",
    "alerts:edit",
    "alerts:new",
    "jobs:apply",
    "jobs:application",
    "accounts:account",
    "accounts:profile",
    "accounts:notifications",
    "accounts:data",
    "accounts:delete",
    "accounts:import_start",
    "accounts:import",
    "billing:account",
    "account_email",
    "account_logout",
    "account_change_password",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "usersessions_list",
)
FOR_MACHINES = (
    "careers:guide_feed",
    "jobs:feed",
    "jobs:json",
    "ads:picture",
    "robots",
    "sitemap",
    "sitemap_section",
    "manifest",
    "favicon",
    "security_txt",
    "healthz",
    "readyz",
)


@cache
def names() -> frozenset[str]:
    """Every URL name, with its namespace. Addresses without a name are Django admin's catch-all and old redirects."""
    return frozenset(_names(get_resolver().url_patterns, ""))


def _names(patterns: Iterable[URLPattern | URLResolver], space: str) -> Iterator[str]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            yield from _names(entry.url_patterns, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif entry.name:
            yield space + entry.name
        else:
            assert entry.callback.__module__.startswith(("django.contrib.admin", "django.views.generic")), f"{entry} has no name"


def address(name: str, **found: list) -> str:
    """`found` gives what depends on the database, by name with : written as __."""
    return reverse(name, args=found.get(name.replace(":", "__"), TAKES.get(name, [])))
