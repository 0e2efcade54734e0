"""Where ads stand on pages, for whom, and how pages stay the same for everybody who is signed out."""

import re
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from ads.models import Creative
from ads.templatetags import ads as tags
from ads.tests.factories import make_ad
from ads.tests.pages import page, signed_in, slots
from careers.preview import preview_path
from careers.tests.factories import draft_guide, published_guide
from kit import stamp
from portal.middleware import pagecache

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a class="ad-link" href="([^"]+)"([^>]*)>')


# --- places --------------------------------------------------------------------------------------
def test_a_guide_has_a_box_beside_its_first_chapter_and_a_band_after_its_second(guide):
    make_ad(title="First")
    make_ad(title="Second")
    text = page(guide)
    beside, between = slots(text)
    assert "beside the text" in beside
    assert "ad--band" not in beside
    assert "ad--band" in between
    first, second, third = (text.index(f'<section class="chapter" aria-labelledby="{name}">') for name in ("work", "pay-demand", "skills"))
    assert text.index("</h1>") < first < text.index(beside) < second < text.index(between) < third
    assert {title for slot in (beside, between) for title in re.findall(r"<b>(.*?)</b>", slot)} == {"First", "Second"}


def test_the_box_stands_in_the_first_row_whose_margin_is_free(guide):
    def row(text):
        return re.search(r'<h3 id="([\w-]+)"', text[: text.index('aria-label="Advertisement, beside')].rpartition('class="sec"')[2])[1]

    assert row(page(guide)) == "what-you-do"
    note = {"section": "what-you-do", "title": "Good to know", "text": "Wind helps."}
    published_guide(slug="noted", title="Noted", plural="Noted", aliases=[], notes=[note])
    assert row(page(reverse("careers:guide", args=["noted"]))) == "setting"
    both = [note, note | {"section": "setting"}]
    published_guide(slug="full", title="Full", plural="Full", aliases=[], notes=both)
    (between,) = slots(page(reverse("careers:guide", args=["full"])))
    assert "between chapters" in between


def test_a_list_has_a_band_after_the_third_guide_when_more_follow(long_list):
    make_ad()
    text = page(long_list)
    (band,) = slots(text)
    assert "ad--band" in band
    before, after = text.split(band)
    assert (before.count('class="guide-row"'), after.count('class="guide-row"')) == (3, 2)
    assert before.rstrip().endswith('<li class="ad-row">')
    fragment = page(long_list, **{"HX-Request": "true", "HX-Target": "results"})
    assert len(slots(fragment)) == 1
    assert "ads.js" not in fragment


def test_a_list_of_three_has_none(guide):
    published_guide(slug="b", title="B", plural="Bs", aliases=[])
    published_guide(slug="c", title="C", plural="Cs", aliases=[])
    assert not slots(page(reverse("careers:guide_list")))


def test_case_studies_previews_and_other_pages_have_none(guide):
    make_ad()
    addresses = [reverse("careers:case_study", args=["kite-maker", "camera-kite"]), preview_path(draft_guide(slug="draft", title="Draft"))]
    addresses += [reverse(name) for name in ("home", "careers:compare", "careers:questions", "about", "ads:about", "account_login")]
    for address in addresses:
        text = page(address)
        assert not slots(text), address
        assert "ads.js" not in text, address
        assert "room:" not in text, address


def test_a_page_never_has_more_than_three(guide, long_list):
    assert len(tags.Placement) == 3
    for address in (guide, long_list):
        assert len(slots(page(address))) < 3


# --- what stands in a box ------------------------------------------------------------------------
def test_a_box_without_an_ad_stays_and_says_so(guide):
    for slot in slots(page(guide)):
        assert "No ad here today" in slot
        assert "data-ad" not in slot
        assert "<img" not in slot


def test_an_ad_is_labelled_and_explained(guide):
    make_ad(title="Courses & more", with_picture=True, link="https://www.school.example/a?b=1&c=2")
    slot = next(slot for slot in slots(page(guide)) if "data-ad" in slot)
    assert "<span>Advertisement</span>" in slot
    assert f'<a href="{reverse("ads:about")}">Why this ad</a>' in slot
    assert "Courses &amp; more" in slot
    assert "school.example</small>" in slot
    assert re.search(r'<img src="/ads/picture/[0-9a-f]{32}\.webp" alt="A desk under a lamp" width="300" height="150" loading="lazy"', slot)
    address, attributes = LINK.search(slot).groups()
    assert address == "https://www.school.example/a?b=1&amp;c=2"
    assert 'rel="sponsored noopener"' in attributes
    assert 'referrerpolicy="origin"' in attributes


