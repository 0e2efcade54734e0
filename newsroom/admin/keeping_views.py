"""Pages of the guide admin that keep guides true: figures by age, and guides by the day they are due."""

from django.contrib.admin import ModelAdmin
from django.urls import URLPattern

from careers.models import Guide
from newsroom.admin import figure_views, review_views


def urls(admin: ModelAdmin[Guide]) -> list[URLPattern]:
    return [*figure_views.urls(admin), *review_views.urls(admin)]
