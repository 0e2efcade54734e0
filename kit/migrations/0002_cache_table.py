from django.db import migrations

# As `manage.py createcachetable` makes it, which would be one more step for somebody who deploys.
CREATE = """
CREATE TABLE IF NOT EXISTS django_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX IF NOT EXISTS django_cache_expires ON django_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_initial")]
    operations = [migrations.RunSQL(CREATE, "DROP TABLE django_cache")]
