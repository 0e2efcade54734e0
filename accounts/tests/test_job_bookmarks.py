"""Saving jobs: as guides are saved, and closed ones stay."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import tasks
from accounts.bookmarks import remove, restore, save_job
from accounts.context import personal
from accounts.models import JobBookmark
from accounts.tests.factories import PASSWORD, mailed_code, make_user, signed_in
from jobs.choices import State
from jobs.models import Job
from jobs.tests.factories import make_employer, make_job

pytestmark = pytest.mark.django_db
LIST = "accounts:saved_jobs"


@pytest.fixture
def job():
    return make_job(place="Bremen", workplace="remote", pay_minimum=20, pay_maximum="22.50", pay_currency="USD", pay_period="HOUR")


@pytest.fixture
def client(member) -> Client:
    return signed_in(member)


def url(action: str, job: Job) -> str:
    return reverse(f"accounts:job_{action}", args=[job.pk])


def page(client: Client, query: str = "") -> str:
    return client.get(reverse(LIST) + query).content.decode()


# --- changes
def test_saving_leads_back_to_the_job_and_says_where_the_list_is(client, member, job):
    response = client.post(url("save", job))
    assert response["Location"] == job.get_absolute_url()
    assert member.job_bookmarks.kept().get().job == job
    assert f'Saved. <a href="{reverse(LIST)}">See all saved jobs</a>' in client.get(reverse("about")).content.decode()


def test_saving_twice_is_harmless(client, member, job):
    client.post(url("save", job))
    first = member.job_bookmarks.get()
    client.post(url("save", job))
    assert member.job_bookmarks.get().created_at == first.created_at


@pytest.mark.parametrize("action", ["save", "remove", "note"])
def test_a_get_changes_nothing(client, member, job, action):
    assert client.get(url(action, job)).status_code == 405
    assert not member.job_bookmarks.exists()


@pytest.mark.parametrize("state", [State.HELD, State.REMOVED])
def test_what_has_no_public_page_is_not_found(client, job, state):
    Job.objects.update(state=state)
    assert client.post(url("save", job)).status_code == Client().get(url("start", job)).status_code == 404


@pytest.mark.parametrize("action", ["save", "remove", "note"])
def test_an_unknown_job_is_not_found(client, action):
    assert client.post(reverse(f"accounts:job_{action}", args=[10**17])).status_code == 404
    assert client.post(f"/saved/jobs/{10**30}/{action}/").status_code == 404


def test_removing_can_be_undone_with_note_and_date(client, member, job):
    bookmark = save_job(user=member, job=job)
    client.post(url("note", job), {"note": "Ask Ada."})
    back = client.post(url("remove", job), {"next": f"{reverse(LIST)}?removed={job.pk}"}, follow=True).content.decode()
    assert "Removed: Kite maker, Kite Works" in back
    assert not member.job_bookmarks.kept().exists()
    client.post(reverse("accounts:jobs_restore"), {"job": job.pk})
    kept = member.job_bookmarks.kept().get()
    assert (kept.note, kept.created_at) == ("Ask Ada.", bookmark.created_at)


def test_saving_again_after_removing_keeps_the_note_and_counts_as_new(client, member, job):
    bookmark = save_job(user=member, job=job)
    client.post(url("note", job), {"note": "Ask Ada."})
    client.post(url("remove", job))
    client.post(url("save", job))
    back = member.job_bookmarks.kept().get()
    assert back.note == "Ask Ada."
    assert back.created_at > bookmark.created_at


def test_removing_twice_does_not_put_off_the_deletion(client, member, job):
    save_job(user=member, job=job)
    client.post(url("remove", job))
    first = member.job_bookmarks.get().removed_at
    assert client.post(url("remove", job)).status_code == 302
    assert member.job_bookmarks.get().removed_at == first


def test_a_stranger_cannot_touch_it(member, stranger, job):
    bookmark = save_job(user=member, job=job)
    client = signed_in(stranger)
    for action in ("note", "remove"):
        assert client.post(url(action, job), {"note": "Mine", "user": member.pk}).status_code == 404
    remove(bookmark=bookmark)
    client.post(reverse("accounts:jobs_restore"), {"job": job.pk})
    assert not member.job_bookmarks.kept().exists()
    restore(bookmark=bookmark)
    bookmark.refresh_from_db()
    assert (bookmark.note, bookmark.removed_at) == ("", None)


def test_a_longer_note_comes_back_with_what_was_typed(client, member, job):
    save_job(user=member, job=job)
    response = client.post(url("note", job), {"note": "x" * 2001})
    assert response.status_code == 422
    assert "2000 characters at most" in response.content.decode()
    assert f'href="{reverse(LIST)}"' in response.content.decode()


def test_nobody_is_sent_to_another_site(client, job):
    for action in ("save", "remove"):
        assert client.post(url(action, job), {"next": "https://evil.example/"})["Location"] == job.get_absolute_url()


def test_htmx_gets_the_form_alone_with_the_other_action(client, job):
    headers = {"HX-Request": "true"}
    shown = client.post(url("save", job), {"compact": "1", "next": "/jobs/"}, headers=headers).content.decode()
    assert shown.strip().startswith("<form")
    assert f'action="{url("remove", job)}"' in shown
    assert "Saved: Kite maker, Kite Works" in shown
    assert 'name="next" value="/jobs/"' in shown
    assert f'action="{url("save", job)}"' in client.post(url("remove", job), {}, headers=headers).content.decode()


@pytest.mark.django_db(transaction=True)
def test_twenty_posts_at_once_save_once(job):
    user = make_user()

    def post(_number):
        try:
            return signed_in(user).post(url("save", job)).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(post, range(20))) == {302}
    assert JobBookmark.objects.kept().count() == 1


# --- visitors
def test_a_visitor_signs_in_and_finds_the_job_saved_once(job, member):
    visitor = Client()
    assert visitor.get(url("start", job))["Location"] == f"{reverse('account_login')}?next={job.get_absolute_url()}"
    assert "we save the job for you" in visitor.get(reverse("account_login")).content.decode()
    visitor.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert member.job_bookmarks.kept().get().job == job
    assert "See all saved jobs" in visitor.get(reverse("accounts:account")).content.decode()
    member.job_bookmarks.all().delete()
    visitor.post(reverse("account_logout"))
    visitor.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert not member.job_bookmarks.exists()


def test_a_visitor_may_create_an_account_for_it(job):
    visitor = Client()
    visitor.get(url("start", job))
    assert "we save the job for you" in visitor.get(reverse("account_signup")).content.decode()
    visitor.post(reverse("account_signup"), {"email": "new@example.org", "password1": PASSWORD, "next": job.get_absolute_url()})
    response = visitor.post(reverse("account_email_verification_sent"), {"code": mailed_code()})
    assert response["Location"] == job.get_absolute_url()
    assert JobBookmark.objects.kept().get().user.email == "new@example.org"


def test_a_job_taken_down_meanwhile_is_not_saved(job, member):
    visitor = Client()
    visitor.get(url("start", job))
    job.remove()
    visitor.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert not member.job_bookmarks.exists()


def test_somebody_whose_session_ran_out_signs_in_and_finds_the_job_saved(job, member):
    visitor = Client()
    assert visitor.post(url("save", job))["Location"].startswith(reverse("account_login"))
    visitor.post(reverse("account_login"), {"login": member.email, "password": PASSWORD})
    assert member.job_bookmarks.kept().count() == 1
    other = Client().post(url("save", job), headers={"HX-Request": "true"})
    assert other["HX-Redirect"].startswith(reverse("account_login"))


# --- the list
def test_it_says_what_to_do_while_it_is_empty(client):
    assert "You have not saved any jobs yet" in page(client)


def test_it_shows_employer_place_and_pay(client, member, job):
    save_job(user=member, job=job)
    assert "<p>Kite Works, Bremen (remote)</p>" in page(client)
    assert "<p>$20 to $22.50 an hour</p>" in page(client)


def test_both_lists_lead_to_each_other_with_counts(client, member, job):
    save_job(user=member, job=job)
    remove(bookmark=save_job(user=member, job=make_job("2")))
    for name in ("accounts:saved", LIST):
        text = client.get(reverse(name)).content.decode()
        assert 'Guides <span class="num">(0)</span>' in text
        assert 'Jobs <span class="num">(1)</span>' in text
        assert f'href="{reverse(name)}" aria-current="page"' in text
    assert "0 guides, 1 job" in client.get(reverse("accounts:account")).content.decode()


def test_a_closed_job_stays_and_says_so_and_one_taken_down_has_no_link(client, member, job):
    save_job(user=member, job=job)
    job.close()
    assert f"Closed {timezone.now():%B %-d, %Y}" in page(client)
    assert f'href="{job.get_absolute_url()}"' in page(client)
    job.remove()
    text = page(client)
    assert "Taken down" in text
    assert "Kite maker" in text
    assert f'href="{job.get_absolute_url()}"' not in text
    assert client.post(url("remove", job)).status_code == 302


def test_a_job_past_its_last_day_is_closed_before_the_clock_job_comes_by(client, member):
    save_job(user=member, job=make_job(valid_through=timezone.now() - timedelta(minutes=1)))
    assert '<span class="tag">Closed</span>' in page(client)


def test_it_lists_the_newest_first_in_pages_of_24(client, member):
    for number in range(25):
        save_job(user=member, job=make_job(str(number), title=f"Kite maker number {number}"))
    first = page(client)
    assert first.index("number 24") < first.index("number 23")
    assert "number 0<" not in first
    assert "number 0<" in page(client, "?page=2")


@pytest.mark.parametrize("number", ["-1", "9" * 26, "²", "NaN", "", "<script>alert(1)</script>"])
def test_odd_numbers_show_a_page(client, member, job, number):
    remove(bookmark=save_job(user=member, job=job))
    for name in ("page", "removed"):
        response = client.get(reverse(LIST), {name: number})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


def test_nobody_sees_what_somebody_else_keeps_or_removed(client, stranger, job):
    remove(bookmark=save_job(user=stranger, job=job))
    assert "Kite maker" not in page(client, f"?removed={job.pk}")


def test_twice_the_rows_cost_the_same_queries_and_no_description_is_read(client, member):
    costs = []
    for start in (0, 6):
        for number in range(start, start + 6):
            save_job(user=member, job=make_job(str(number), employer=make_employer(f"Employer {number}")))
        with CaptureQueriesContext(connection) as captured:
            page(client)
        costs.append(len(captured))
        assert not [query for query in captured if '"jobs_job"."description"' in query["sql"]]
    assert costs[0] == costs[1] <= 11  # one more each for labels, applications on our form and in the tracker


def test_a_removed_job_can_be_brought_back_for_30_days(member):
    old, new, kept = (save_job(user=member, job=make_job(str(number))) for number in range(3))
    for bookmark, days in ((old, 31), (new, 29)):
        remove(bookmark=bookmark)
        JobBookmark.objects.filter(pk=bookmark.pk).update(removed_at=timezone.now() - timedelta(days=days))
    JobBookmark.objects.filter(pk=kept.pk).update(created_at=timezone.now() - timedelta(days=4000))
    tasks.delete_removed_bookmarks(timestamp=0)
    assert set(JobBookmark.objects.all()) == {new, kept}


def test_a_list_goes_with_its_person_and_the_jobs_stay(member, job):
    save_job(user=member, job=job)
    member.delete()
    assert not JobBookmark.objects.exists()
    assert Job.objects.exists()


# --- the form on other pages
def request_of(user=None) -> HttpRequest:
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/jobs/?q=kite")
    request.user = user or AnonymousUser()
    request.session = {}
    return request


def render(job, user=None, **context) -> str:
    return render_to_string("jobs/partials/save.html", {"job": job, **context}, request_of(user))


def test_visitors_get_a_link_without_token_and_cost_no_query(job, django_assert_num_queries):
    with django_assert_num_queries(0):
        text = render(job)
    assert f'href="{url("start", job)}" rel="nofollow"' in text
    assert "csrf" not in text
    assert "<form" not in text
    assert '<span class="vh">Save Kite maker, Kite Works</span>' in render(job, compact=True)


def test_members_get_the_form_and_go_back_where_they_were(job, member):
    text = render(job, member)
    assert f'action="{url("save", job)}"' in text
    assert 'aria-pressed="false"' in text
    assert 'name="next" value="/jobs/?q=kite"' in text
    save_job(user=member, job=job)
    assert f'action="{url("remove", job)}"' in render(job, member)


def test_twenty_cards_cost_one_query(member, django_assert_num_queries):
    request = request_of(member)
    with django_assert_num_queries(1):
        assert [7 in personal(request)["saved"].job_ids for _ in range(20)] == [False] * 20
