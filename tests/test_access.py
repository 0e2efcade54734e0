"""Who may open what: every address of the site by every kind of visitor, in one table."""

import re

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import ApplicationEvent
from accounts.tracker.parts import KINDS
from alerts.models import Alert
from tests.addresses import GUIDE, names
from tests.conftest import sign_in

pytestmark = pytest.mark.django_db

ROLES = ("visitor", "member", "stranger", "editor", "admin")

# Outcomes of a GET
#   open     the page
#   sign-in  to the sign-in page           door  to the staff sign-in
#   on       to another page of the site   confirm  to "enter your password again"
# and the statuses 403, 404, 405.


def everybody(outcome):
    return (outcome,) * 5


def members(outcome, visitor="sign-in"):
    return (visitor, *(outcome,) * 4)


PUBLIC = everybody("open")
PERSONAL = members("open")
OWN = ("sign-in", "open", "404", "404", "404")  # what the member alone has
OWN_FACTORS = ("sign-in", "open", "404", "404", "404")  # the member alone has second factors
ENTRANCE = members("on", visitor="open")  # whoever is in goes on to the account
NOT_BEGUN = members("on")  # a step of signing in that nobody here has begun
OTHER_WAY = ("sign-in", "open", "confirm", "confirm", "confirm")  # those without second factors confirm by password
ACTION = everybody("405")
OWN_ACTION = members("405")
STAFF = ("door", "door", "door", "open", "open")
STAFF_GUIDES = ("sign-in", "door", "door", "open", "open")

STAFF_ACTIONS = [f"admin:careers_guide_{name}" for name in ("unsaved", "unsaved_new", "discard", "discard_new", "markdown")]
ALERT_ACTIONS = ("schedule", "stop", "start", "address_works", "pause", "resume", "turn_off", "remove", "restore")

