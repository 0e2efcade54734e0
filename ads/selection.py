"""Which ad stands where: by the page's field of work and by chance. Nothing about the reader is asked."""

import random
from collections.abc import Sequence, Set
from datetime import datetime

from ads.models import Placement
from ads.shelf import Ad

_dice = random.SystemRandom()


def choose(
    ads: Sequence[Ad], placement: Placement, *, field: str, taken: Set[int], now: datetime, dice: random.Random = _dice
) -> Ad | None:
    """One of the ads that may stand here, by weight; none of those `taken` on this page already."""
    eligible = [ad for ad in ads if ad.id not in taken and ad.may_show(placement, field, now)]
    if not eligible:
        return None
    return dice.choices(eligible, weights=[ad.creative.weight for ad in eligible])[0]
