"""schema.org JobPosting, after Google's rules: only while people may apply, and only what the page shows.

https://developers.google.com/search/docs/appearance/structured-data/job-posting
"""

from typing import Any

from django.conf import settings

from careers.structured import CONTEXT, Data, breadcrumbs
from jobs.choices import Workplace
from jobs.geography import country_of
from jobs.geography.words import country_name, region_name, without_article
from jobs.models import Job
from jobs.page.description import shown
from kit.text import fold


def job_data(job: Job, trail: list[tuple[str, str]]) -> list[Data]:
    """BreadcrumbList of `trail` (names and own paths, from the top down), and JobPosting where it may stand."""
    data = [breadcrumbs([*trail, (job.title, job.get_absolute_url())])]
    if job.is_open and job.duplicate_of_id is None and (posting := job_posting(job)):
        data.append(posting)
    return data


def job_posting(job: Job) -> Data | None:
    """None for an ad of which we do not know where the work is or who may apply: without it the markup is invalid."""
    place = _place(job)
    if place is None or not job.description:
        return None
    data: Data = {
        "@context": CONTEXT,
        "@type": "JobPosting",
        "title": job.title,
        "description": str(shown(job)),
        "datePosted": job.posted_at.date().isoformat(),
        "validThrough": job.valid_through.isoformat() if job.valid_through else "",
        "employmentType": job.kind.upper(),
        "hiringOrganization": _organization(job),
        "identifier": {"@type": "PropertyValue", "name": settings.SITE_NAME, "value": str(job.pk)},
        "url": f"{settings.SITE_URL}{job.get_absolute_url()}",
        "baseSalary": _salary(job),
        **place,
    }
    return {name: value for name, value in data.items() if value} | {"directApply": bool(job.apply_email)}


def _organization(job: Job) -> Data:
    named = {"@type": "Organization", "name": job.employer.name}
    return named | ({"sameAs": job.employer.website} if job.employer.website else {})


def _place(job: Job) -> Data | None:
    """Where the work is, or for remote work where people may live."""
    address = _address(job)
    location = {"jobLocation": {"@type": "Place", "address": address}} if address else {}
    if job.workplace != Workplace.REMOTE:
        return location or None
    if job.anywhere:
        return {"jobLocationType": "TELECOMMUTE"}
    allowed = [{"@type": "Country", "name": without_article(country_name(code))} for code in sorted(job.countries)]
    allowed += [{"@type": "AdministrativeArea", "name": without_article(region_name(key))} for key in sorted(job.regions)]
    if allowed:
        return {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": allowed if len(allowed) > 1 else allowed[0]}
    return {"jobLocationType": "TELECOMMUTE", **location} if job.place_country else None


def _address(job: Job) -> dict[str, Any]:
    """Country as we read it, city and state where the place is one "City, ST"."""
    parts = [part for one in job.place.split(",") if (part := one.strip()) and not country_of(part)]
    is_one = parts and len(parts) <= 2 and not any(sign in job.place for sign in ";/|(") and "remote" not in fold(job.place)
    named = dict(zip(("addressLocality", "addressRegion"), parts, strict=False)) if is_one else {}
    if not job.place_country and not named:
        return {}
    return {"@type": "PostalAddress", **named, **({"addressCountry": job.place_country} if job.place_country else {})}


def _salary(job: Job) -> Data:
    """The range as stated, never its yearly form. One amount is a value."""
    if not job.pay_currency:
        return {}
    least, most = job.pay_minimum, job.pay_maximum
    bounds = {"value": least} if least == most else {"minValue": least, "maxValue": most}
    amounts = {name: float(value) if value % 1 else int(value) for name, value in bounds.items() if value is not None}
    return {
        "@type": "MonetaryAmount",
        "currency": job.pay_currency,
        "value": {"@type": "QuantitativeValue", **amounts, "unitText": job.pay_period},
    }
