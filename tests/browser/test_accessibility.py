"""What a machine can check of accessibility, on every kind of page: both themes, wide and narrow, open and closed."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from accounts.bookmarks import save_guide, save_job, seen_revision, write_note
from accounts.keeping.skills import mark_skills
from accounts.models import SkillState
from ads.models import AdDay, Creative
from careers.models import Guide, GuideRevision, Skill
from careers.preview import preview_path
from jobs.applying.resume import read_resume
from jobs.applying.sending import send_application, withdraw
from jobs.models import Application, Job
from jobs.tests.factories import make_employer, make_job, make_source
from jobs.tests.files import pdf
from tests.addresses import ENTRANCE_PAGES
from tests.browser.conftest import NARROW, PHONE, RING, WIDE
from tests.passkey import register

axe = Axe()
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block", "target-size"]}
ALL = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}

GUIDE = ("careers:guide", "electrician")
PUBLIC = [
    ("home",),
    ("careers:guide_list",),
    ("careers:guide_list", "?q=electrican&demand=4"),
    ("careers:guide_list", "?q=zzzzqqq"),
    ("careers:field", "building-and-trades"),
    GUIDE,
    ("jobs:list",),
    ("jobs:list", "?q=electrican&pay=30k&unstated=1&workplace=on-site&without=night&no_employer=nobody"),
    ("jobs:list", "?q=nurse&where=Iceland&level=lead"),
    ("careers:compare",),
    ("careers:compare", "?a=electrician&b=nothing"),
    ("careers:compare_guides", "electrician-vs-solar-installer"),
    ("careers:questions",),
    ("about",),
    ("ads:about",),
    ("figures",),
    ("accessibility",),
    ("privacy",),
    ("billing:pricing",),
    *((name,) for name in ENTRANCE_PAGES),
]
PERSONAL = [
    ("home",),
    GUIDE,
    ("accounts:saved",),
    ("jobs:list",),
    ("accounts:saved", "?q=zzz"),
    ("accounts:dashboard",),
    ("accounts:labels",),
    ("accounts:skills", "electrician"),
    ("jobs:hidden",),
    ("accounts:account",),
    ("accounts:profile",),
    ("accounts:notifications",),
    ("accounts:data",),
    ("accounts:import_start",),
    ("billing:account",),
    ("account_email",),
    ("account_change_password",),
    ("account_logout",),
    ("mfa_index",),
    ("mfa_activate_totp",),
    ("mfa_list_webauthn",),
    ("mfa_add_webauthn",),
    ("usersessions_list",),
]

# Everything that folds or pops up, opened.
OPEN = """() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const sheet of document.querySelectorAll("[popover]")) {
    const shown = [...document.querySelectorAll(`[popovertarget="${sheet.id}"]`)].some(button => button.checkVisibility());
    if (shown) { sheet.showPopover(); break; }
  }
}"""
CLOSE = """() => { for (const sheet of document.querySelectorAll("[popover]:popover-open")) sheet.hidePopover(); }"""
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter(node => node.getBoundingClientRect().right > innerWidth + 1 && node.checkVisibility() && !node.closest(".scroll-x"))
  .slice(0, 5).map(node => `${node.tagName}.${node.className} ${Math.round(node.getBoundingClientRect().right)}`)
  .concat(`page is ${document.documentElement.scrollWidth} px wide`)"""


def address(kind):
    name, *rest = kind
    query = rest.pop() if rest and str(rest[-1]).startswith("?") else ""
    return reverse(name, args=rest) + query


def findings(page, options=ALL, context=None):
    found = axe.run(page, context=context, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]} | {node['failureSummary'][:300]}" for rule in found for node in rule["nodes"][:3]]


def examine(window, addresses):
    """Full rules in two of the four looks, what depends on colours and sizes in the other two; then everything opened."""
    page, wrong = window.page, []

    def check(where, look, options=ALL):
        wrong.extend(f"{where} ({look}) {line}" for line in findings(page, options))

    for where in addresses:
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light")
        page.goto(where)
        check(where, "light, wide")
        page.emulate_media(color_scheme="dark")
        check(where, "dark, wide", COLOURS)
        page.set_viewport_size(PHONE)
        page.evaluate(OPEN)
        check(where, "dark, phone, open")
        page.emulate_media(color_scheme="light")
        check(where, "light, phone, open", COLOURS)
        page.evaluate(CLOSE)
        page.set_viewport_size(NARROW)
        wrong.extend(f"{where} at 320 px: {line}" for line in page.evaluate(TOO_WIDE))
    return wrong


