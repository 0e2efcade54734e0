from django.db import migrations

from kit.stamp import watch

# What visitors see: a change of any of these makes stored pages stale.
PUBLIC_TABLES = ["careers_guidelisting", "careers_listedskill", "careers_field", "careers_skill", "careers_sitequestion"]


class Migration(migrations.Migration):
    dependencies = [("careers", "0001_initial")]
    operations = [watch(table) for table in PUBLIC_TABLES]