TABLE = {
    "home": PUBLIC,
    "about": PUBLIC,
    "ads:about": PUBLIC,
    "ads:count": ACTION,
    "figures": PUBLIC,
    "accessibility": PUBLIC,
    "privacy": PUBLIC,
    "billing:pricing": PUBLIC,
    "careers:guide_list": PUBLIC,
    "careers:field": PUBLIC,
    "careers:guide": PUBLIC,
    "careers:case_study": PUBLIC,
    "careers:compare": PUBLIC,
    "careers:compare_guides": PUBLIC,
    "careers:questions": PUBLIC,
    "careers:guide_preview": PUBLIC,  # by its signed link
    "newsroom:report": PUBLIC,
    "newsroom:vote": ACTION,
    "jobs:list": PUBLIC,
    "jobs:feed": PUBLIC,
    "jobs:json": PUBLIC,
    "jobs:detail": PUBLIC,
    "jobs:report": PUBLIC,
    "jobs:leave_count": ACTION,
    # Applying
    "jobs:apply": PERSONAL,
    "jobs:application": OWN,
    "jobs:application_file": OWN,
    "jobs:application_withdraw": OWN_ACTION,
    "styleguide": ("404", "404", "404", "open", "open"),
    # For machines
    "careers:guide_feed": PUBLIC,
    "ads:picture": PUBLIC,
    "healthz": PUBLIC,
    "readyz": everybody("503"),  # no worker runs beside the tests
    "robots": PUBLIC,
    "sitemap": PUBLIC,
    "sitemap_section": PUBLIC,
    "manifest": PUBLIC,
    "favicon": everybody("on"),
    "security_txt": PUBLIC,
    # Jobs
    "jobs:hidden": PERSONAL,
    "jobs:hide": OWN_ACTION,
    "jobs:unhide": OWN_ACTION,
    "jobs:seen": OWN_ACTION,
    "jobs:visited": OWN_ACTION,
    # What people keep
    "accounts:saved": PERSONAL,
    "accounts:saved_jobs": PERSONAL,
    "accounts:guides_chosen": OWN_ACTION,
    "accounts:guides_restore": OWN_ACTION,
    "accounts:jobs_chosen": OWN_ACTION,
    "accounts:jobs_restore": OWN_ACTION,
    "accounts:jobs_compare": members("on"),  # nothing is chosen
    "accounts:job_ad": OWN,
    "accounts:labels": PERSONAL,
    "accounts:label_rename": OWN_ACTION,
    "accounts:label_delete": OWN_ACTION,
    "accounts:skills": PERSONAL,
    "accounts:skill_ticks": OWN_ACTION,
    "accounts:job_start": ("sign-in", "on", "on", "on", "on"),
    "accounts:job_save": ACTION,
    "accounts:job_remove": OWN_ACTION,
    "accounts:job_note": OWN_ACTION,
    "accounts:bookmark_start": ("sign-in", "on", "on", "on", "on"),
    "accounts:bookmark_save": ACTION,
    "accounts:bookmark_remove": OWN_ACTION,
    "accounts:bookmark_note": OWN_ACTION,
    "accounts:bookmark_changes": OWN,
    "accounts:bookmark_seen": OWN_ACTION,
    "accounts:theme": ACTION,
    # The application tracker
    "accounts:applications": PERSONAL,
    "accounts:application_add": PERSONAL,
    "accounts:application_insight": PERSONAL,
    "accounts:calendar_page": PERSONAL,
    "accounts:calendar_open": OWN_ACTION,
    "accounts:calendar_close": OWN_ACTION,
    "accounts:calendar": PUBLIC,  # by its secret address
    "accounts:job_track": OWN_ACTION,
    "accounts:job_left": OWN_ACTION,
    "accounts:job_answer": OWN_ACTION,
    "accounts:application": OWN,
    "accounts:application_move": OWN_ACTION,
    "accounts:application_edit": OWN,
    "accounts:application_salary": OWN,
    "accounts:application_remove": OWN_ACTION,
    "accounts:application_restore": OWN_ACTION,
    "accounts:event_add": OWN_ACTION,
    "accounts:event_correct": OWN,
    "accounts:event_remove": OWN_ACTION,
    "accounts:event_undo": OWN_ACTION,
    "accounts:task_done": OWN_ACTION,
    "accounts:interview_file": OWN,
    "accounts:document_file": OWN,
    "accounts:part_add": OWN,
    "accounts:part_edit": OWN,
    "accounts:part_remove": OWN_ACTION,
    "accounts:part_restore": OWN,
    # Alerts
    "alerts:list": PERSONAL,
    "alerts:new": PUBLIC,
    "alerts:edit": OWN,
    **dict.fromkeys((f"alerts:{name}" for name in ALERT_ACTIONS), ACTION),
    **dict.fromkeys((f"alerts:mail_{name}" for name in ALERT_ACTIONS), ACTION),
    **dict.fromkeys(("alerts:by_mail", "alerts:mail_edit", "alerts:mail_delete"), PUBLIC),  # by the key in a visitor's mails
    **dict.fromkeys(("alerts:confirm", "alerts:off", "alerts:keep", "alerts:verdict"), PUBLIC),  # by their signed links
    # What is theirs
    "accounts:data": PERSONAL,
    "accounts:export_start": OWN_ACTION,
    "accounts:export_file": OWN,
    "accounts:delete": PERSONAL,
    "accounts:deleted": PUBLIC,
    "accounts:import_start": PERSONAL,
    "accounts:import": OWN,
    "accounts:import_columns": OWN_ACTION,
    "accounts:import_confirm": OWN_ACTION,
    "accounts:import_undo": OWN_ACTION,
    "accounts:import_discard": OWN_ACTION,
    "accounts:notifications": PERSONAL,
    "accounts:unsubscribe": PUBLIC,  # by its signed link
    # Paying (billing is off beside these tests; billing/tests has it on)
    "billing:start": OWN_ACTION,
    "billing:done": members("on"),  # nobody here has started
    "billing:account": PERSONAL,
    "billing:portal": OWN_ACTION,
    "billing:cancel": members("on"),  # there is nothing to cancel
    "billing:keep": OWN_ACTION,
    "billing:webhook": ACTION,
    "billing:webhook_bare": ACTION,
    # Signing in
    "account_login": ENTRANCE,
    "account_signup": ENTRANCE,
    "account_inactive": PUBLIC,
    "account_request_login_code": ENTRANCE,
    "account_confirm_login_code": everybody("on"),
    "mfa_login_webauthn": NOT_BEGUN,
    "mfa_authenticate": NOT_BEGUN,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,  # says that the link is used up
    "account_reset_password_from_key_done": PUBLIC,
    "account_email_verification_sent": NOT_BEGUN,
    "account_logout": members("open", visitor="on"),
    # The account
    "accounts:dashboard": PERSONAL,
    "accounts:account": PERSONAL,
    "accounts:profile": PERSONAL,
    "account_email": PERSONAL,
    "account_change_password": PERSONAL,
    "account_set_password": members("on"),  # all of them have one
    "account_reauthenticate": PERSONAL,
    "usersessions_list": PERSONAL,
    "mfa_index": PERSONAL,
    "mfa_activate_totp": ("sign-in", "on", "open", "open", "open"),  # the member has an app already
    "mfa_deactivate_totp": OWN_FACTORS,
    "mfa_view_recovery_codes": OWN_FACTORS,
    "mfa_download_recovery_codes": OWN_FACTORS,
    "mfa_generate_recovery_codes": PERSONAL,
    "mfa_list_webauthn": PERSONAL,
    "mfa_add_webauthn": PERSONAL,
    "mfa_edit_webauthn": OWN_FACTORS,
    "mfa_remove_webauthn": OWN_FACTORS,
    "mfa_reauthenticate": OTHER_WAY,
    "mfa_reauthenticate_webauthn": OTHER_WAY,
    # Staff
    "admin:index": STAFF,
    "admin:login": ("sign-in", "403", "403", "on", "on"),
    "admin:logout": ("door", "on", "on", "405", "405"),
    "admin:password_change": STAFF,
    "admin:password_change_done": STAFF,
    "admin:auth_user_password_change": ("sign-in", "door", "door", "403", "open"),
    "admin:jsi18n": STAFF,
    "admin:autocomplete": ("door", "door", "door", "403", "403"),  # without the name of a field
    "admin:app_list": STAFF,
    "admin:view_on_site": ("door", "door", "door", "on", "on"),
    "admin:ads_creative_preview": ("sign-in", "door", "door", "403", "open"),
    "admin:alerts_verdicts": ("sign-in", "door", "door", "403", "open"),
    "admin:billing_members": ("sign-in", "door", "door", "403", "open"),
    "admin:careers_guide_import": STAFF_GUIDES,
    "admin:careers_guide_export": STAFF_GUIDES,
    "admin:careers_guide_figures": STAFF_GUIDES,
    "admin:careers_guide_figure": STAFF_GUIDES,
    "admin:careers_guide_review": STAFF_GUIDES,
    "admin:careers_guide_step": STAFF_GUIDES,
    "admin:careers_guide_look": STAFF_GUIDES,
    "admin:careers_guide_page": STAFF_GUIDES,
    "admin:careers_guide_meet": ("sign-in", "door", "door", "on", "on"),  # nobody saved meanwhile
    **dict.fromkeys(STAFF_ACTIONS, OWN_ACTION),
    "admin:careers_guide_reviewed": members("405"),
    "admin:careers_guide_revisions": STAFF_GUIDES,
    "admin:careers_guide_compare": STAFF_GUIDES,
    "admin:careers_guiderevision_file": STAFF_GUIDES,
    "admin:careers_guiderevision_restore": STAFF_GUIDES,
    "admin:careers_guide_address": STAFF_GUIDES,
    "admin:careers_field_address": STAFF_GUIDES,
    "admin:careers_field_merge": STAFF_GUIDES,
    "admin:careers_skill_merge": STAFF_GUIDES,
    "admin:careers_skill_alike": STAFF_GUIDES,
    "admin:newsroom_bundle_export": OWN_ACTION,
    "admin:newsroom_bundle_import": OWN_ACTION,
    "admin:newsroom_bundle_file": ("sign-in", "door", "door", "404", "404"),  # one that comes in
}

