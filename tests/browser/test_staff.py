"""An editor's day: write a guide, look at it, publish it."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from careers.models import Guide, GuideListing, Skill


def add_row(group):
    rows = group.locator("tr.form-row:not(.empty-form)")
    count = rows.count()
    group.get_by_role("button", name=re.compile("^Add another")).click()
    return rows.nth(count)


def test_an_editor_starts_a_guide(visit, people):
    window = visit().be(people.editor())
    page = window.open("admin:careers_guide_changelist")
    page.get_by_role("link", name=re.compile("Add guide", re.IGNORECASE)).click()
    page.locator("#id_title").press_sequentially("Lantern maker")
    expect(page.locator("#id_slug")).to_have_value("lantern-maker")
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    expect(page.get_by_role("heading", name="Where it stands")).to_be_visible()
    guide = Guide.objects.get(slug="lantern-maker")
    assert not GuideListing.objects.filter(guide=guide).exists()

    # Not ready: says why, and publishes nothing
    page.get_by_role("button", name="Save and publish").first.click()
    expect(page.get_by_text("but not published")).to_be_visible()
    assert not GuideListing.objects.filter(guide=guide).exists()
    task = page.locator(".guide-tasks a").first
    where = task.get_attribute("href")
    task.click()
    expect(page.locator(f"[id='{where[1:]}']")).to_be_in_viewport()


def test_an_editor_changes_a_published_guide_and_publishes_it_anew(visit, people):
    guide = Guide.objects.get(slug="bookkeeper")
    window = visit().be(people.editor())
    page = window.open("admin:careers_guide_change", guide.pk)

    # A new row, and a skill found by its name
    page.evaluate("for (const details of document.querySelectorAll('#guide_form details')) details.open = true")
    tools = page.locator("#tool_set-group")
    row = add_row(tools)
    row.locator("[name$=-name]").fill("Abacus")
    row.locator("[name$=-group]").fill("On paper")
    skill = Skill.objects.exclude(uses__guide=guide).order_by("pk").first()
    skills = page.locator("#id_soft_skills")
    skills.fill(skills.input_value() + "\n" + skill.name.upper())
    page.locator("#id_standfirst").fill(
        "You keep the books of small firms, chase what is owed to them, and tell their owners in plain words how they stand."
    )
    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    assert guide.tool_set.filter(name="Abacus", group="On paper").exists()
    assert skill.uses.filter(guide=guide).exists()

    # The preview shows it; visitors do not see it yet
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Link to the saved draft").click()
    preview = opened.value
    expect(preview.get_by_text("chase what is owed to them").first).to_be_visible()
    expect(preview.get_by_text("Abacus").first).to_be_visible()
    visitor = visit()
    visitor.open("careers:guide", "bookkeeper")
    expect(visitor.page.get_by_text("chase what is owed to them")).to_have_count(0)

    # Published, they do
    page.get_by_role("button", name="Save and publish").first.click()
    expect(page.get_by_text("You published").first).to_be_visible()
    expect(page.get_by_text("The draft says the same.")).to_be_visible()
    visitor.page.wait_for_timeout(1_100)  # a stored page may be a second old
    visitor.open("careers:guide", "bookkeeper")
    expect(visitor.page.get_by_text("chase what is owed to them").first).to_be_visible()


def test_a_guide_is_taken_off_the_site_and_brought_back(visit, people):
    guide = Guide.objects.get(slug="graphic-designer")
    window = visit().be(people.editor())
    page = window.open("admin:careers_guide_change", guide.pk)
    page.get_by_role("link", name="Take off the site").first.click()
    page.get_by_label("Note").fill("The figures are of another job.")
    page.get_by_role("button", name="Take off the site").click()
    expect(page.get_by_text("You took off the site")).to_be_visible()
    visitor = visit()
    visitor.allowed = {404, 410}
    visitor.page.wait_for_timeout(1_100)
    answer = visitor.page.goto(reverse("careers:guide", args=["graphic-designer"]))
    assert answer.status in {404, 410}
    page.get_by_role("button", name="Save and publish").first.click()
    expect(page.get_by_text("You published").first).to_be_visible()
    visitor.page.wait_for_timeout(1_100)
    assert visitor.page.goto(reverse("careers:guide", args=["graphic-designer"])).status == 200


def test_a_guide_file_that_is_wrong_is_refused_with_the_line(visit, people):
    window = visit().be(people.editor())
    page = window.open("admin:careers_guide_import")
    bad = {"name": "bad.yaml", "mimeType": "application/yaml", "buffer": b"format: 1\nslug: Not a slug\n"}
    page.locator("input[type=file]").set_input_files(bad)
    page.locator("#content form [type=submit]").last.click()
    expect(page.locator(".errorlist").first).to_be_visible()
    assert not Guide.objects.filter(slug__icontains="not").exists()
