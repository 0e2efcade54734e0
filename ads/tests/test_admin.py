"""Ads in the staff area."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from ads.models import AdDay, Creative, Picture, Placement
from ads.tests.factories import image_bytes, make_ad
from careers.models import Field
from newsroom.tests.people import editors

pytestmark = pytest.mark.django_db
LIST = "admin:ads_creative_changelist"


@pytest.fixture
def staff():
    client = Client()
    client.force_login(User.objects.create_user("admin@example.org", is_staff=True, is_superuser=True))
    return client


def form(**changed):
    """What the form sends; `None` leaves a field out."""
    filled = {
        "name": "Shop",
        "title": "Kites by post",
        "text": "Cloth, spars and lines.",
        "link": "https://shop.example/",
        "shape": "any",
        "is_on": "on",
        "starts_at_0": "2026-01-01",
        "starts_at_1": "08:00:00",
        "ends_at_0": "",
        "ends_at_1": "",
        "weight": "10",
        "cap": "",
        "picture-TOTAL_FORMS": "1",
        "picture-INITIAL_FORMS": "0",
        "picture-MIN_NUM_FORMS": "0",
        "picture-MAX_NUM_FORMS": "1",
        "picture-0-alt": "",
    }
    return {name: value for name, value in (filled | changed).items() if value is not None}


def add(staff, **changed):
    return staff.post(reverse("admin:ads_creative_add"), form(**changed))


def change(staff, ad, **changed):
    return staff.post(reverse("admin:ads_creative_change", args=[ad.pk]), form(**changed))


def upload(data, name="picture.png"):
    return SimpleUploadedFile(name, data, content_type="image/png")


def errors(response):
    return " ".join(re.findall(r'<ul class="errorlist.*?</ul>', response.content.decode(), re.DOTALL))


def test_an_ad_is_written_with_fields_and_a_picture(staff):
    field = Field.objects.create(slug="crafts", name="Crafts")
    response = add(staff, fields=[field.pk], **{"picture-0-alt": "A red kite", "picture-0-file": upload(image_bytes())})
    assert response.status_code == 302, errors(response)
    ad = Creative.objects.get()
    assert [str(field) for field in ad.fields.all()] == ["Crafts"]
    assert ad.picture.alt == "A red kite"
    assert bytes(ad.picture.data).startswith(b"RIFF")


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"link": "javascript:alert(1)"}, "https://"),
        ({"link": "//evil.example"}, "https://"),
        ({"weight": "0"}, "weight from 1 to 100"),
        ({"weight": "101"}, "weight from 1 to 100"),
        ({"cap": "0"}, "A cap is 1 or more"),
        ({"ends_at_0": "2025-01-01", "ends_at_1": "08:00:00"}, "end must come after the start"),
        ({"title": "x" * 41}, "at most 40"),
        ({"text": ""}, "required"),
        ({"shape": "tall"}, "valid choice"),
    ],
    ids=str,
)
def test_what_the_database_would_refuse_is_an_error_of_the_form(staff, wrong, words):
    response = add(staff, **wrong)
    assert response.status_code == 200
    assert words in errors(response)
    assert not Creative.objects.exists()


def test_a_name_that_is_taken_is_an_error_of_the_form(staff):
    make_ad(name="Shop")
    assert "already exists" in errors(add(staff))


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"picture-0-alt": "A red kite"}, "Choose a file"),
        ({"picture-0-file": b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture-0-alt": "A red kite"}, "not a picture that we can read"),
        ({"picture-0-file": image_bytes(size=(20, 20)), "picture-0-alt": "A red kite"}, "it needs 200 × 100"),
        ({"picture-0-file": image_bytes(), "picture-0-alt": ""}, "required"),
        ({"picture-0-file": image_bytes(), "picture-0-alt": "x"}, "at least 3"),
        ({"picture-0-file": image_bytes() + b"x" * 1_000_000, "picture-0-alt": "A red kite"}, "larger than 1 MB"),
    ],
    ids=["no file", "svg", "too small", "no words", "one letter", "too large"],
)
def test_a_picture_that_is_refused_says_why(staff, part, words):
    part = {name: upload(value) if isinstance(value, bytes) else value for name, value in part.items()}
    response = add(staff, **part)
    assert words in errors(response)
    assert not Picture.objects.exists()


OLD = {"picture-INITIAL_FORMS": "1"}


def test_words_of_a_picture_change_without_a_new_file(staff):
    ad = make_ad(name="Shop", with_picture=True)
    before = bytes(ad.picture.data)
    response = change(staff, ad, **OLD, **{"picture-0-creative": ad.pk, "picture-0-alt": "Another view"})
    assert response.status_code == 302, errors(response)
    picture = Picture.objects.get()
    assert (picture.alt, bytes(picture.data)) == ("Another view", before)


def test_a_new_file_has_a_new_address(staff):
    ad = make_ad(name="Shop", with_picture=True)
    file = upload(image_bytes(color="red"))
    change(staff, ad, **OLD, **{"picture-0-creative": ad.pk, "picture-0-alt": "A red desk", "picture-0-file": file})
    assert Picture.objects.get().digest != ad.picture.digest


def test_a_picture_can_be_removed(staff):
    ad = make_ad(name="Shop", with_picture=True)
    gone = {"picture-0-creative": ad.pk, "picture-0-alt": "A desk under a lamp", "picture-0-DELETE": "on"}
    assert change(staff, ad, **OLD, **gone).status_code == 302
    assert not Picture.objects.exists()


def counted(ad, impressions, clicks=0, days_ago=0, place=Placement.LIST):
    day = timezone.now().date() - timedelta(days=days_ago)
    return AdDay.objects.create(creative=ad, placement=place, day=day, impressions=impressions, clicks=clicks)


def test_a_higher_cap_makes_a_spent_ad_run_again_and_a_lower_one_stops_it(staff):
    ad = make_ad(name="Shop", cap=100, spent_at=timezone.now())
    counted(ad, 100)
    change(staff, ad, cap="200")
    ad.refresh_from_db()
    assert ad.spent_at is None
    change(staff, ad, cap="50")
    ad.refresh_from_db()
    assert ad.spent_at
    change(staff, ad, cap="")
    ad.refresh_from_db()
    assert ad.spent_at is None


def test_the_list_shows_state_and_counts(staff):
    ad = make_ad(name="Shop")
    counted(ad, 400, 3)
    counted(ad, 100, 2, place=Placement.BESIDE)
    make_ad(name="Later", starts_at=timezone.now() + timedelta(days=1))
    text = staff.get(reverse(LIST)).content.decode()
    for words in ("Running", "Scheduled", ">500<", ">5<", "1.00%", ">–<"):
        assert words in text, words


@pytest.mark.parametrize(("state", "shown"), [("running", "Shop"), ("off", "Old"), ("nonsense", "Shop")])
def test_the_list_is_filtered_by_state(staff, state, shown):
    make_ad(name="Shop")
    make_ad(name="Old", is_on=False)
    rows = staff.get(reverse(LIST), {"state": state}).context["cl"].result_list
    assert shown in [row.name for row in rows]
    assert len(rows) == 1 or state == "nonsense"


def test_the_list_costs_the_same_at_twice_the_rows(staff):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            staff.get(reverse(LIST))
        return len(captured)

    for _ in range(3):
        counted(make_ad(with_picture=True, fields=("crafts",)), 5)
    cost()
    before = cost()
    for _ in range(3):
        counted(make_ad(with_picture=True, fields=("crafts",)), 5)
    assert cost() == before


def test_ads_are_switched_off_and_on_together(staff):
    ads = [make_ad(), make_ad()]
    chosen = {"_selected_action": [ad.pk for ad in ads]}
    staff.post(reverse(LIST), {"action": "switch_off"} | chosen)
    assert not Creative.objects.filter(is_on=True).exists()
    staff.post(reverse(LIST), {"action": "switch_on"} | chosen)
    assert Creative.objects.filter(is_on=True).count() == 2


def test_the_form_shows_days_in_a_drawing_and_in_numbers(staff):
    ad = make_ad()
    counted(ad, 1_500, 6, days_ago=1)
    counted(ad, 300, place=Placement.BESIDE)
    counted(ad, 9_000, days_ago=60)
    text = staff.get(reverse("admin:ads_creative_change", args=[ad.pk])).content.decode()
    assert "Seen 1,800 times in 30 days" in text
    assert "<dd>10,800</dd>" in text
    assert text.count('<rect class="fill-1"') == 30
    assert "<td>1,500</td><td>6</td><td>0.40%</td>" in text
    assert "Beside chapter 1 of a guide" in text
    assert " style=" not in text.partition('class="figures"')[2]


def test_a_new_ad_has_a_form_without_numbers(staff):
    ad = make_ad()
    assert "Not seen in the last 30 days" in staff.get(reverse("admin:ads_creative_change", args=[ad.pk])).content.decode()
    assert "figures" not in staff.get(reverse("admin:ads_creative_add")).content.decode()


def test_a_preview_shows_the_boxes_of_its_shape(staff):
    for shape, boxes in (("any", 2), ("box", 1), ("band", 1)):
        ad = make_ad(shape=shape, with_picture=True)
        text = staff.get(reverse("admin:ads_creative_preview", args=[ad.pk])).content.decode()
        assert text.count('class="ad-box"') == boxes
        assert text.count("ad--band") == (shape != "box")
        assert "data-ad" not in text
        assert "noindex" in text
    assert staff.get(reverse("admin:ads_creative_preview", args=[999_999])).status_code == 404


def test_editors_of_guides_have_no_say_in_ads():
    editor = User.objects.create_user("editor@example.org", is_staff=True)
    editor.groups.add(editors())
    client = Client()
    client.force_login(editor)
    ad = make_ad()
    for address in (reverse(LIST), reverse("admin:ads_creative_preview", args=[ad.pk])):
        assert client.get(address).status_code == 403


def test_an_ad_that_was_counted_is_not_deleted(staff):
    ad = make_ad()
    counted(ad, 1)
    staff.post(reverse("admin:ads_creative_delete", args=[ad.pk]), {"post": "yes"})
    assert Creative.objects.filter(pk=ad.pk).exists()
