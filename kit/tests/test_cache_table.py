import pytest
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.db import connection


@pytest.mark.django_db
def test_the_shared_cache_works_right_after_migrate():
    cache = DatabaseCache("django_cache", {})
    cache.set("tries", 5, 60)
    assert cache.incr("tries") == 6
    assert "django_cache" in connection.introspection.table_names()


@pytest.mark.django_db
def test_creating_the_table_by_command_as_well_does_no_harm(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"}}
    call_command("createcachetable", verbosity=0)
