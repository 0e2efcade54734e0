"""Who may do what in the newsroom: two groups that a migration creates. Administrators may change them afterwards.

Writers write, ask for review and answer readers. Editors also review, publish, schedule, retire, merge and change addresses.
"""

from typing import Any

from django.apps import AppConfig

WRITERS, EDITORS = "Writers", "Editors"

# App -> model -> what a writer may do. A part of a guide goes with the guide: see newsroom.admin.access.
WRITE: dict[str, dict[str, tuple[str, ...]]] = {
    "careers": {
        "guide": ("view", "add", "change"),
        "guiderevision": ("view",),
        "casestudy": ("view",),
        "field": ("view",),
        "skill": ("view", "add"),
        "source": ("view", "add", "change"),
        "sitequestion": ("view", "add", "change"),
        "searchmiss": ("view", "change"),
    },
    "newsroom": {
        "readerreport": ("view", "change"),
        "transition": ("view",),
        "linkcheck": ("view",),
    },
}
EDIT: dict[str, dict[str, tuple[str, ...]]] = {
    "careers": {
        "guide": ("publish",),
        "field": ("add", "change"),
        "skill": ("change", "delete"),
        "source": ("delete",),
        "sitequestion": ("delete",),
        "searchmiss": ("delete",),
    },
    "newsroom": {
        "readerreport": ("delete",),
        "bundle": ("view", "add", "change"),
        "linkcheck": ("change",),
    },
}


def codenames(*tables: dict[str, dict[str, tuple[str, ...]]]) -> set[tuple[str, str]]:
    """(app, codename) of every right in the tables."""
    return {
        (app, f"{right}_{model}")
        for table in tables
        for app, models in table.items()
        for model, rights in models.items()
        for right in rights
    }


def make_groups(group_model: Any, permission_model: Any) -> None:
    """Create the two groups with their rights. A group of that name keeps its members and the rights it has, and gains what it lacks."""
    for name, tables in ((WRITERS, (WRITE,)), (EDITORS, (WRITE, EDIT))):
        group, _ = group_model.objects.get_or_create(name=name)
        wanted = codenames(*tables)
        found = permission_model.objects.filter(content_type__app_label__in={app for app, _ in wanted}).select_related("content_type")
        group.permissions.add(*(right for right in found if (right.content_type.app_label, right.codename) in wanted))


def create_permissions_of(*configs: AppConfig, apps: Any) -> None:
    """Permissions exist only after all migrations otherwise, and groups need them now."""
    from django.contrib.auth.management import create_permissions

    for config in configs:
        create_permissions(config, apps=apps, verbosity=0)
