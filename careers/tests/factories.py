"""Guides for tests: small, complete, and unlike each other where it matters. Shared by all rooms."""

from typing import Any

from careers.document import rows, schema
from careers.models import Field, Guide, GuideListing
from careers.publishing import publish

PLAIN: dict[str, Any] = {
    "slug": "kite-maker",
    "title": "Kite maker",
    "plural": "Kite makers",
    "aliases": ["Kite builder", "Sail crafter"],
    "field": "crafts",
    "codes": {"soc": "51-9199"},
    "standfirst": "You cut, sew and balance kites that fly straight in weather that does not, and you teach others to trust the wind.",
    "intro": "Kites look simple until one has to lift a camera.",
    "short_version": [{"text": "Half of it is sewing.", "section": "what-you-do"}],
    "time_to_start": {"min_months": 3, "max_months": 12, "note": "in a workshop"},
    "remote": {"level": "some", "note": "design can be done at home"},
    "what_you_do": "You **draw**, cut and sew.\n\nThen you fly it, with [care](https://example.org/care).",
    "responsibilities": [{"group": "Workshop", "items": ["Cut sails", "Sew seams"]}, {"group": "Field", "items": ["Test in wind"]}],
    "setting": "A workshop with a large table.",
    "tools": [{"group": "Bench", "items": [{"name": "Sewing machines", "examples": ["Juki", "Pfaff"]}, {"name": "Hot knife"}]}],
    "pay": [
        {
            "method": "measured",
            "place": "United States",
            "country": "US",
            "currency": "USD",
            "unit": "year",
            "period": "May 2024",
            "source": "wind-survey",
            "p10": 30_000,
            "p25": 36_000,
            "median": 45_000,
            "p75": 56_000,
            "p90": 70_000,
        }
    ],
    "pay_text": "Repairs pay better than new work.",
    "demand": {"level": "high", "text": "Surveyors use them again."},
    "outlook": [
        {
            "method": "measured",
            "percent": 5.2,
            "all_jobs_percent": 3.1,
            "period_from": 2024,
            "period_to": 2034,
            "openings_per_year": 1200,
            "place": "United States",
            "country": "US",
            "source": "wind-survey",
        }
    ],
    "world": {"text": "Every coast has a workshop.", "places": [{"name": "Japan", "note": "Long tradition"}]},
    "skill_map": {
        "intro": "From cloth to sky.",
        "groups": [
            {"title": "Ground", "description": "First weeks", "skills": ["Sewing", "Measuring"]},
            {"title": "Sky", "skills": ["Reading the wind"]},
        ],
    },
    "technical_skills": {"text": "Hands first.", "items": ["Sewing", "Spar bending"]},
    "soft_skills": {"items": ["Patience", "Clear communication"]},
    "education": {"minimum": "high_school", "preferred": "certificate", "text": "No degree is asked for."},
    "route": {"intro": "Two ways in.", "steps": [{"title": "Sew a first kite", "when": "A weekend", "text": "Then another."}]},
    "training": {"text": "Short courses exist.", "options": [{"name": "Evening course", "time": "3 months", "good_for": "Beginners"}]},
    "names": [{"kind": "organization", "name": "Kite Trade Association", "abbreviation": "KTA", "url": "https://example.org/"}],
    "portfolio": "Bring three kites.",
    "mistakes": [{"items": ["Flying before the glue is dry"]}],
    "advice": ["Keep offcuts."],
    "tiers": [
        {
            "title": "Apprentice",
            "short_title": "Apprentice",
            "tagline": "You start here",
            "years_min": 0,
            "years_max": 2,
            "pay_level": "entry",
            "text": "You sweep and sew.",
        },
        {"title": "Kite maker", "years_min": 2, "years_max": 6, "pay_level": "mid", "text": "You make."},
        {"title": "Master", "years_min": 6, "pay_level": "senior", "text": "You teach."},
    ],
    "growth_paths": "Teaching.",
    "challenges": "Cheap imports.",
    "trends": "Ripstop from bottles.",
    "day": [
        {"name": "Morning", "start": "09:00", "end": "12:00", "focus": "Cutting", "tasks": ["Lay out cloth", "Cut"]},
        {"name": "Afternoon", "start": "13:00", "end": "15:30", "focus": "Flying", "tasks": ["Test"]},
    ],
    "stress_balance": {
        "stress": "low",
        "stress_note": "Wind decides.",
        "balance": "good",
        "balance_note": "Daylight hours.",
        "text": "Calm.",
    },
    "pros": ["Outdoors"],
    "cons": ["Rain"],
    "case_studies": [
        {
            "slug": "camera-kite",
            "title": "Lifting a camera",
            "result": "Flew twice as long",
            "text": "A frame was changed.",
            "takeaway": "Weigh it first.",
        }
    ],
    "faq": [{"question": "Do I need a license?", "answer": "No, but fields near airports are closed."}],
    "sources": [
        {
            "key": "wind-survey",
            "publisher": "Wind Office",
            "title": "Survey of kite makers",
            "url": "https://example.org/survey",
            "period": "May 2024",
        }
    ],
    "notes": [{"section": "pay", "title": "What lifts pay", "text": "Repairs."}],
}


