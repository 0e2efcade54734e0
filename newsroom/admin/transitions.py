"""Every step that a guide took, of all guides: who, when, and what they said of it."""

from django.contrib import admin

from kit.admin.readonly import ReadOnly
from newsroom.models import Transition


@admin.register(Transition)
class TransitionAdmin(ReadOnly[Transition]):
    list_display = ("at", "guide", "verb", "before", "after", "by", "note")
    list_filter = ("verb", "after")
    list_select_related = ("guide", "by")
    list_per_page = 50
    search_fields = ("guide__title", "note")
    date_hierarchy = "at"
    actions = None
