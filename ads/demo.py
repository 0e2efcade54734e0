"""House ads from a readable file. Safe to run again: what staff changed since stays as they left it."""

from pathlib import Path
from typing import Any

from django.db import transaction
from ruamel.yaml import YAML

from ads.models import Creative, Picture
from ads.pictures import prepare_bytes
from careers.models import Field


@transaction.atomic
def load_ads(path: Path) -> int:
    """Creates the ads whose name is missing; returns how many the file has. Pictures lie beside the file.

    Raises PictureRefused, OSError, Field.DoesNotExist and ValidationError for what is wrong in it.
    """
    entries: list[dict[str, Any]] = YAML(typ="safe", pure=True).load(path.read_bytes())
    known = set(Creative.objects.filter(name__in=[entry["name"] for entry in entries]).values_list("name", flat=True))
    for entry in entries:
        if entry["name"] not in known:
            _create(path.parent, **entry)
    return len(entries)


def _create(folder: Path, *, picture: str, alt: str, fields: tuple[str, ...] = (), **values: Any) -> None:
    creative = Creative(**values)
    creative.full_clean()
    creative.save()
    creative.fields.set([Field.objects.get(slug=slug) for slug in fields])
    made = prepare_bytes((folder / picture).read_bytes())
    stored = {"data": made.data, "digest": made.digest, "width": made.width, "height": made.height}
    Picture.objects.create(creative=creative, alt=alt, **stored)