def test_an_ad_of_our_own_is_an_ordinary_link(guide):
    make_ad(link="/guides/")
    slot = next(slot for slot in slots(page(guide)) if "data-ad" in slot)
    assert LINK.search(slot).groups() == ("/guides/", "")
    assert "On this site" in slot


def test_markup_in_an_ad_stays_text(guide):
    make_ad(title="<script>alert(1)</script>", text='"><img src=x onerror=alert(2)>')
    text = page(guide)
    assert "<script>alert" not in text
    assert "<img src=x" not in text


def test_the_field_of_the_guide_decides(guide):
    make_ad(title="Ours", fields=("crafts",))
    make_ad(title="Theirs", fields=("ships",))
    text = page(guide)
    assert "Ours" in text
    assert "Theirs" not in text


def test_a_list_of_a_field_shows_ads_for_that_field(long_list):
    make_ad(title="Ours", fields=("crafts",))
    assert "Ours" in page(reverse("careers:field", args=["crafts"]))
    assert "Ours" not in page(long_list)


def test_a_place_that_is_none_is_a_mistake_of_ours():
    request = RequestFactory().get("/")
    request.user = User()
    with pytest.raises(ValueError, match="header"):
        Template('{% load ads %}{% ad_slot "header" %}').render(Context({"request": request}))


# --- for whom ------------------------------------------------------------------------------------
def test_visitors_and_members_on_free_see_ads_and_are_counted(guide):
    make_ad()
    for client in (Client(), signed_in()):
        text = page(guide, client)
        assert "data-ad=" in text
        assert f'data-to="{reverse("ads:count")}"' in text


def test_staff_see_ads_but_are_not_counted(guide):
    make_ad()
    text = page(guide, signed_in(is_staff=True))
    assert "ad-link" in text
    assert "data-ad=" not in text
    assert "ads.js" not in text


# --- stored pages --------------------------------------------------------------------------------
@pytest.fixture
def clock(monkeypatch):
    now = SimpleNamespace(seconds=1000.0)
    monkeypatch.setattr(pagecache, "time", SimpleNamespace(monotonic=lambda: now.seconds, time=timezone.now().timestamp))
    return now


def test_a_page_with_ads_is_stored_and_shows_others_after_ten_minutes(guide, clock):
    for number in range(40):
        make_ad(title=f"Number {number}")
    first = page(guide)
    clock.seconds += tags.ROTATION_SECONDS - 1
    assert page(guide) == first
    clock.seconds += 1
    shown = {page(guide)}
    for _ in range(5):
        clock.seconds += tags.ROTATION_SECONDS
        shown.add(page(guide))
    assert len(shown | {first}) > 1


def test_stored_pages_with_ads_set_no_cookie_and_are_public(guide):
    make_ad()
    response = Client().get(guide)
    assert not response.cookies
    assert response["Cache-Control"].startswith("public")


def test_an_ad_that_is_switched_off_goes_from_stored_pages_with_the_stamp(guide):
    make_ad(title="Gone soon")
    assert "Gone soon" in page(guide)
    Creative.objects.update(is_on=False)
    stamp.recent.forget()
    assert "Gone soon" not in page(guide)


def test_what_is_kept_of_a_guide_for_all_readers_holds_no_ad(guide):
    from careers.page.shelf import shelf

    make_ad()
    page(guide)
    kept = shelf.take("kite-maker", stamp.recent())
    assert [piece.room for piece in kept.parts.body] == ["contents", "beside", "between", "skills", "openings", "vote", ""]
    assert not slots("".join(piece.html for piece in kept.parts.body))


def test_no_text_of_a_guide_can_make_room_for_an_ad():
    mark = "<!-- room: beside -->"
    words = {"what_you_do": f"{mark} You cut.\n\n{mark}", "standfirst": f"{mark} " + "You cut and sew. " * 6}
    published_guide(slug="sly", title=f"Sly {mark}", plural="Sly", aliases=[], **words)
    assert len(slots(page(reverse("careers:guide", args=["sly"])))) == 2
