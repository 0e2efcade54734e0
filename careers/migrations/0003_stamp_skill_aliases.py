from django.db import migrations

from kit.stamp import watch


class Migration(migrations.Migration):
    """Other names of skills decide what a search finds, so stored answers go stale with them."""

    dependencies = [("careers", "0002_stamp")]
    operations = [watch("careers_skillalias")]
