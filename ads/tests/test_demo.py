"""The house ads of content/: loaded once, light, and leading to pages that exist."""

import shutil

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.test import Client
from PIL import Image

from ads.demo import load_ads
from ads.models import Creative, Picture
from ads.pictures import PictureRefused
from careers.demo import load_fields
from careers.models import Field

pytestmark = pytest.mark.django_db
CONTENT = settings.BASE_DIR / "content"


@pytest.fixture
def _loaded():
    load_fields(CONTENT / "fields.yaml")
    load_ads(CONTENT / "ads.yaml")


@pytest.mark.usefixtures("_loaded")
def test_loading_again_changes_nothing_that_staff_changed():
    assert Creative.objects.count() == Picture.objects.count() == 5
    Creative.objects.filter(name="House: compare").update(title="Changed", is_on=False)
    assert load_ads(CONTENT / "ads.yaml") == 5
    assert Creative.objects.count() == 5
    changed = Creative.objects.get(name="House: compare")
    assert (changed.title, changed.is_on) == ("Changed", False)


@pytest.mark.usefixtures("_loaded")
def test_house_ads_lead_to_pages_that_exist():
    for link in Creative.objects.values_list("link", flat=True):
        assert Client().get(link).status_code in {200, 302}, link


@pytest.mark.usefixtures("_loaded")
def test_house_ads_of_a_field_lead_into_that_field():
    aimed = {creative.fields.get().slug: creative.link for creative in Creative.objects.exclude(fields=None)}
    assert aimed == {slug: Field.objects.get(slug=slug).get_absolute_url() for slug in ("healthcare", "building-and-trades")}


def test_the_pictures_are_light():
    files = list((CONTENT / "ads").iterdir())
    assert len(files) == 5
    for file in files:
        assert file.stat().st_size < 15_000
        with Image.open(file) as image:
            assert image.size == (600, 300)


def test_a_file_with_a_mistake_loads_nothing(tmp_path):
    shutil.copy(CONTENT / "ads" / "guides.webp", tmp_path)
    good = "{name: A, title: B, text: C, link: /, picture: guides.webp, alt: A post}"
    (tmp_path / "broken.webp").write_bytes(b"x")
    for bad, error in (
        (good.replace("name: A", "name: D").replace("link: /", "link: 'javascript:x'"), ValidationError),
        (good.replace("name: A", "name: D").replace("guides.webp", "broken.webp"), PictureRefused),
        (good.replace("name: A", "name: D").replace("guides.webp", "missing.webp"), OSError),
    ):
        (tmp_path / "ads.yaml").write_text(f"- {good}\n- {bad}\n")
        with pytest.raises(error):
            load_ads(tmp_path / "ads.yaml")
        assert not Creative.objects.exists()
