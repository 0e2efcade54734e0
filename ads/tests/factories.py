"""Ads for tests, and the pictures that staff might upload."""

import itertools
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image

from ads.models import Creative, Picture
from ads.pictures import prepare_bytes
from careers.models import Field

_numbers = itertools.count(1)


def image_bytes(kind: str = "PNG", size: tuple[int, int] = (300, 150), color: str = "teal", **options: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, color).save(out, kind, **options)
    return out.getvalue()


def make_ad(*, fields: tuple[str, ...] = (), with_picture: bool = False, **values: Any) -> Creative:
    """Running now, in every box, unless told otherwise. Fields that are missing are made."""
    number = next(_numbers)
    given = {
        "name": f"Ad {number}",
        "title": f"Courses {number}",
        "text": "Evening courses for people who work.",
        "link": "https://school.example/courses",
        "starts_at": timezone.now() - timedelta(days=1),
    }
    creative = Creative.objects.create(**(given | values))
    creative.fields.set([Field.objects.get_or_create(slug=slug, defaults={"name": slug.capitalize()})[0] for slug in fields])
    if with_picture:
        add_picture(creative)
    return creative


def add_picture(creative: Creative, raw: bytes | None = None) -> Picture:
    made = prepare_bytes(raw or image_bytes())
    values = {"digest": made.digest, "width": made.width, "height": made.height, "data": made.data}
    return Picture.objects.create(creative=creative, alt="A desk under a lamp", **values)
