"""Where an address stands, and another one in its place."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from careers.models import Guide, GuideSource, NameToKnow, Source
from newsroom.models import LinkCheck


@dataclass(frozen=True)
class Use:
    guide_id: int
    title: str


def uses_of(urls: Iterable[str]) -> dict[str, list[Use]]:
    """Address -> guides that cite it, by title. Two queries."""
    wanted = list(urls)
    found: dict[str, set[Use]] = defaultdict(set)
    sources = GuideSource.objects.filter(source__url__in=wanted).values_list("source__url", "guide_id", "guide__title")
    names = NameToKnow.objects.filter(url__in=wanted).values_list("url", "guide_id", "guide__title")
    for url, guide_id, title in [*sources, *names]:
        found[url].add(Use(guide_id, title))
    return {url: sorted(uses, key=lambda use: (use.title, use.guide_id)) for url, uses in found.items()}


@dataclass(frozen=True)
class Changed:
    sources: list[Source]
    guides: list[Guide]  # whose names to know were changed


@transaction.atomic
def use_new_address(link: LinkCheck) -> Changed:
    """Writes the address that a link moved to wherever the old one stands. The old link goes; the new one is looked at by the next run.

    Published guides show it when they are published again.
    """
    if link.state != LinkCheck.State.MOVED or not link.moved_to:
        return Changed([], [])
    sources = list(Source.objects.select_for_update().filter(url=link.url))
    Source.objects.filter(pk__in=[source.pk for source in sources]).update(url=link.moved_to)
    names = NameToKnow.objects.filter(url=link.url)
    guides = list(Guide.objects.select_for_update().filter(pk__in=names.values("guide")).order_by("pk"))
    names.update(url=link.moved_to)
    link.delete()
    return Changed(sources, guides)