# Staff pages of each registered model: what the editor may see of list, adding, and changing; the admin's second.
EDIT, LOOK, NONE = ("open", "open", "open"), ("open", "403", "open"), ("403", "403", "403")
STAFF_MODELS = {
    "careers.guide": (EDIT, EDIT),
    "careers.casestudy": (LOOK, LOOK),  # new ones are written in the form of their guide
    "careers.question": (LOOK, LOOK),
    "careers.field": (EDIT, EDIT),
    "careers.skill": (EDIT, EDIT),
    "careers.source": (EDIT, EDIT),
    "careers.sitequestion": (EDIT, EDIT),
    "careers.searchmiss": (LOOK, LOOK),
    "careers.guiderevision": (LOOK, LOOK),
    "newsroom.readerreport": (LOOK, LOOK),  # readers write them
    "newsroom.transition": (LOOK, LOOK),  # written by the steps themselves
    "newsroom.linkcheck": (LOOK, LOOK),  # the worker writes them
    "newsroom.bundle": (EDIT, EDIT),
    "jobs.employer": (NONE, EDIT),
    "jobs.job": (NONE, LOOK),  # new ones come from sources
    "jobs.source": (NONE, EDIT),
    "jobs.run": (NONE, LOOK),
    "jobs.report": (NONE, LOOK),  # readers write them
    "jobs.application": (NONE, LOOK),
    "ads.creative": (NONE, EDIT),
    "alerts.run": (NONE, LOOK),
    "alerts.subscriber": (NONE, LOOK),
    "alerts.alert": (NONE, LOOK),
    "alerts.digest": (NONE, LOOK),
    "alerts.delivery": (NONE, LOOK),
    "billing.account": (NONE, LOOK),
    "billing.stripeevent": (NONE, LOOK),
    "billing.grant": (NONE, EDIT),
    "kit.outgoingmail": (NONE, LOOK),
    "kit.deadaddress": (NONE, LOOK),
    "accounts.user": (NONE, EDIT),
    "auth.group": (NONE, EDIT),
    "account.emailaddress": (NONE, EDIT),
    "mfa.authenticator": (NONE, EDIT),
    "usersessions.usersession": (NONE, EDIT),
    "procrastinate.procrastinatejob": (NONE, LOOK),
}
OF_A_MODEL = re.compile(r"admin:(?P<app>[a-z]+)_(?P<model>[a-z]+)_(changelist|add|change|delete|history)$")


