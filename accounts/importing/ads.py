"""A frozen ad that comes back in a file. Somebody else may have written it, so it is held to what a feed is held to."""

import re
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from jobs.models import Job
from jobs.page.frozen import AMOUNTS, MOMENTS, PLAIN, SHAPE, plain, thaw
from jobs.reading.addresses import mail_address, web_address
from jobs.reading.html import clean
from jobs.reading.text import visible

TEXTS = {"employer": 200, "source": 200, "guide": 100}
MAX_SKILLS = 100


def safe_ad(data: object) -> dict[str, Any] | None:
    """The ad with its markup cleaned again and its links checked; None when it is no ad of a shape that we know."""
    if not isinstance(data, dict) or data.get("shape") != SHAPE:
        return None
    ad: dict[str, Any] = {name: data.get(name) for name in (*PLAIN, *AMOUNTS, *MOMENTS)}
    ad |= {name: visible(str(data.get(name) or ""))[:most] for name, most in TEXTS.items()}
    ad["shape"] = SHAPE
    ad["job"] = data["job"] if isinstance(data.get("job"), int) else None
    ad["address"] = address if re.fullmatch(r"/jobs/\d+-[\w-]+/", address := str(data.get("address")), re.ASCII) else ""
    ad["employer_website"] = web_address(data.get("employer_website"))
    ad["apply_url"] = web_address(ad["apply_url"])
    ad["apply_email"] = mail_address(ad["apply_email"])
    description = data.get("description")
    ad["description"] = clean(description) if isinstance(description, str) else ""
    ad["text"] = plain(str(ad["description"]))
    skills = data.get("skills")
    ad["skills"] = [visible(str(name))[:100] for name in skills[:MAX_SKILLS]] if isinstance(skills, list) else []
    return ad if _is_whole(ad) else None


def _is_whole(ad: dict[str, Any]) -> bool:
    """Whether a page can show it: every value of the type and among the choices of the job's own column."""
    others = {field.name for field in Job._meta.fields} - {*PLAIN, *AMOUNTS, *MOMENTS}
    empty = {name for name in (*AMOUNTS, *MOMENTS) if not ad[name]}
    if not ad["title"] or not all(_has_type(name, ad[name]) for name in (*PLAIN, *AMOUNTS, *MOMENTS)):
        return False
    try:
        job = thaw(ad)
        job.clean_fields(exclude=others | empty)
    except (ValidationError, ArithmeticError, TypeError, ValueError):
        return False
    return all(getattr(job, name) is not None for name in MOMENTS if ad[name])  # what is no date at all thaws to nothing


def _has_type(name: str, value: object) -> bool:
    match Job._meta.get_field(name):
        case ArrayField():
            return isinstance(value, list) and all(isinstance(item, str) for item in value)
        case models.BooleanField():
            return isinstance(value, bool)
        case models.IntegerField():
            return value is None or (isinstance(value, int) and not isinstance(value, bool))
        case models.DecimalField() | models.DateTimeField():
            return value is None or isinstance(value, str)
        case _:
            return isinstance(value, str) and visible(value) == value