def test_the_checks_find_what_is_wrong(visit):
    page = visit().page
    page.set_viewport_size(NARROW)
    page.set_content('<html lang="en"><title>t</title><main><h1>h</h1><img src="data:,"><p class="wide">wide</p></main>')
    page.evaluate("document.querySelector('p').style.cssText = 'width: 500px; color: #bbb; background: #fff'")
    assert {line.partition(":")[0] for line in findings(page)} >= {"image-alt", "color-contrast"}
    assert {line.partition(":")[0] for line in findings(page, COLOURS)} == {"color-contrast"}
    assert page.evaluate(TOO_WIDE)


def test_public_pages(visit, site):
    window = visit()
    assert not (wrong := examine(window, map(address, PUBLIC))), "\n".join(dict.fromkeys(wrong))


def test_personal_pages(visit, people):
    member = people.member()
    for slug in ("electrician", "solar-installer"):
        write_note(bookmark=save_guide(user=member, revision=seen_revision(slug)), note="Ask about pay.", labels=["near", "later"])
    mark_skills(user=member, guide_id=Guide.objects.get(slug="electrician").pk, said={"Power tools": SkillState.LEARNING})
    window = visit().be(member)
    wrong = examine(window, map(address, PERSONAL))
    key = register(member)
    two_steps = [("mfa_edit_webauthn", key.pk), ("mfa_remove_webauthn", key.pk), ("mfa_reauthenticate_webauthn",), ("accounts:account",)]
    wrong += examine(window, map(address, two_steps))
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_applying_and_saved_jobs(visit, people):
    source, employer = make_source("Wind of looks"), make_employer("Kite Works")
    values = {"source": source, "employer": employer, "apply_url": "", "apply_email": "hiring@kites.example.org"}
    new, sent, over = (make_job(name, **values, title=f"Kite maker {name}", place="Bremen") for name in ("new", "sent", "over"))
    member = people.member()
    for job in (new, sent, over):
        write_note(bookmark=save_job(user=member, job=job), note="Ask about pay.", labels=["near"])
    Job.objects.filter(pk=new.pk).update(valid_through=timezone.now() + timedelta(days=2), place="Kiel")
    resume = read_resume(pdf(), "resume.pdf")
    about = {"user": member, "name": "Ada Lovelace", "phone": "123", "letter": "I sew.\n\nThey fly.", "resume": resume}
    applications = [send_application(job=job, **about) for job in (sent, over)]
    withdraw(application=applications[1])
    over.close()
    form = reverse("jobs:apply", args=[new.pk, new.slug])
    window = visit().be(member)
    window.allowed = {410, 422}
    kept = [
        reverse("accounts:job_ad", args=[new.pk]),
        f"{reverse('accounts:jobs_compare')}?job={new.pk}&job={sent.pk}",
        reverse("accounts:dashboard"),
    ]
    pages = [
        form,
        f"{reverse('accounts:saved_jobs')}?removed={new.pk}",
        *kept,
        *(application.get_absolute_url() for application in applications),
    ]
    wrong = examine(window, [*pages, reverse("jobs:apply", args=[over.pk, over.slug])])
    wrong += examine(visit(), [new.get_absolute_url()])
    for how in ("delivered", "failed"):
        Application.objects.filter(pk=applications[0].pk).update(delivery=how, delivery_at=timezone.now())
        wrong += examine(window, [applications[0].get_absolute_url()])
    window.page.goto(form)
    window.page.get_by_role("button", name="Send application").click()
    window.page.wait_for_load_state()
    wrong += [f"form with errors: {line}" for line in findings(window.page)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_forms_with_errors(visit):
    window = visit()
    window.allowed = {404, 422}
    wrong = []
    for name in ("account_login", "account_signup", "account_request_login_code", "account_reset_password"):
        page = window.open(name)
        page.locator("main form").first.locator("button[type=submit]").first.click()
        page.wait_for_load_state()
        wrong += [f"{name} with errors: {line}" for line in findings(page)]
    window.open("careers:guide", "nothing-here")
    wrong += [f"404: {line}" for line in findings(window.page)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_staff_previews_and_the_style_guide(visit, people):
    window = visit().be(people.editor())
    guide = Guide.objects.get(slug="electrician")
    wrong = examine(window, [preview_path(guide), reverse("styleguide")])
    wrong += examine(visit().be(people.admin()), [reverse("admin:ads_creative_preview", args=[Creative.objects.first().pk])])
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_staff_pages_have_no_serious_finding(visit, people):
    """Django's own admin has findings of its own; none of weight may remain on the pages that we style."""
    window = visit().be(people.admin())
    guide = Guide.objects.get(slug="electrician")
    revision = GuideRevision.objects.filter(guide=guide).first()
    ad = Creative.objects.first()
    AdDay.objects.get_or_create(creative=ad, placement="list", day=timezone.now().date(), defaults={"impressions": 40, "clicks": 2})
    pages = [
        reverse("admin:index"),
        reverse("admin:careers_guide_changelist"),
        reverse("admin:careers_guide_add"),
        reverse("admin:careers_guide_change", args=[guide.pk]),
        reverse("admin:careers_guide_import"),
        reverse("admin:careers_guide_step", args=[guide.pk, "retire"]),
        reverse("admin:careers_guide_look", args=[guide.pk]),
        reverse("admin:careers_guide_revisions", args=[guide.pk]),
        reverse("admin:careers_guide_compare", args=[guide.pk], query={"from": "1"}),
        reverse("admin:careers_guide_address", args=[guide.pk]),
        reverse("admin:careers_guide_figures"),
        reverse("admin:careers_guide_figure", args=["pay", guide.payband_set.first().pk]),
        reverse("admin:careers_guide_review"),
        reverse("admin:careers_skill_alike"),
        reverse("admin:careers_skill_merge", args=[Skill.objects.first().pk]),
        reverse("admin:newsroom_bundle_add"),
        reverse("admin:careers_guiderevision_change", args=[revision.pk]),
        reverse("admin:careers_guiderevision_restore", args=[revision.pk]),
        reverse("admin:ads_creative_changelist"),
        reverse("admin:ads_creative_change", args=[ad.pk]),
    ]
    wrong = []
    for where in pages:
        for scheme in ("light", "dark"):
            window.page.emulate_media(color_scheme=scheme)
            window.page.goto(where)
            window.page.evaluate("() => { for (const details of document.querySelectorAll('details')) details.open = true; }")
            # Without preload: for style sheets that import others axe would write inline styles, which the policy refuses.
            theirs = {"exclude": [[".select2"]]}
            found = axe.run(window.page, theirs, {"resultTypes": ["violations"], "preload": False}).response["violations"]
            wrong += [
                f"{where} ({scheme}) {rule['id']}: {rule['nodes'][0]['html'][:160]}"
                for rule in found
                if rule["impact"] in {"critical", "serious"}
            ]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


FOCUS = """() => {
  const node = document.activeElement;
  if (node === document.body) return null;
  const box = node.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2), y = box.top + Math.min(box.height / 2, 20);
  const top = document.elementFromPoint(x, y);
  const seen = box.width && box.bottom > 0 && box.top < innerHeight;
  const labels = [...(node.labels ?? [])];
  const covered = seen && top && !node.contains(top) && !top.contains(node) && !labels.some(label => label.contains(top));
  return { html: node.outerHTML.slice(0, 140), seen: !!seen, covered: !!covered, top: top ? top.outerHTML.slice(0, 80) : "" };
}"""


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_focus_is_always_seen_and_never_covered(size, visit):
    window = visit(viewport=size)
    wrong = []
    for kind in (GUIDE, ("careers:guide_list",), ("account_login",)):
        window.page.goto(address(kind))
        seen = 0
        for _ in range(70):
            window.press("Tab")
            at = window.page.evaluate(FOCUS)
            if at is None:
                break
            seen += 1
            ring = window.page.evaluate("() => (" + RING + ")(document.activeElement)")
            if not at["seen"] or at["covered"] or not ring:
                wrong.append(f"{kind}: {at} ring={ring}")
        assert seen > 5, kind
    assert not wrong, "\n".join(wrong)


def test_nothing_is_lost_at_twice_the_text_size(visit):
    window = visit(viewport={"width": 640, "height": 800}, device_scale_factor=2)
    for kind in PUBLIC:
        window.page.goto(address(kind))
        window.page.evaluate("document.documentElement.classList.add('twice'), document.documentElement.style.fontSize = '200%'")
        assert not (wide := window.page.evaluate(TOO_WIDE)), (kind, wide)