def outcome(response):
    if response.status_code == 200:
        return "open"
    if response.status_code not in {301, 302}:
        return str(response.status_code)
    path = response["Location"].partition("?")[0]
    known = {reverse("account_login"): "sign-in", reverse("admin:login"): "door"}
    known |= dict.fromkeys((reverse("account_reauthenticate"), reverse("mfa_reauthenticate")), "confirm")
    return known.get(path, "on")


def test_the_table_names_every_address():
    of_models = {name for name in names() if OF_A_MODEL.match(name)}
    assert names() - of_models - TABLE.keys() == set(), "missing from the table"
    assert TABLE.keys() - names() == set(), "no longer an address"


def test_the_table_names_every_model_that_staff_can_edit():
    assert {model._meta.label_lower for model in admin.site._registry} == set(STAFF_MODELS)


def test_every_address_answers_everybody_as_the_table_says(at, clients):
    seen = {name: tuple(outcome(clients[role].get(at(name))) for role in ROLES) for name in TABLE}
    assert not different(seen, TABLE), different(seen, TABLE)


def different(seen, expected):
    """A line for each name whose outcomes are not those of the table."""
    return "".join(f"\n{name}: seen {seen[name]}, table {expected[name]}" for name in expected if seen[name] != expected[name])


def test_staff_pages_of_every_model_answer_as_the_table_says(clients):
    seen = {label: tuple(of_model(label, clients[role]) for role in ("editor", "admin")) for label in STAFF_MODELS}
    assert not different(seen, STAFF_MODELS), different(seen, STAFF_MODELS)


