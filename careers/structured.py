"""schema.org data of guide pages. Only what the page shows, and percentiles only where they were measured."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags

from careers.choices import Method
from careers.document.figures import PayBand
from careers.document.schema import CaseStudy
from careers.page.guide import GuidePage, WithHtml

CONTEXT = "https://schema.org"
Data = dict[str, Any]


def guide_data(page: GuidePage) -> list[Data]:
    """Occupation, FAQPage and BreadcrumbList of a guide."""
    guide = page.guide
    trail = [("Career guides", reverse("careers:guide_list"))]
    if guide.field:
        trail.append((page.field_name, reverse("careers:field", args=[guide.field])))
    data = [_occupation(page), breadcrumbs([*trail, (guide.title, reverse("careers:guide", args=[guide.slug]))])]
    if page.questions:
        data.append(faq_page([(item.part.question, item.html) for item in page.questions]))  # type: ignore[union-attr]
    return data


def case_study_data(page: GuidePage, study: WithHtml) -> list[Data]:
    """Article and BreadcrumbList of a case study."""
    case = study.part
    assert isinstance(case, CaseStudy)
    address = reverse("careers:case_study", args=[page.guide.slug, case.slug])
    guide_address = reverse("careers:guide", args=[page.guide.slug])
    article: Data = {
        "@context": CONTEXT,
        "@type": "Article",
        "headline": case.title,
        "description": case.takeaway,
        "articleBody": _plain(study.html),
        "url": _full(address),
        "mainEntityOfPage": _full(address),
        "isPartOf": {"@type": "WebPage", "url": _full(guide_address), "name": page.guide.title},
        "publisher": _publisher(),
        "author": _publisher(),
    }
    if page.published_at:
        article["datePublished"] = article["dateModified"] = page.published_at.isoformat()
    trail = [("Career guides", reverse("careers:guide_list")), (page.guide.title, guide_address), (case.title, address)]
    return [article, breadcrumbs(trail)]


def faq_page(questions: list[tuple[str, str]]) -> Data:
    """Questions with their answers as plain text."""
    return {
        "@context": CONTEXT,
        "@type": "FAQPage",
        "mainEntity": [
            {"@type": "Question", "name": question, "acceptedAnswer": {"@type": "Answer", "text": _plain(answer)}}
            for question, answer in questions
        ],
    }


def breadcrumbs(trail: list[tuple[str, str]]) -> Data:
    """Names and own paths, from the top down."""
    return {
        "@context": CONTEXT,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "name": name, "item": _full(path)} for n, (name, path) in enumerate(trail, 1)
        ],
    }


def _occupation(page: GuidePage) -> Data:
    guide = page.guide
    data: Data = {
        "@context": CONTEXT,
        "@type": "Occupation",
        "name": guide.title,
        "description": guide.standfirst or guide.intro,
        "mainEntityOfPage": page.url,
        "skills": ", ".join([*guide.technical_skills.items, *guide.soft_skills.items]),
        "responsibilities": "; ".join(item for group in guide.responsibilities for item in group.items),
        "estimatedSalary": [_salary(band) for band in guide.pay if band.method is Method.MEASURED],
        "occupationLocation": [{"@type": "Country", "name": code} for code in sorted({band.country for band in guide.pay})],
    }
    if guide.aliases:
        data["alternateName"] = guide.aliases
    if guide.education.minimum:
        data["educationRequirements"] = guide.education.minimum.label
    if guide.codes.onet or guide.codes.soc:
        code = guide.codes.onet or guide.codes.soc
        data["occupationalCategory"] = {
            "@type": "CategoryCode",
            "codeValue": code,
            "inCodeSet": {"@type": "CategoryCodeSet", "name": "O*NET-SOC" if guide.codes.onet else "SOC"},
        }
    return {name: value for name, value in data.items() if value}


def _salary(band: PayBand) -> Data:
    percentiles = {
        "percentile10": band.p10,
        "percentile25": band.p25,
        "median": band.median,
        "percentile75": band.p75,
        "percentile90": band.p90,
    }
    return {
        "@type": "MonetaryAmountDistribution",
        "name": "base",
        "currency": band.currency,
        "duration": "P1Y" if band.unit == "YEAR" else "PT1H",
        **{name: amount for name, amount in percentiles.items() if amount is not None},
    }


def _publisher() -> Data:
    return {"@type": "Organization", "name": settings.SITE_NAME, "url": _full(reverse("home"))}


def _full(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _plain(html: str) -> str:
    return " ".join(strip_tags(html.replace("</p>", "</p> ").replace("</li>", "</li> ")).split())
