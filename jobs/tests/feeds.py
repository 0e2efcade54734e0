"""One answer of every kind of source, written by us in its true shape: three jobs each, the middle one to be broken by tests."""

import json
from copy import deepcopy

ADDRESSES = {
    "jobicy": "https://jobicy.com/api/v2/remote-jobs?count=100",
    "remotive": "https://remotive.com/api/remote-jobs",
    "arbeitnow": "https://www.arbeitnow.com/api/job-board-api",
    "himalayas": "https://himalayas.app/jobs/api?limit=20&offset=0",
    "greenhouse": "https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true",
    "lever": "https://api.lever.co/v0/postings/acme?mode=json#Acme%20Robotics",
    "ashby": "https://api.ashbyhq.com/posting-api/job-board/acme?includeCompensation=true",
    "weworkremotely": "https://weworkremotely.com/remote-jobs.rss",
    "jobposting": "https://acme.example/jobs",
    "file": "https://acme.example/jobs.json",
}

_ONE = {
    "jobicy": {
        "id": 1, "url": "https://jobicy.com/jobs/1-welder", "jobSlug": "1-welder", "jobTitle": "Welder &amp; Fitter",
        "companyName": "Acme", "jobIndustry": ["Metal &amp; Wood"], "jobType": ["full-time"], "jobGeo": "LATAM,  Canada,  USA",
        "jobLevel": "Senior", "jobExcerpt": "Weld.", "jobDescription": "<p>Weld things.</p>", "pubDate": "2024-12-07 04:10:26",
        "annualSalaryMin": "60000", "annualSalaryMax": "80000", "salaryCurrency": "USD",
    },
    "remotive": {
        "id": 1, "url": "https://remotive.com/remote-jobs/metal/welder-1", "title": "Welder", "company_name": "Acme",
        "category": "Metal", "tags": ["TIG", "tig", "MIG"], "job_type": "full_time", "publication_date": "2026-05-15T14:00:51",
        "candidate_required_location": "USA, Canada", "salary": "$75k - $95k", "description": "<p>Weld things.</p>",
    },
    "arbeitnow": {
        "slug": "welder-1", "company_name": "Acme GmbH", "title": "Schweißer (m/w/d)", "description": "<p>Schweißen.</p>", "remote": False,
        "url": "https://www.arbeitnow.com/jobs/companies/acme/welder-1", "tags": ["Metall"], "job_types": ["Vollzeit", "berufserfahren"],
        "location": "Berlin", "created_at": 1786807824,
    },
    "himalayas": {
        "title": "Welder", "excerpt": "Weld.", "companyName": "Acme", "employmentType": "Full Time", "minSalary": 60000,
        "maxSalary": 80000, "salaryPeriod": "annual", "currency": "USD", "seniority": ["Senior", "Mid-level"],
        "locationRestrictions": ["United States"], "timezoneRestrictions": [-5], "description": "<p>Weld things.</p>",
        "pubDate": 1785798080, "expiryDate": 1790982080, "applicationLink": "https://himalayas.app/companies/acme/jobs/welder",
        "guid": "https://himalayas.app/companies/acme/jobs/welder",
    },
    "greenhouse": {
        "id": 5311686008, "absolute_url": "https://job-boards.greenhouse.io/acme/jobs/1", "title": "Welder", "company_name": "Acme",
        "location": {"name": "Remote, Canada"}, "metadata": [{"id": 1, "name": "Employment Type", "value": "Full-time"}],
        "updated_at": "2026-07-14T18:35:00-04:00", "first_published": "2026-07-10T16:15:41-04:00", "application_deadline": None,
        "content": "&lt;p&gt;Weld &amp;amp; fit.&lt;/p&gt;",
        "pay_input_ranges": [{"min_cents": 6000000, "max_cents": 8000000, "currency_type": "CAD", "title": "Annual Salary"}],
    },
    "lever": {
        "id": "b4ad-1", "text": "Welder", "country": "GB", "workplaceType": "remote", "createdAt": 1782821535482,
        "categories": {"commitment": "Full-time", "location": "United Kingdom", "allLocations": ["United Kingdom"]},
        "description": "<p>Weld things.</p>", "lists": [{"text": "Tools & More", "content": "<li>Torch</li><li>Mask</li>"}],
        "additional": "<p>We are fair.</p>", "hostedUrl": "https://jobs.lever.co/acme/b4ad-1",
        "salaryRange": {"min": 30000, "max": 40000, "currency": "GBP", "interval": "per-year-salary"},
    },
    "ashby": {
        "id": "03e2-1", "title": "Welder", "employmentType": "FullTime", "location": "Remote (US)", "secondaryLocations": [],
        "publishedAt": "2026-07-07T20:47:09.753+00:00", "isListed": True, "isRemote": True, "workplaceType": "Remote",
        "address": {"postalAddress": {"addressCountry": "United States"}}, "jobUrl": "https://jobs.ashbyhq.com/acme/03e2-1",
        "descriptionHtml": "<p>Weld things.</p>", "descriptionPlain": "Weld things.",
        "compensation": {
            "compensationTiers": [{"components": [{"summary": "$60K – $80K", "compensationType": "Salary"}]}],
            "summaryComponents": [
                {"compensationType": "Salary", "interval": "1 YEAR", "currencyCode": "USD", "minValue": 60000, "maxValue": 80000},
                {"compensationType": "EquityCashValue", "interval": "1 YEAR", "minValue": None, "maxValue": None},
            ],
        },
    },
    "weworkremotely": {
        "guid": "https://weworkremotely.com/remote-jobs/acme-welder", "link": "https://weworkremotely.com/remote-jobs/acme-welder",
        "title": "Acme: Welder: Night Shift", "region": "Anywhere in the World", "country": "", "state": "London", "skills": "TIG, MIG",
        "type": "Full-Time", "description": "<p>Weld things.</p>", "pubDate": "Tue, 07 Jul 2026 20:47:09 +0000",
        "expires_at": "2026-08-07 20:47:09 UTC",
    },
    "jobposting": {
        "@context": "https://schema.org", "@type": "JobPosting", "title": "Welder", "description": "<p>Weld things.</p>",
        "identifier": {"@type": "PropertyValue", "name": "Acme", "value": 7793185}, "url": "https://acme.example/jobs/1",
        "hiringOrganization": {"@type": "Organization", "name": "Acme"}, "employmentType": ["FULL_TIME", "CONTRACTOR"],
        "datePosted": "2026-05-26", "validThrough": "2026-12-31", "skills": "TIG, MIG",
        "jobLocation": [
            {"@type": "Place", "address": {"@type": "PostalAddress", "addressLocality": "Lyon", "addressCountry": "FR"}},
        ],
        "baseSalary": {
            "@type": "MonetaryAmount", "currency": "EUR",
            "value": {"@type": "QuantitativeValue", "minValue": 30000, "maxValue": 40000, "unitText": "YEARLY"},
        },
    },
    "file": {
        "id": "w-1", "title": "Welder", "employer": "Acme", "apply_url": "https://acme.example/jobs/1",
        "description": "<p>Weld things.</p>",
        "place": "Lyon, France", "workplace": "hybrid", "reach": "France; Belgium", "kind": "full time", "level": "senior",
        "skills": ["TIG", "MIG"], "pay_minimum": 30000, "pay_maximum": "40000", "pay_currency": "eur", "pay_period": "year",
        "posted": "2026-05-26", "valid_through": "2026-12-31", "updated": "2026-06-01T10:00:00+02:00",
    },
}  # fmt: skip
_IDS = {"arbeitnow": "slug", "himalayas": "guid", "weworkremotely": "guid", "jobposting": "identifier"}
KINDS = tuple(_ONE)