def test_nobody_else_gets_to_the_staff_pages_of_a_model(clients):
    for role, sent in (("visitor", "sign-in"), ("member", "door")):
        for label in STAFF_MODELS:
            assert set(of_model(label, clients[role])) == {sent}, (role, label)


def of_model(label, client):
    """Outcomes of list, adding, and changing; of the last for a row, or "open" when there is none to go to."""
    model = next(model for model in admin.site._registry if model._meta.label_lower == label)
    row = model._default_manager.first()
    pages = [f"admin:{label.replace('.', '_')}_{page}" for page in ("changelist", "add")]
    seen = [outcome(client.get(reverse(name))) for name in pages]
    change = reverse(f"admin:{label.replace('.', '_')}_change", args=[row.pk if row else 1])
    last = outcome(client.get(change))
    return (*seen, "open" if last == "on" and not row else last)


# --- actions -------------------------------------------------------------------------------------
# POST: what each of the cast gets. "no" is a status of refusal; the second column says what must be true after it.
OWNERS_ACTION = ("sign-in", "on", "404", "404", "404")
POSTS = {
    "accounts:bookmark_save": ({}, ("sign-in", "on", "on", "on", "on")),
    "accounts:bookmark_seen": ({"revision": "1"}, ("sign-in", "on", "404", "404", "404")),
    "accounts:bookmark_remove": ({}, ("sign-in", "on", "404", "404", "404")),
    "accounts:bookmark_note": ({"note": "Mine now."}, ("sign-in", "on", "404", "404", "404")),
    "accounts:export_start": ({}, members("on")),
    "accounts:import_columns": ({}, ("sign-in", "422", "404", "404", "404")),
    "accounts:import_confirm": ({}, ("sign-in", "on", "404", "404", "404")),
    "accounts:import_undo": ({}, ("sign-in", "on", "404", "404", "404")),
    "accounts:import_discard": ({}, ("sign-in", "on", "404", "404", "404")),
    "accounts:job_save": ({}, ("sign-in", "on", "on", "on", "on")),
    "accounts:job_remove": ({}, ("sign-in", "on", "404", "404", "404")),
    "accounts:job_note": ({"note": "Mine now."}, ("sign-in", "on", "404", "404", "404")),
    "accounts:guides_chosen": ({"do": "remove"}, members("on")),
    "accounts:guides_restore": ({}, members("on")),
    "accounts:jobs_chosen": ({"do": "remove"}, members("on")),
    "accounts:jobs_restore": ({}, members("on")),
    "accounts:label_rename": ({"name": "Mine now"}, ("sign-in", "on", "404", "404", "404")),
    "accounts:label_delete": ({}, ("sign-in", "on", "404", "404", "404")),
    "accounts:skill_ticks": ({}, members("on")),
    "jobs:apply": ({"name": "A", "letter": "B"}, ("403", "422", "422", "422", "422")),
    "jobs:application_withdraw": ({}, ("sign-in", "on", "404", "404", "404")),
    "jobs:leave_count": ({}, everybody("400")),
    "accounts:theme": ({"theme": "dark"}, everybody("on")),
    "accounts:calendar_open": ({}, members("on")),
    "accounts:calendar_close": ({}, members("on")),
    "accounts:job_left": ({}, members("204")),
    "accounts:job_track": ({}, members("on")),
    "accounts:job_answer": ({"answer": "yes"}, members("on")),
    "accounts:application_add": ({}, members("400")),  # without the key of a form
    "accounts:application_move": ({"status": "rejected"}, OWNERS_ACTION),
    "accounts:application_edit": ({"title": ""}, ("sign-in", "422", "404", "404", "404")),
    "accounts:application_salary": ({"salary_minimum": "x"}, ("sign-in", "422", "404", "404", "404")),
    "accounts:event_add": ({}, ("sign-in", "422", "404", "404", "404")),
    "accounts:event_correct": ({}, ("sign-in", "422", "404", "404", "404")),
    "accounts:event_remove": ({}, OWNERS_ACTION),
    "accounts:event_undo": ({}, OWNERS_ACTION),
    "accounts:task_done": ({}, OWNERS_ACTION),
    "accounts:part_add": ({}, ("sign-in", "422", "404", "404", "404")),
    "accounts:part_edit": ({}, ("sign-in", "422", "404", "404", "404")),
    "accounts:part_remove": ({}, OWNERS_ACTION),
    "accounts:part_restore": ({}, OWNERS_ACTION),
    "accounts:application_remove": ({}, OWNERS_ACTION),  # after what needs it
    "accounts:application_restore": ({}, OWNERS_ACTION),
    **{f"alerts:{name}": ({}, members("on")) for name in ("stop", "start", "address_works")},
    **{f"alerts:mail_{name}": ({}, everybody("on")) for name in ALERT_ACTIONS if name not in {"schedule", "pause"}},
    "alerts:schedule": ({}, members("422")),
    "alerts:mail_schedule": ({}, everybody("422")),
    "alerts:pause": ({}, ("sign-in", "422", "404", "404", "404")),
    "alerts:mail_pause": ({}, everybody("422")),
    **{f"alerts:{name}": ({}, OWNERS_ACTION) for name in ("resume", "turn_off", "remove", "restore")},
    "ads:count": ({}, everybody("400")),
    "jobs:report": ({"reason": "scam"}, everybody("on")),
    "newsroom:report": ({"kind": "wrong", "text": "No."}, everybody("on")),
    "newsroom:vote": ({"useful": "yes"}, everybody("on")),
    "jobs:hide": ({}, members("on")),
    "jobs:unhide": ({}, members("on")),
    "jobs:seen": ({}, members("204")),
    "jobs:visited": ({}, members("204")),
    "billing:start": ({}, ("sign-in", "503", "503", "503", "503")),
    "billing:portal": ({}, ("sign-in", "on", "on", "on", "on")),
    "billing:keep": ({}, ("sign-in", "on", "on", "on", "on")),
    "billing:webhook": ({}, everybody("404")),
    "billing:webhook_bare": ({}, everybody("404")),
    "mfa_edit_webauthn": ({"name": "Mine"}, ("sign-in", "on", "404", "404", "404")),
    "mfa_remove_webauthn": ({}, ("sign-in", "on", "404", "404", "404")),
    "admin:careers_guide_step": ({"note": "Outdated"}, ("sign-in", "door", "door", "on", "on")),
    "admin:careers_guide_markdown": ({"text": "*x*"}, STAFF_GUIDES),
    **{f"admin:careers_guide_unsaved{new}": ({"title": "X"}, STAFF_GUIDES) for new in ("", "_new")},
    **{f"admin:careers_guide_discard{new}": ({}, ("sign-in", "door", "door", "on", "on")) for new in ("", "_new")},
    "admin:newsroom_bundle_export": ({}, ("sign-in", "door", "door", "on", "on")),
    "admin:newsroom_bundle_import": ({}, ("sign-in", "door", "door", "on", "on")),
    "admin:careers_guide_address": ({"slug": GUIDE}, ("sign-in", "door", "door", "422", "422")),
    "admin:careers_field_address": ({}, ("sign-in", "door", "door", "422", "422")),
    "admin:careers_field_merge": ({}, ("sign-in", "door", "door", "422", "422")),
    "admin:careers_skill_merge": ({}, ("sign-in", "door", "door", "422", "422")),
}


