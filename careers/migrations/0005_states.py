from django.db import migrations

STATES = """
UPDATE careers_guide SET state = 'published' WHERE id IN (SELECT guide_id FROM careers_guidelisting);
UPDATE careers_guide SET state = 'retired'
WHERE id NOT IN (SELECT guide_id FROM careers_guidelisting)
  AND id IN (SELECT guide_id FROM careers_guiderevision WHERE kind = 'published');
"""


class Migration(migrations.Migration):
    """Guides from before there were states: what is on the site is published, what was once is retired."""

    dependencies = [("careers", "0004_newsroom")]
    operations = [migrations.RunSQL(STATES, migrations.RunSQL.noop)]
