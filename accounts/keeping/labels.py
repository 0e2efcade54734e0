"""Labels: free words on saved guides and jobs."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import Bookmark, JobBookmark, Label, User
from kit.text import fold

MOST_ON_ONE = 10
MOST = 200  # of one person


class TooManyLabels(Exception):
    """The person would have more than MOST."""


def split(text: str) -> list[str]:
    """Names between commas: spaces evened out, each once whatever its case, in the order they were typed."""
    names = (" ".join(part.split()) for part in text.split(","))
    return list({fold(name): name for name in reversed([*names]) if name}.values())[::-1]


@transaction.atomic
def set_labels(*, bookmark: Bookmark | JobBookmark, names: Sequence[str]) -> None:
    """Give it these labels and no others; new words become labels. Raises TooManyLabels."""
    owner = User.objects.select_for_update().get(pk=bookmark.user_id)  # the next one counts what this one adds
    known = {fold(label.name): label for label in owner.labels.all()}
    new = [Label(user=owner, name=name) for name in names if fold(name) not in known]
    if len(known) + len(new) > MOST:
        raise TooManyLabels
    known |= {fold(label.name): label for label in Label.objects.bulk_create(new)}
    bookmark.labels.set(known[fold(name)] for name in names)


def rename(*, label: Label, name: str) -> bool:
    """False where another label has the name already; then nothing is changed."""
    with transaction.atomic():
        owner = User.objects.select_for_update().get(pk=label.user_id)
        if owner.labels.exclude(pk=label.pk).named(name).exists():
            return False
        owner.labels.filter(pk=label.pk).update(name=name)
        return True
