"""The search rows and the triggers that write them, so that no writer of jobs can forget it."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

PAY_STEPS = (20, 30, 40, 50, 60, 80, 100, 120, 150, 200)

INDEX = f"""
CREATE FUNCTION public.jobs_index(ids bigint[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM public.jobs_searchrow WHERE job_id = ANY(ids);
  INSERT INTO public.jobs_searchrow (job_id, posted_at, pay, workplace, kind, level, guide_id, field_id, employer_id, vector)
  SELECT j.id, j.posted_at, p.pay, j.workplace, j.kind, j.level, j.guide_id, g.field_id, j.employer_id,
    setweight(to_tsvector('english', public.fold(j.title)), 'A')
    || setweight(to_tsvector('english', public.fold(e.name)), 'B')
    || setweight(to_tsvector('english', public.fold(coalesce(s.names, ''))), 'C')
    || array_to_tsvector(array_remove(ARRAY[
      '_w' || nullif(j.workplace, ''), '_k' || nullif(j.kind, ''), '_l' || nullif(j.level, ''),
      '_e' || j.employer_id, '_g' || j.guide_id, '_f' || g.field_id, '_p' || nullif(j.place_country, ''),
      CASE WHEN j.anywhere THEN '_any' END, CASE WHEN p.pay IS NULL THEN '_y0' END], NULL)
      || ARRAY(SELECT DISTINCT '_c' || c FROM unnest(j.countries) c)
      || ARRAY(SELECT DISTINCT '_r' || r FROM unnest(j.regions) r)
      || ARRAY(SELECT DISTINCT '_t' || w[1] FROM regexp_matches(public.fold(j.place), '[a-z0-9]+', 'g') w)
      || ARRAY(SELECT '_y' || y FROM unnest(ARRAY[{", ".join(map(str, PAY_STEPS))}]) y WHERE p.pay >= y * 1000))
  FROM public.jobs_job j
  JOIN public.jobs_employer e ON e.id = j.employer_id
  LEFT JOIN public.careers_guidelisting g ON g.guide_id = j.guide_id
  LEFT JOIN LATERAL (SELECT string_agg(k.name, ' ') AS names FROM public.jobs_job_skills l
    JOIN public.careers_skill k ON k.id = l.skill_id WHERE l.job_id = j.id) s ON true
  CROSS JOIN LATERAL (SELECT CASE WHEN j.pay_currency = 'USD' THEN coalesce(j.year_maximum, j.year_minimum) END AS pay) p
  WHERE j.id = ANY(ids) AND j.state = 'open' AND j.duplicate_of_id IS NULL;
$$
"""

# What the row is made of: a job that was only seen again is not written anew.
MADE_OF = (
    "title posted_at workplace kind level employer_id guide_id place place_country anywhere countries regions pay_currency "
    "year_minimum year_maximum state duplicate_of_id"
).split()
DIFFERS = " OR ".join(f"o.{name} IS DISTINCT FROM n.{name}" for name in MADE_OF)

TRIGGERS = {
    ("jobs_job", "insert"): ("NEW TABLE AS new", "SELECT id FROM new WHERE state = 'open'"),
    ("jobs_job", "update"): ("OLD TABLE AS old NEW TABLE AS new", f"SELECT n.id FROM new n JOIN old o USING (id) WHERE {DIFFERS}"),
    ("jobs_job_skills", "insert"): ("NEW TABLE AS new", "SELECT DISTINCT job_id FROM new"),
    ("jobs_job_skills", "delete"): ("OLD TABLE AS old", "SELECT DISTINCT job_id FROM old"),
    ("jobs_employer", "update"): (
        "OLD TABLE AS old NEW TABLE AS new",
        "SELECT j.id FROM public.jobs_job j JOIN new n ON n.id = j.employer_id JOIN old o ON o.id = n.id "
        "WHERE j.state = 'open' AND o.name IS DISTINCT FROM n.name",
    ),
    ("careers_guidelisting", "update"): (
        "OLD TABLE AS old NEW TABLE AS new",
        "SELECT j.id FROM public.jobs_job j JOIN new n ON n.guide_id = j.guide_id JOIN old o ON o.guide_id = n.guide_id "
        "WHERE j.state = 'open' AND o.field_id IS DISTINCT FROM n.field_id",
    ),
}


def trigger(table: str, event: str, tables: str, ids: str) -> migrations.RunSQL:
    name = f"{table}_{event}_search"
    return migrations.RunSQL(
        f"CREATE FUNCTION public.{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"PERFORM public.jobs_index(array(({ids}))); RETURN NULL; END $$; "
        f"CREATE TRIGGER {name} AFTER {event.upper()} ON {table} REFERENCING {tables} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION public.{name}()",
        f"DROP TRIGGER IF EXISTS {name} ON {table}; DROP FUNCTION IF EXISTS public.{name}()",
    )


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial"), ("careers", "0001_initial"), ("kit", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                (
                    "job",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="+", serialize=False, to="jobs.job"
                    ),
                ),
                ("posted_at", models.DateTimeField()),
                ("pay", models.IntegerField(null=True)),
                ("workplace", models.CharField(max_length=8)),
                ("kind", models.CharField(max_length=12)),
                ("level", models.CharField(max_length=8)),
                ("guide_id", models.BigIntegerField(null=True)),
                ("field_id", models.BigIntegerField(null=True)),
                ("employer_id", models.BigIntegerField()),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["vector"], name="searchrow_vector"),
                    models.Index(fields=["-posted_at", "-job"], name="searchrow_newest"),
                ],
            },
        ),
        migrations.RunSQL(
            "ALTER TABLE jobs_searchrow ALTER COLUMN vector SET STORAGE EXTERNAL; ALTER TABLE jobs_searchrow SET (toast_tuple_target = 128)",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(INDEX, "DROP FUNCTION IF EXISTS public.jobs_index(bigint[])"),
        *(trigger(table, event, *what) for (table, event), what in TRIGGERS.items()),
    ]