def test_every_action_answers_everybody_as_the_table_says(at, clients):
    last = ("visitor", "stranger", "editor", "admin", "member")  # what the owner does may remove the row
    seen = {}
    for name, (data, _) in POSTS.items():
        answers = {role: outcome(clients[role].post(at(name), data)) for role in last}
        seen[name] = tuple(answers[role] for role in ROLES)
    expected = {name: row for name, (_, row) in POSTS.items()}
    assert not different(seen, expected), different(seen, expected)


def test_the_actions_of_the_table_are_all_that_only_take_posts():
    assert {name for name, row in TABLE.items() if "405" in row and not name.startswith("admin:")} <= set(POSTS)


def test_a_form_of_another_site_changes_nothing(at, cast):
    strict = sign_in(cast.admin, Client(enforce_csrf_checks=True))
    headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    for name, (data, _) in POSTS.items():
        if not name.startswith("billing:webhook"):  # Stripe is another site; its signature is the proof
            assert strict.post(at(name), data, headers=headers).status_code == 403, name


def test_what_a_stranger_posts_changes_nothing_of_the_member(at, clients, cast):
    def kept():
        return list(cast.member.bookmarks.values()), list(cast.member.hidden_jobs.values())

    before = kept()
    for name in POSTS:
        if name.startswith(("accounts:bookmark", "mfa_", "jobs:")):
            clients["stranger"].post(at(name), {"note": "Mine now.", "user": cast.member.pk, "user_id": cast.member.pk})
    assert kept() == before
    before = everything_of(cast.member)
    for name in POSTS:
        if name.startswith(("accounts:", "jobs:", "mfa_", "alerts:")):
            posted = {"note": "Mine now.", "user": cast.member.pk, "user_id": cast.member.pk}
            posted |= {"do": "remove", "job": cast.member.job_bookmarks.get().job_id, "guide": GUIDE, "name": "Mine", "have": "Sewing"}
            clients["stranger"].post(at(name), posted)
            clients["stranger"].post(at(name), {"note": "Mine now.", "user": cast.member.pk, "user_id": cast.member.pk})
    assert everything_of(cast.member) == before
    assert cast.member.authenticator_set.filter(data__name="Laptop").exists()