def job(kind, **changed):
    """One job as this kind of source has it; `...` takes a field out."""
    fields = deepcopy(_ONE[kind]) | changed
    return {name: value for name, value in fields.items() if value is not ...}


def three(kind):
    """Three jobs that differ by their ids."""
    name = _IDS.get(kind, "id")
    return [job(kind, **{name: f"{_ONE[kind][name] if kind != 'jobposting' else 'job'}{number}"}) for number in (1, 2, 3)]


def envelope(kind, jobs, **outer):
    """The answer with these jobs, as a value that JSON can hold."""
    if kind in {"lever", "jobposting"}:
        return jobs
    return {"data" if kind == "arbeitnow" else "jobs": jobs} | outer


def body(kind, jobs, **outer):
    """The same as bytes of an answer."""
    return rss(jobs) if kind == "weworkremotely" else json.dumps(envelope(kind, jobs, **outer)).encode()


def rss(jobs):
    def element(name, value):
        return f"<{name}>{str(value).replace('&', '&amp;').replace('<', '&lt;')}</{name}>"

    items = "".join(
        "<item>" + "".join(element(*field) for field in one.items()) + "</item>" if isinstance(one, dict) else "<item/>" for one in jobs
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Jobs</title>{items}</channel></rss>'.encode()


def page(*scripts):
    """An HTML page with these values as JSON-LD."""
    insides = "".join(f'<script type="application/ld+json">{one if isinstance(one, str) else json.dumps(one)}</script>' for one in scripts)
    return f"<!DOCTYPE html><html><head><title>Jobs</title>{insides}</head><body>Jobs</body></html>".encode()
