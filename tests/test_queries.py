"""What a page may cost: questions to the database, and the same at twice the rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.bookmarks import save_guide, save_job, seen_revision, write_note
from accounts.tests.tracker.factories import make_tracked
from alerts.people import subscriber_of
from alerts.writing import add
from careers.page.shelf import shelf
from careers.tests.factories import published_guide
from jobs.page.guides import shelf as job_guides
from jobs.page.openings import shelf as openings
from jobs.personal import hide
from jobs.search import catalogue
from jobs.search.spelling import learn_words
from jobs.tests.factories import make_employer, make_job
from portal.middleware.pagecache import store

pytestmark = pytest.mark.django_db

# URL name: a visitor's first request since the content changed, a member's
BUDGETS = {
    "home": (8, 8),
    # its open jobs are one; a member: 7 with the ticks, and one more when the stamp was read over a second ago
    "careers:guide": (5, 8),
    "careers:case_study": (3, 4),
    "careers:guide_list": (8, 8),
    "careers:field": (8, 8),
    "careers:compare": (8, 8),
    "careers:compare_guides": (8, 8),
    "careers:questions": (8, 8),
    "jobs:list": (8, 12),
    "jobs:feed": (6, 7),
    "jobs:json": (6, 7),
    "jobs:detail": (9, 13),
    "newsroom:report": (2, 4),
    "about": (1, 3),
    "ads:about": (1, 3),
    "figures": (3, 5),
    "accessibility": (1, 3),
    "privacy": (1, 3),
    "billing:pricing": (2, 4),
    "billing:account": (None, 6),
    "accounts:saved": (None, 9),
    "accounts:dashboard": (None, 12),
    "accounts:job_ad": (None, 6),
    "accounts:bookmark_changes": (None, 6),
    "accounts:labels": (None, 4),
    "accounts:skills": (None, 5),
    "jobs:hidden": (None, 6),
    "accounts:saved_jobs": (None, 11),
    "accounts:applications": (None, 10),
    "accounts:application": (None, 11),
    "accounts:application_insight": (None, 6),
    "accounts:calendar_page": (None, 5),
    "alerts:list": (None, 7),
    "alerts:edit": (None, 15),
    "alerts:new": (11, 13),
    "alerts:by_mail": (None, 6),
    "alerts:off": (None, 5),
    "jobs:apply": (None, 8),
    "jobs:application": (None, 5),
    "accounts:account": (None, 8),
    "accounts:notifications": (None, 4),
    "accounts:data": (None, 5),
    "accounts:delete": (None, 12),
    "accounts:import_start": (None, 5),
    "accounts:import": (None, 6),
    "accounts:unsubscribe": (None, 4),
    "accounts:profile": (None, 4),
}
SEARCHES = ("?q=sewing", "?q=sewnig", "?q=zzzzqqq", "?field=crafts&demand=4&sort=pay")
# Of jobs: what they cost a visitor, a member, with nothing ready in the process. A corrected spelling runs the search
# again, an empty list once for each thing to leave out.
JOB_SEARCHES = {
    "?q=maker&where=Ohio&level=mid&sort=pay": (12, 14),
    "?guide=kite-maker&workplace=on-site": (9, 14),
    "?employer=kite-works&no_employer=other": (9, 15),
    "?page=50": (9, 15),
    "?q=maekr": (12, 15),
    "?q=zzzzqqq": (10, 12),
}
LISTS = (
    "home",
    "careers:guide_list",
    "careers:field",
    "careers:compare",
    "careers:questions",
    "accounts:saved",
    "jobs:hidden",
    "accounts:saved_jobs",
    "accounts:dashboard",
    "accounts:labels",
    "accounts:applications",
    "alerts:list",
    "sitemap",
    "careers:guide_feed",
    "jobs:list",
    "jobs:feed",
    "jobs:json",
)


def cost(client, address, *, kept=False):
    """Queries of a request; unless `kept`, nothing lies ready in this process. The statements stand in the failure."""
    if not kept:
        store.clear()
        shelf.clear()
        job_guides.clear()
        openings.clear()
        catalogue.forget()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200, address
    return [query["sql"][:160] for query in captured]


@pytest.mark.parametrize("name", [name for name, (visitor, _) in BUDGETS.items() if visitor is not None])
def test_a_visitors_first_page(name, at):
    statements = cost(Client(), at(name))
    assert len(statements) <= BUDGETS[name][0], "\n".join(statements)


@pytest.mark.parametrize("name", BUDGETS)
def test_a_members_page(name, at, clients):
    clients["member"].get(at(name))  # the first request of a session notes the browser
    statements = cost(clients["member"], at(name), kept=True)
    assert len(statements) <= BUDGETS[name][1], "\n".join(statements)


def test_a_guide_that_was_just_published_costs_its_first_member_what_is_kept_for_all_others(at, clients):
    """Related roles take two questions, the ads one, the stamp that they are kept under one."""
    clients["member"].get(at("home"))
    assert len(cost(clients["member"], at("careers:guide"))) <= BUDGETS["careers:guide"][1] + 4


@pytest.mark.parametrize("query", SEARCHES)
def test_a_search(query, at):
    statements = cost(Client(), at("careers:guide_list") + query)
    assert len(statements) <= 8, "\n".join(statements)


@pytest.mark.parametrize("query", JOB_SEARCHES)
def test_a_search_of_jobs(query, at, clients):
    learn_words()
    for role, most in zip(("visitor", "member"), JOB_SEARCHES[query], strict=True):
        clients[role].get(at("jobs:list"))
        statements = cost(clients[role], at("jobs:list") + query)
        print(role, query, len(statements))
        assert len(statements) <= most, "\n".join(statements)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_at_twice_the_rows(name, at, clients, cast):
    clients["member"].get(at("home"))
    keep(cast.member, range(4))
    before = cost(clients["member"], at(name))
    keep(cast.member, range(4, 8))
    after = cost(clients["member"], at(name))
    assert len(after) == len(before), "\n".join(after)


def keep(user, numbers):
    for n in numbers:
        published_guide(slug=f"maker-{n}", title=f"Maker number {n}", field=f"field-{n}")
        save_guide(user=user, revision=seen_revision(f"maker-{n}"))
        hide(user.pk, make_job(f"hidden {n}").pk)
        soon = timezone.now() + timedelta(days=2)
        row = save_job(user=user, job=make_job(f"kept {n}", employer=make_employer(f"Employer {n}"), valid_through=soon))
        write_note(bookmark=row, note="", labels=[f"label {n}"])
        make_tracked(user)
        add(subscriber_of(user), name=f"Search {n}", query=f"q=maker&employer=employer-{n}")


def test_a_comparison_of_four_costs_as_much_as_one_of_two(at, content):
    keep_two = ["kite-maker", "sail-maker"]
    four = sorted([*keep_two, *(published_guide(slug=f"maker-{n}", title=f"Maker {n}").slug for n in (1, 2))])
    two, both = (at("careers:compare_guides"), at("careers:compare_guides").replace("kite-maker-vs-sail-maker", "-vs-".join(four)))
    assert len(cost(Client(), both)) == len(cost(Client(), two))