def everything_of(user):
    rows = (user.bookmarks, user.job_bookmarks, user.applications, user.labels, user.skill_marks)
    return [list(one.values()) for one in rows]
    kept = [user.bookmarks, user.job_bookmarks, user.applications, user.tracked, user.departures]
    alerts = Alert.objects.filter(subscriber__user=user)
    parts = [model.objects.filter(application__user=user) for model in (ApplicationEvent, *(kind.model for kind in KINDS.values()))]
    return [list(rows.values()) for rows in (*kept, *parts, alerts)]


def test_posts_cannot_give_rights(at, clients, cast):
    rights = {"is_staff": "1", "is_superuser": "1", "is_active": "", "email": "other@example.org", "groups": "1"}
    clients["member"].post(at("accounts:profile"), {"display_name": "Mo", "time_zone": "UTC"} | rights)
    cast.member.refresh_from_db()
    assert (cast.member.display_name, cast.member.email) == ("Mo", "member@example.org")
    assert (cast.member.is_staff, cast.member.is_superuser, cast.member.is_active) == (False, False, True)


SENSITIVE = (
    "accounts:delete",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
)


def test_a_browser_left_open_is_asked_for_the_password_again_before_what_is_sensitive(at, cast):
    client = Client()
    client.force_login(cast.member)
    for name in SENSITIVE:
        assert outcome(client.get(at(name))) == "confirm", name
    assert outcome(client.post(at("account_email"), {"action_add": "", "email": "new@example.org"})) == "confirm"