# The plain guide and what it leaves out, so that every field of the schema has a value.
FULL: dict[str, Any] = PLAIN | {
    "codes": {"soc": "51-9199", "onet": "51-9199.00", "isco": "7318"},
    "pay": [
        {**PLAIN["pay"][0], "occupation": "Kite makers", "note": "n"},
        {
            "method": "editor",
            "place": "Japan",
            "country": "JP",
            "currency": "JPY",
            "unit": "year",
            "median": 5,
            "range_min": 3,
            "range_max": 9,
            "entry": 3,
            "mid": 5,
            "senior": 7,
            "top": 9,
        },
    ],
    "outlook": [{**PLAIN["outlook"][0], "occupation": "o", "note": "n", "stated_label": "fast"}],
    "outlook_text": "Up.",
    "mistakes": [{"group": "Workshop", "items": ["Flying before the glue is dry"]}],
    "names": [{**PLAIN["names"][0], "note": "n"}],
    "tiers_text": "Rise.",
    "related": [{"slug": "sail-maker", "reason": "Cloth"}],
    "case_studies": [{**PLAIN["case_studies"][0], "basis": "sourced", "source": "wind-survey"}],
    "faq": [{**PLAIN["faq"][0], "source": "wind-survey"}],
    "soft_skills": {"text": "Soft.", "items": ["Patience"]},
    "sources": [{**PLAIN["sources"][0], "licence": "CC0", "retrieved": "2026-01-01", "supports": "pay"}],
}


def full_document(**changes: Any) -> schema.Guide:
    """A document in which every field of the schema has a value."""
    return schema.Guide.model_validate(FULL | changes)


def complete_document(**changes: Any) -> schema.Guide:
    """A document that may be published. `changes` replace top-level keys."""
    return schema.Guide.model_validate(PLAIN | changes)


def make_field(slug: str = "crafts", **values: Any) -> Field:
    return Field.objects.get_or_create(slug=slug, defaults={"name": slug.replace("-", " ").capitalize(), "intro": "By hand.", **values})[0]


def draft_guide(**changes: Any) -> Guide:
    """A complete working copy that nobody has published."""
    document = complete_document(**changes)
    if document.field:
        make_field(document.field)
    return rows.write(document, Guide(slug=document.slug))


def published_guide(**changes: Any) -> GuideListing:
    return publish(draft_guide(**changes))


def published_guides(count: int) -> list[GuideListing]:
    """Guides that share skills: maker-1, maker-2, …"""
    return [published_guide(slug=f"maker-{n}", title=f"Maker number {n}") for n in range(1, count + 1)]
