"""Zips of guides: their list here, their pages in newsroom.bundles.views."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern

from newsroom.bundles import views
from newsroom.models import Bundle


@admin.register(Bundle)
class BundleAdmin(admin.ModelAdmin[Bundle]):
    """Nobody changes or deletes them: a zip goes a day later by itself."""

    list_display = ("created_at", "way", "name", "state", "by", "done", "total")
    list_filter = ("way", "state")
    list_select_related = ("by",)
    list_per_page = 50
    actions = None

    def get_urls(self) -> list[URLPattern]:
        return [*views.urls(self), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Bundle]:
        return super().get_queryset(request).defer("data")

    def has_delete_permission(self, request: HttpRequest, obj: Bundle | None = None) -> bool:
        return False
