"""Staff for tests."""

from django.contrib.auth.models import Group, Permission

from newsroom.roles import make_groups


def group(name):
    """Writers or Editors with their rights; a test that emptied the database took them away."""
    make_groups(Group, Permission)
    return Group.objects.get(name=name)


def editors():
    return group("Editors")


def writers():
    return group("Writers")
