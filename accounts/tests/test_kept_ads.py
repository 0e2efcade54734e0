"""The ad as it was saved, what changed since, and jobs side by side."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.bookmarks import remove, save_guide, save_job, seen_job, seen_revision
from accounts.tests.factories import signed_in
from careers.models import Skill
from careers.tests.factories import published_guide
from jobs.applying.resume import read_resume
from jobs.applying.sending import send_application
from jobs.models import Job
from jobs.tests.factories import make_employer, make_job
from jobs.tests.files import pdf

pytestmark = pytest.mark.django_db
LIST = "accounts:saved_jobs"


@pytest.fixture
def client(member) -> Client:
    return signed_in(member)


@pytest.fixture
def job():
    made = make_job(
        place="Bremen",
        description="<p>Sew sails of silk.</p>",
        pay_minimum=Decimal(20),
        pay_maximum=Decimal(25),
        pay_currency="USD",
        pay_period="HOUR",
        year_minimum=41_600,
        year_maximum=52_000,
    )
    made.skills.set([Skill.objects.create(name="Silk care"), Skill.objects.create(name="Hemming")])
    return made


def keep(user, job):
    return save_job(user=user, job=seen_job(job.pk))


def ad(client, job):
    return client.get(reverse("accounts:job_ad", args=[job.pk]))


def page(client, **query) -> str:
    return client.get(reverse(LIST), query).content.decode()


def order(text, *words):
    return sorted(words, key=text.index)


# --- frozen
def test_the_ad_can_be_read_after_it_was_changed_closed_and_taken_down(client, member, job):
    keep(member, job)
    Job.objects.update(title="Other", description="<p>Other words.</p>", place="Kiel")
    job.skills.clear()
    for change in (lambda: None, Job.objects.get().close, Job.objects.get().remove):
        change()
        text = ad(client, job).content.decode()
        assert "<p>Sew sails of silk.</p>" in text
        assert "Other words" not in text
        assert "$20 to $25 an hour" in text
        assert "Silk care" in text
        assert '<h1 class="page-title">Kite maker</h1>' in text
    assert "took this ad down" in text


def test_saving_again_after_removing_freezes_anew_and_saving_twice_does_not(client, member, job):
    keep(member, job)
    Job.objects.update(title="Other")
    keep(member, job)
    assert member.job_bookmarks.get().ad["title"] == "Kite maker"
    remove(bookmark=member.job_bookmarks.get())
    keep(member, job)
    assert member.job_bookmarks.get().ad["title"] == "Other"


def test_it_is_nobody_elses_and_goes_with_the_removal(client, member, stranger, job):
    keep(member, job)
    assert ad(signed_in(stranger), job).status_code == 404
    assert ad(client, make_job("2")).status_code == 404
    remove(bookmark=member.job_bookmarks.get())
    assert ad(client, job).status_code == 404


def test_what_changed_is_said_with_both_values(client, member, job):
    keep(member, job)
    assert "changed since you saved" not in page(client)
    Job.objects.update(pay_maximum=Decimal(22), title="Senior kite maker", place="")
    for text in (page(client), ad(client, job).content.decode()):
        assert "Pay changed since you saved: was $20 to $25 an hour, now $20 to $22 an hour." in text
        assert "Title changed since you saved: was Kite maker, now Senior kite maker." in text
        assert "Place changed since you saved: was Bremen, now not stated." in text


def test_of_an_ad_taken_down_only_what_was_saved_is_shown(client, member, job):
    keep(member, job)
    Job.objects.update(title="Changed later", pay_maximum=Decimal(22))
    Job.objects.get().remove()
    text = page(client)
    assert "Kite maker" in text
    assert "Changed later" not in text
    assert "changed since you saved" not in text


# --- closing
@pytest.mark.parametrize(("days", "said"), [(0, "Closes today"), (1, "Closes tomorrow"), (3, "Closes in 3 days"), (8, None), (None, None)])
def test_a_job_that_closes_soon_says_when_on_its_row_and_first_of_all(client, member, days, said):
    last = None if days is None else timezone.now().replace(hour=23, minute=59) + timedelta(days=days)
    keep(member, make_job(valid_through=last))
    text = page(client)
    assert ("Closes" in text) == bool(said)
    if said:
        assert f'<span class="tag tag--bad">{said}</span>' in text
        assert f"</a> {said[0].lower()}{said[1:]}." in text


def test_the_first_line_leaves_out_what_was_applied_for_closed_or_removed(client, member):
    soon = timezone.now() + timedelta(days=2)
    jobs = [make_job(str(n), title=f"Kite maker {n}", valid_through=soon) for n in range(4)]
    kept = [keep(member, job) for job in jobs]
    remove(bookmark=kept[0])
    jobs[1].close()
    Job.objects.filter(pk=jobs[2].pk).update(apply_url="", apply_email="hiring@kites.example.org")
    resume = read_resume(pdf(), "resume.pdf")
    send_application(user=member, job=Job.objects.get(pk=jobs[2].pk), name="A", phone="", letter="B", resume=resume)
    first = page(client).partition('id="saved-q"')[0]
    assert "Kite maker 3" in first
    assert not [n for n in (0, 1, 2) if f"Kite maker {n}" in first]


# --- finding
def test_words_find_title_employer_place_and_note_whatever_case_and_accents(client, member):
    row = keep(member, make_job("1", title="Café helper", employer=make_employer("Blue Boats"), place="Köln"))
    keep(member, make_job("2", title="Sail maker"))
    client.post(reverse("accounts:job_note", args=[row.job_id]), {"note": "Ask Ada"})
    for q in ("cafe", "BLUE boats", "koln", "ada", "helper ask"):
        text = page(client, q=q)
        assert "Café helper" in text, q
        assert f'id="job-{row.job_id}"' in text
        assert "Sail maker" not in text, q
    assert "None of your saved jobs is like that" in page(client, q="helper sail")
    assert "None of your saved jobs is like that" in page(client, q="%")


def test_the_order_can_be_chosen(client, member):
    now = timezone.now()
    paid = {"pay_currency": "USD", "pay_period": "YEAR"}
    keep(member, make_job("1", title="Job alpha", valid_through=now + timedelta(days=40), pay_minimum=50_000, year_minimum=50_000, **paid))
    keep(member, make_job("2", title="Job beta", valid_through=now + timedelta(days=9)))
    keep(member, make_job("3", title="Job gamma", pay_minimum=70_000, year_minimum=70_000, **paid))
    euros = {"pay_currency": "EUR", "pay_period": "YEAR", "pay_minimum": 90_000, "year_minimum": 90_000}
    closed = make_job("4", title="Job delta", valid_through=now + timedelta(days=1), **euros)
    keep(member, closed)
    closed.close()
    names = ("Job alpha", "Job beta", "Job gamma", "Job delta")
    lists = {sort: order(page(client, sort=sort), *(f">{name}<" for name in names)) for sort in ("newest", "closing", "pay", "nonsense")}
    assert lists["newest"] == lists["nonsense"] == [f">Job {n}<" for n in ("delta", "gamma", "beta", "alpha")]
    assert lists["closing"] == [f">Job {n}<" for n in ("beta", "alpha", "gamma", "delta")]
    assert lists["pay"] == [f">Job {n}<" for n in ("gamma", "alpha", "delta", "beta")]


# --- several at once
def test_several_are_removed_and_one_undo_brings_all_back(client, member):
    rows = [keep(member, make_job(str(n), title=f"Kite maker {n}")) for n in range(3)]
    client.post(reverse("accounts:job_note", args=[rows[0].job_id]), {"note": "Ask Ada", "labels": "near"})
    chosen = [rows[0].job_id, rows[1].job_id]
    response = client.post(reverse("accounts:jobs_chosen"), {"do": "remove", "job": chosen, "sort": "pay"}, follow=True)
    text = response.content.decode()
    assert "sort=pay" in response.redirect_chain[0][0]
    assert "Undo all 2" in text
    assert list(member.job_bookmarks.kept().values_list("job", flat=True)) == [rows[2].job_id]
    response = client.post(reverse("accounts:jobs_restore"), {"job": chosen}, follow=True)
    assert "2 jobs are back in your list" in response.content.decode()
    assert member.job_bookmarks.kept().count() == 3
    assert member.job_bookmarks.get(job=rows[0].job_id).note == "Ask Ada"
    again = client.post(reverse("accounts:jobs_restore"), {"job": chosen}, follow=True)
    assert "Nothing was to bring back" in again.content.decode()


@pytest.mark.parametrize("jobs", [[], ["x"], ["9" * 30], ["-1"], [10**12]])
def test_nothing_chosen_is_said_and_changes_nothing(client, member, job, jobs):
    keep(member, job)
    response = client.post(reverse("accounts:jobs_chosen"), {"do": "remove", "job": jobs}, follow=True)
    assert "Choose the jobs to remove" in response.content.decode()
    assert member.job_bookmarks.kept().count() == 1


def test_several_guides_are_removed_and_brought_back(client, member):
    for n in (1, 2, 3):
        published_guide(slug=f"maker-{n}", title=f"Maker {n}")
        save_guide(user=member, revision=seen_revision(f"maker-{n}"))
    slugs = ["maker-1", "maker-3"]
    text = client.post(reverse("accounts:guides_chosen"), {"do": "remove", "guide": slugs}, follow=True).content.decode()
    assert "Undo all 2" in text
    assert member.bookmarks.kept().get().guide.slug == "maker-2"
    client.post(reverse("accounts:guides_restore"), {"guide": slugs})
    assert member.bookmarks.kept().count() == 3


# --- comparing
def compare(client, *jobs):
    return client.get(reverse("accounts:jobs_compare"), {"job": [job.pk for job in jobs]})


def test_two_jobs_stand_side_by_side_on_one_scale(client, member, job):
    other = make_job("2", title="Sail maker", pay_minimum=30, pay_currency="USD", pay_period="HOUR", year_minimum=62_400, kind="full_time")
    other.skills.set([Skill.objects.get(name="Hemming"), Skill.objects.create(name="Welding")])
    for one in (job, other):
        keep(member, one)
    chosen = client.post(reverse("accounts:jobs_chosen"), {"do": "compare", "job": [job.pk, other.pk]})
    text = client.get(chosen["Location"]).content.decode()
    assert "Kite maker and Sail maker compared" in text
    assert "on one scale from $20 to $30 an hour" in text
    assert text.count('class="fill-1"') == 2
    assert '<td colspan="2">Hemming</td>' in text
    assert "<td>Silk care</td>" in text
    assert "<td>Welding</td>" in text


@pytest.mark.parametrize("values", [{"pay_currency": "EUR", "pay_period": "HOUR"}, {"pay_currency": "USD", "pay_period": "YEAR"}])
def test_other_currencies_and_periods_are_not_set_on_one_scale(client, member, job, values):
    other = make_job("2", pay_minimum=30, **values)
    for one in (job, other):
        keep(member, one)
    text = compare(client, job, other).content.decode()
    assert "not on one scale" in text
    assert 'class="fill-1"' not in text


def test_the_guides_figure_stands_beside_the_pay(client, member, job):
    guide = published_guide()
    Job.objects.update(guide=guide.pk)
    other = make_job("2", title="Sail maker")
    for one in (job, other):
        keep(member, one)
    text = compare(client, job, other).content.decode()
    assert "$45,000 a year" in text
    assert "No guide with a figure" in text


def test_what_was_taken_down_is_compared_as_it_was_saved(client, member, job):
    other = make_job("2", title="Sail maker")
    for one in (job, other):
        keep(member, one)
    job.remove()
    Job.objects.filter(pk=job.pk).update(title="Changed")
    text = compare(client, job, other).content.decode()
    assert "Taken down" in text
    assert "Changed" not in text
    assert "Silk care" in text


def test_only_ones_own_jobs_and_two_to_four(client, member, stranger, job):
    keep(member, job)
    others = [make_job(str(n)) for n in range(2, 7)]
    keep(stranger, others[0])
    assert compare(client, job, others[0]).status_code == 404
    for one in others:
        keep(member, one)
    for jobs in ((), (job,), (job, job), (job, *others)):
        assert compare(client, *jobs)["Location"] == reverse(LIST)
    assert compare(client, job, *others[:3]).status_code == 200
