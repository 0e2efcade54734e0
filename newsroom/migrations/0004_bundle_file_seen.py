from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0002_roles")]
    operations = [
        migrations.AlterModelOptions(
            name="bundle",
            options={"ordering": ["-created_at"], "verbose_name": "zip of guides", "verbose_name_plural": "zips of guides"},
        ),
        migrations.AddField(
            model_name="bundlefile",
            name="seen_at",
            field=models.DateTimeField(
                blank=True, help_text="When the guide was last saved, as it was looked at. Empty: there was none.", null=True
            ),
        ),
    ]
