from django.db import migrations

from kit.stamp import watch

# What readers see. Counts (ads_adday) are not among them: counting makes no stored page stale.
PUBLIC_TABLES = ["ads_creative", "ads_creative_fields", "ads_picture"]


class Migration(migrations.Migration):
    dependencies = [("ads", "0001_initial"), ("kit", "0001_initial")]
    operations = [watch(table) for table in PUBLIC_TABLES]
