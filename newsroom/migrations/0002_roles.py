from django.apps import apps as installed
from django.conf import settings
from django.db import migrations

from newsroom.roles import create_permissions_of, make_groups


def make(apps, schema_editor):
    create_permissions_of(installed.get_app_config("careers"), installed.get_app_config("newsroom"), apps=apps)
    make_groups(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"))


class Migration(migrations.Migration):
    """The groups of the newsroom. Going back leaves them: people are in them."""

    dependencies = [
        ("newsroom", "0001_newsroom"),
        ("careers", "0005_states"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
