"""What belongs to no single guide: site-wide questions, and searches that found nothing."""

from django.contrib import admin
from django.http import HttpRequest

from careers.models import SearchMiss, SiteQuestion


@admin.register(SiteQuestion)
class SiteQuestionAdmin(admin.ModelAdmin[SiteQuestion]):
    list_display = ("question", "topic", "is_published", "position")
    list_editable = ("is_published", "position")
    list_filter = ("topic", "is_published")
    search_fields = ("question", "answer")
    prepopulated_fields = {"slug": ("question",)}
    fields = ("question", "slug", "topic", "answer", ("is_published", "position"))


@admin.register(SearchMiss)
class SearchMissAdmin(admin.ModelAdmin[SearchMiss]):
    """Written by searches; staff read them and clear what is settled."""

    list_display = ("words", "count", "first_at", "last_at")
    search_fields = ("words",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: SearchMiss | None = None) -> bool:
        return False
