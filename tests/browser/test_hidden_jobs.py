"""Hidden jobs, by keyboard: shown again, hidden again, taken back; and what is noted by itself."""

from django.urls import reverse
from playwright.sync_api import expect

from jobs.models import Job, JobVisit
from jobs.personal import hide


def test_somebody_looks_through_what_they_hid(visit, people):
    member = people.member()
    first, second = Job.objects.open().filter(duplicate_of=None, duplicates=None).order_by("pk")[:2]
    hide(member.pk, first.pk)
    hide(member.pk, second.pk)
    window = visit().be(member)
    page = window.open("jobs:hidden")
    expect(page.get_by_role("button", name="Show again")).to_have_count(2)

    # Shown again and hidden again, in place; the focus stays where the hand is
    window.reach(page.get_by_role("button", name=f"Show again {first.title}", exact=True))
    window.press("Enter")
    expect(page.get_by_text(f"Shown again: {first.title}")).to_be_visible()
    assert not member.hidden_jobs.filter(job=first).exists()
    again = page.get_by_role("button", name=f"Hide {first.title}", exact=True)
    expect(again).to_be_focused()
    expect(page.locator(".htmx-added")).to_have_count(0)  # htmx takes new forms in hand 20 ms after it shows them
    window.press("Enter")
    undo = page.get_by_role("button", name=f"Undo hiding {first.title}", exact=True)
    expect(undo).to_be_focused()
    assert member.hidden_jobs.filter(job=first).exists()

    # Taken back: the page comes anew without it
    window.follow(undo)
    expect(page.get_by_role("button", name="Show again")).to_have_count(1)
    assert list(member.hidden_jobs.values_list("job", flat=True)) == [second.pk]
    assert JobVisit.objects.filter(user=member).exists(), "the list notes the visit"


def test_the_page_of_a_job_notes_that_it_was_seen(visit, people):
    member = people.member()
    job = Job.objects.open().first()
    window = visit().be(member)
    with window.page.expect_response(lambda answer: answer.url.endswith(reverse("jobs:seen", args=[job.pk]))) as answer:
        window.page.goto(job.get_absolute_url())
    assert answer.value.status == 204
    assert member.seen_jobs.get().job == job


def test_it_works_without_scripts(visit, people):
    member = people.member()
    job = Job.objects.open().first()
    hide(member.pk, job.pk)
    window = visit(java_script_enabled=False).be(member)
    page = window.open("jobs:hidden")
    page.get_by_role("button", name="Show again").click()
    expect(page.get_by_text(f"Shown again: {job.title}")).to_be_visible()
    expect(page.get_by_role("heading", name="You have not hidden any jobs")).to_be_visible()
