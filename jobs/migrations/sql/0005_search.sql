-- Search rows: one narrow row for every job that people may find, written by triggers and read by jobs_search().
-- docs/search.md tells why it is built like this.

-- Letters and digits only: 'nurse/manager' is two words, for the index and for what is looked for.
CREATE FUNCTION jobs_words(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN regexp_replace(value, '[^[:alnum:]]+', ' ', 'g');

-- Days since 2020-01-01, UTC; what is older counts as that day.
CREATE FUNCTION jobs_day(moment timestamptz) RETURNS int LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN GREATEST((moment AT TIME ZONE 'UTC')::date - date '2020-01-01', 0);

-- Steps of yearly pay in thousands, and the step on which a pay stands; NULL below zero. jobs/search/facets.py holds the same.
CREATE FUNCTION jobs_pay_steps() RETURNS int[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN ARRAY[0, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 100, 120, 150, 200];
CREATE FUNCTION jobs_pay_step(pay int) RETURNS int LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  RETURN CASE WHEN pay >= 0 THEN (jobs_pay_steps())[width_bucket(pay / 1000, jobs_pay_steps())] END;

-- Write the search rows of these jobs anew. Open jobs that are no duplicate have one, all others none. Another transaction may
-- write the same row at the same time (an employer gets another name while a feed brings its jobs): then the later one wins.
-- "The" is no word of the index but takes a place in it: no phrase runs from a title into the employer, or from skill to skill.
CREATE FUNCTION jobs_index(ids bigint[]) RETURNS void LANGUAGE sql AS $$
  DELETE FROM jobs_searchrow WHERE job_id = ANY(ids);
  INSERT INTO jobs_searchrow (job_id, posted_at, first_seen_at, pay, workplace, kind, level, guide_id, field_id, employer_id, search)
  SELECT row.id, row.posted_at, row.first_seen_at, coalesce(row.pay, -1), row.workplace, row.kind, row.level, row.guide_id, row.field_id, row.employer_id,
    setweight(to_tsvector('english', jobs_words(row.title_folded)), 'A')
    || setweight(to_tsvector('english', 'the ' || jobs_words(row.employer)), 'B')
    || setweight(to_tsvector('english', coalesce('the ' || jobs_words(row.skills), '')), 'C')
    || setweight(to_tsvector('english', coalesce('the ' || jobs_words(row.guide), '')), 'D')
    || array_to_tsvector(array_remove(
      ARRAY[
        '=w' || row.workplace, '=k' || row.kind, '=l' || row.level, '=e' || row.employer_id, '=g' || row.guide_id, '=f' || row.field_id,
        '=y' || coalesce(jobs_pay_step(row.pay)::text, CASE WHEN row.pay_currency = '' THEN 'unstated' ELSE 'other' END),
        '=b' || jobs_day(row.posted_at) / 16, '=n' || jobs_day(row.first_seen_at),
        CASE WHEN row.anywhere THEN '=a' END, CASE WHEN row.title_folded ~ '\mit\M' THEN '=it' END, '=c' || nullif(lower(row.place_country), '')
      ]
      || ARRAY(SELECT '=c' || lower(code) FROM unnest(row.countries) AS code)
      || ARRAY(SELECT '=r' || lower(region) FROM unnest(row.regions) AS region)
      || ARRAY(SELECT '=t' || left(word, 100) FROM regexp_split_to_table(jobs_words(public.fold(row.place)), ' ') AS word WHERE word <> ''), NULL))
  FROM (
    SELECT job.id, job.posted_at, job.first_seen_at, job.title_folded, job.employer_id, job.guide_id, listing.field_id, job.pay_currency,
      CASE WHEN job.pay_currency = 'USD' THEN coalesce(job.year_maximum, job.year_minimum) END AS pay,
      coalesce(array_position(ARRAY['on_site', 'hybrid', 'remote'], job.workplace::text), 0) AS workplace,
      coalesce(array_position(ARRAY['full_time', 'part_time', 'contractor', 'temporary', 'intern', 'volunteer'], job.kind::text), 0) AS kind,
      coalesce(array_position(ARRAY['entry', 'mid', 'senior', 'lead'], job.level::text), 0) AS level,
      job.anywhere, job.place, job.place_country, job.countries, job.regions,
      employer.name_folded AS employer, listing.title_folded AS guide,
      (
        SELECT public.fold(string_agg(skill.name, ' the ')) FROM jobs_job_skills AS link JOIN careers_skill AS skill ON skill.id = link.skill_id
        WHERE link.job_id = job.id
      ) AS skills
    FROM jobs_job AS job
    JOIN jobs_employer AS employer ON employer.id = job.employer_id
    LEFT JOIN careers_guidelisting AS listing ON listing.guide_id = job.guide_id
    WHERE job.id = ANY(ids) AND job.state = 'open' AND job.duplicate_of_id IS NULL
    ORDER BY job.posted_at, job.id
  ) AS row
  ON CONFLICT (job_id) DO UPDATE SET (posted_at, first_seen_at, pay, workplace, kind, level, guide_id, field_id, employer_id, search)
    = (excluded.posted_at, excluded.first_seen_at, excluded.pay, excluded.workplace, excluded.kind, excluded.level,
      excluded.guide_id, excluded.field_id, excluded.employer_id, excluded.search)
$$;

CREATE TYPE jobs_hit AS (
  job_id bigint, posted_at timestamptz, pay int, workplace smallint, kind smallint, level smallint,
  guide_id bigint, field_id bigint, employer_id bigint, score smallint, lacks smallint
);
-- A place in the order of pay, or of day.
CREATE TYPE jobs_place AS (pay int, posted_at timestamptz, job_id bigint);

-- Which of the eight facets a row lacks: bit n - 1 for facet n (workplace, pay, level, kind, field, guide, employer, age). Nothing is
-- chosen in a facet that is NULL. By columns, which are cheaper to compare than lexemes.
CREATE FUNCTION jobs_lacks(
  workplace smallint, pay int, level smallint, kind smallint, field_id bigint, guide_id bigint, employer_id bigint, posted_at timestamptz,
  workplaces smallint[], pay_from int, unstated boolean, levels smallint[], kinds smallint[], fields bigint[], guides bigint[], employers bigint[],
  aged timestamptz
) RETURNS int LANGUAGE sql IMMUTABLE RETURN
  (workplaces IS NOT NULL AND workplace <> ALL (workplaces))::int
  + (pay_from IS NOT NULL AND pay < pay_from AND NOT (unstated AND pay < 0))::int * 2
  + (levels IS NOT NULL AND level <> ALL (levels))::int * 4
  + (kinds IS NOT NULL AND kind <> ALL (kinds))::int * 8
  + (fields IS NOT NULL AND (field_id = ANY (fields)) IS NOT TRUE)::int * 16
  + (guides IS NOT NULL AND (guide_id = ANY (guides)) IS NOT TRUE)::int * 32
  + (employers IS NOT NULL AND employer_id <> ALL (employers))::int * 64
  + (aged IS NOT NULL AND posted_at < aged)::int * 128;

-- Three ways to hits, best first. A walk looks at the next `rows` rows of an order, after the place `below`; the index finds all
-- rows that have what is sought. `query` may be NULL on a walk: everything matches. `lacking`: what a row may lack, as jobs_lacks() says it.
CREATE FUNCTION jobs_walk_by_day(
  query tsquery, below jobs_place, rows int, most int, posted_from timestamptz,
  seen_from timestamptz, hidden bigint[], titled tsquery, phrased tsquery,
  workplaces smallint[], pay_from int, unstated boolean, levels smallint[], kinds smallint[], fields bigint[], guides bigint[], employers bigint[],
  aged timestamptz, lacking int[]
) RETURNS jobs_hit[] LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  moment timestamptz := below.posted_at;
  job bigint := below.job_id;
BEGIN
  RETURN ARRAY(
    SELECT (r.job_id, r.posted_at, r.pay, r.workplace, r.kind, r.level, r.guide_id, r.field_id, r.employer_id,
      CASE WHEN titled IS NULL THEN 0 ELSE (r.search @@ titled)::int + (r.search @@ phrased)::int END,
      CASE WHEN cardinality(lacking) = 1 THEN 0 ELSE jobs_lacks(r.workplace, r.pay, r.level, r.kind, r.field_id, r.guide_id, r.employer_id, r.posted_at,
      workplaces, pay_from, unstated, levels, kinds, fields, guides, employers, aged) END)::jobs_hit
    FROM (
      SELECT * FROM jobs_searchrow WHERE (posted_at, job_id) < (moment, job) AND posted_at >= posted_from
      ORDER BY posted_at DESC, job_id DESC LIMIT rows
    ) AS r
    WHERE (query IS NULL OR r.search @@ query)
      AND (seen_from IS NULL OR r.first_seen_at > seen_from) AND (hidden IS NULL OR r.job_id <> ALL (hidden))
      AND jobs_lacks(r.workplace, r.pay, r.level, r.kind, r.field_id, r.guide_id, r.employer_id, r.posted_at,
      workplaces, pay_from, unstated, levels, kinds, fields, guides, employers, aged) = ANY (lacking)
    LIMIT most
  );
END
$$;
CREATE FUNCTION jobs_walk_by_pay(
  query tsquery, below jobs_place, rows int, most int, posted_from timestamptz,
  seen_from timestamptz, hidden bigint[], titled tsquery, phrased tsquery,
  workplaces smallint[], pay_from int, unstated boolean, levels smallint[], kinds smallint[], fields bigint[], guides bigint[], employers bigint[],
  aged timestamptz, lacking int[]
) RETURNS jobs_hit[] LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  paid int := below.pay;
  moment timestamptz := below.posted_at;
  job bigint := below.job_id;
BEGIN
  RETURN ARRAY(
    SELECT (r.job_id, r.posted_at, r.pay, r.workplace, r.kind, r.level, r.guide_id, r.field_id, r.employer_id,
      CASE WHEN titled IS NULL THEN 0 ELSE (r.search @@ titled)::int + (r.search @@ phrased)::int END,
      CASE WHEN cardinality(lacking) = 1 THEN 0 ELSE jobs_lacks(r.workplace, r.pay, r.level, r.kind, r.field_id, r.guide_id, r.employer_id, r.posted_at,
      workplaces, pay_from, unstated, levels, kinds, fields, guides, employers, aged) END)::jobs_hit
    FROM (
      SELECT * FROM jobs_searchrow WHERE (pay, posted_at, job_id) < (paid, moment, job)
      ORDER BY pay DESC, posted_at DESC, job_id DESC LIMIT rows
    ) AS r
    WHERE (query IS NULL OR r.search @@ query) AND r.posted_at >= posted_from
      AND (seen_from IS NULL OR r.first_seen_at > seen_from) AND (hidden IS NULL OR r.job_id <> ALL (hidden))
      AND jobs_lacks(r.workplace, r.pay, r.level, r.kind, r.field_id, r.guide_id, r.employer_id, r.posted_at,
      workplaces, pay_from, unstated, levels, kinds, fields, guides, employers, aged) = ANY (lacking)
    LIMIT most
  );
END
$$;
CREATE FUNCTION jobs_find_by_day(
  sought tsquery, filtered tsquery, below jobs_place, most int, posted_from timestamptz,
  seen_from timestamptz, hidden bigint[], titled tsquery, phrased tsquery,
  workplaces smallint[], pay_from int, unstated boolean, levels smallint[], kinds smallint[], fields bigint[], guides bigint[], employers bigint[],
  aged timestamptz, lacking int[]
) RETURNS jobs_hit[] LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_indexscan = off SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  moment timestamptz := below.posted_at;
  job bigint := below.job_id;
BEGIN
  RETURN ARRAY(
    SELECT (hit.job_id, hit.posted_at, hit.pay, hit.workplace, hit.kind, hit.level, hit.guide_id, hit.field_id, hit.employer_id, hit.score,
      hit.lacks)::jobs_hit
    FROM (
      SELECT r.job_id, r.posted_at, r.pay, r.workplace, r.kind, r.level, r.guide_id, r.field_id, r.employer_id,
        CASE WHEN titled IS NULL THEN 0 ELSE (r.search @@ titled)::int + (r.search @@ phrased)::int END AS score,
        CASE WHEN cardinality(lacking) = 1 THEN 0 ELSE jobs_lacks(r.workplace, r.pay, r.level, r.kind, r.field_id, r.guide_id, r.employer_id, r.posted_at,
      workplaces, pay_from, unstated, levels, kinds, fields, guides, employers, aged) END AS lacks
      FROM jobs_searchrow AS r
      WHERE r.search @@ sought AND ((r.posted_at, r.job_id) < (moment, job)) IS TRUE AND (r.posted_at >= posted_from) IS TRUE
        AND (filtered IS NULL OR ts_match_vq(r.search, filtered))
        AND (seen_from IS NULL OR r.first_seen_at > seen_from) AND (hidden IS NULL OR r.job_id <> ALL (hidden))
      AND jobs_lacks(r.workplace, r.pay, r.level, r.kind, r.field_id, r.guide_id, r.employer_id, r.posted_at,
      workplaces, pay_from, unstated, levels, kinds, fields, guides, employers, aged) = ANY (lacking)
      ORDER BY r.posted_at DESC, r.job_id DESC
      LIMIT most
    ) AS hit
  );
END
$$;
CREATE FUNCTION jobs_find_by_pay(
  sought tsquery, filtered tsquery, below jobs_place, most int, posted_from timestamptz,
  seen_from timestamptz, hidden bigint[], titled tsquery, phrased tsquery,
  workplaces smallint[], pay_from int, unstated boolean, levels smallint[], kinds smallint[], fields bigint[], guides bigint[], employers bigint[],
  aged timestamptz, lacking int[]
) RETURNS jobs_hit[] LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_indexscan = off SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  paid int := below.pay;
  moment timestamptz := below.posted_at;
  job bigint := below.job_id;
BEGIN
  RETURN ARRAY(
    SELECT (hit.job_id, hit.posted_at, hit.pay, hit.workplace, hit.kind, hit.level, hit.guide_id, hit.field_id, hit.employer_id, hit.score,
      hit.lacks)::jobs_hit
    FROM (
      SELECT r.job_id, r.posted_at, r.pay, r.workplace, r.kind, r.level, r.guide_id, r.field_id, r.employer_id,
        CASE WHEN titled IS NULL THEN 0 ELSE (r.search @@ titled)::int + (r.search @@ phrased)::int END AS score,
        CASE WHEN cardinality(lacking) = 1 THEN 0 ELSE jobs_lacks(r.workplace, r.pay, r.level, r.kind, r.field_id, r.guide_id, r.employer_id, r.posted_at,
      workplaces, pay_from, unstated, levels, kinds, fields, guides, employers, aged) END AS lacks
      FROM jobs_searchrow AS r
      WHERE r.search @@ sought AND ((r.pay, r.posted_at, r.job_id) < (paid, moment, job)) IS TRUE AND (r.posted_at >= posted_from) IS TRUE
        AND (filtered IS NULL OR ts_match_vq(r.search, filtered))
        AND (seen_from IS NULL OR r.first_seen_at > seen_from) AND (hidden IS NULL OR r.job_id <> ALL (hidden))
      AND jobs_lacks(r.workplace, r.pay, r.level, r.kind, r.field_id, r.guide_id, r.employer_id, r.posted_at,
      workplaces, pay_from, unstated, levels, kinds, fields, guides, employers, aged) = ANY (lacking)
      ORDER BY r.pay DESC, r.posted_at DESC, r.job_id DESC
      LIMIT most
    ) AS hit
  );
END
$$;

-- The place in an order at which a walk over `rows` rows ends; NULL when the rows end before.
CREATE FUNCTION jobs_walked_to(below jobs_place, by_pay boolean, rows int) RETURNS jobs_place LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  paid int := below.pay;
  moment timestamptz := below.posted_at;
  job bigint := below.job_id;
  place jobs_place;
BEGIN
  IF by_pay THEN
    SELECT pay, posted_at, job_id INTO place FROM jobs_searchrow WHERE (pay, posted_at, job_id) < (paid, moment, job)
    ORDER BY pay DESC, posted_at DESC, job_id DESC OFFSET rows - 1 LIMIT 1;
  ELSE
    SELECT 0, posted_at, job_id INTO place FROM jobs_searchrow WHERE (posted_at, job_id) < (moment, job)
    ORDER BY posted_at DESC, job_id DESC OFFSET rows - 1 LIMIT 1;
  END IF;
  RETURN place;
END
$$;

-- Which parts of a query the index looks for, and which are tried on the rows that it finds: the words of a rare trade find a few
-- thousand rows at once, while joining them with the list of all full time jobs would cost more than it spares. The shares of the
-- parts come from the newest 2,000 rows. Costs are in microseconds, measured at a million rows (docs/search.md). Of `parts` the
-- first `fixed` are no facets; facets are compared by columns on the rows that are found.
CREATE TYPE jobs_plan AS (sought tsquery, filtered tsquery, cost float);
CREATE FUNCTION jobs_plan_for(parts tsquery[], fixed int, total float) RETURNS jobs_plan LANGUAGE plpgsql STABLE
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  plan jobs_plan;
  n int;
  counts int[];
  sample float;
  share float;
  rows float := total;
  joining float;
BEGIN
  SELECT count(*), ARRAY[
    count(*) FILTER (WHERE search @@ parts[1]), count(*) FILTER (WHERE search @@ parts[2]), count(*) FILTER (WHERE search @@ parts[3]),
    count(*) FILTER (WHERE search @@ parts[4]), count(*) FILTER (WHERE search @@ parts[5]), count(*) FILTER (WHERE search @@ parts[6]),
    count(*) FILTER (WHERE search @@ parts[7]), count(*) FILTER (WHERE search @@ parts[8]), count(*) FILTER (WHERE search @@ parts[9]),
    count(*) FILTER (WHERE search @@ parts[10])]
  INTO sample, counts
  FROM (SELECT search FROM jobs_searchrow ORDER BY posted_at DESC, job_id DESC LIMIT 2000) AS newest;
  plan.cost := 0;
  FOR n IN SELECT place FROM generate_series(1, cardinality(parts)) AS place ORDER BY counts[place] LOOP
    share := greatest(counts[n], 0.5) / sample;
    joining := CASE WHEN numnode(parts[n]) > 20 THEN total * 0.06 ELSE total * share * 0.02 END;  -- long lists of OR are slow
    IF plan.sought IS NULL OR rows * (1 - share) * 1.2 > joining THEN
      plan.sought := coalesce(plan.sought && parts[n], parts[n]);
      plan.cost := plan.cost + joining;
      rows := rows * share;
    ELSIF n <= fixed THEN
      plan.filtered := coalesce(plan.filtered && parts[n], parts[n]);
    END IF;
  END LOOP;
  plan.cost := plan.cost + rows * 1.2;
  RETURN plan;
END
$$;

-- A stretch of an order below a place that holds about `rows` rows, as a query that the index can join: blocks of 16 days, by how
-- dense the newest `walked` rows lie, or steps of pay, by how the newest 2,000 rows are paid. NULL: nearly all would be needed.
CREATE TYPE jobs_stretch AS (query tsquery, finish jobs_place);
CREATE FUNCTION jobs_stretch_of_days(below jobs_place, walked int, rows float, total float) RETURNS jobs_stretch LANGUAGE plpgsql STABLE AS $$
DECLARE
  newest timestamptz := (SELECT max(posted_at) FROM jobs_searchrow);
  last int := jobs_day(below.posted_at) / 16;
  first int;
BEGIN
  IF rows > total / 2 THEN
    RETURN NULL;
  END IF;
  first := jobs_day(below.posted_at - (newest - below.posted_at) * (rows / walked)) / 16;
  IF first = 0 OR last - first > 50 THEN
    RETURN NULL;
  END IF;
  RETURN (
    (SELECT string_agg(format('''=b%s''', block), '|')::tsquery FROM generate_series(first, last) AS block),
    (0, (date '2020-01-01' + first * 16)::timestamp AT TIME ZONE 'UTC', -1)::jobs_place);
END
$$;
CREATE FUNCTION jobs_stretch_of_pay(rows float, total float) RETURNS jobs_stretch LANGUAGE plpgsql STABLE AS $$
DECLARE
  lowest int;
BEGIN
  SELECT min(step) INTO lowest FROM (
    SELECT step, sum(count(*)) OVER (ORDER BY step DESC) - count(*) AS above
    FROM (SELECT jobs_pay_step(pay) AS step FROM jobs_searchrow ORDER BY posted_at DESC, job_id DESC LIMIT 2000) AS newest
    WHERE step IS NOT NULL GROUP BY step) AS paid
  WHERE above < rows / total * 2000;
  IF lowest IS NULL OR rows > total / 2 THEN
    RETURN NULL;
  END IF;
  RETURN (
    (SELECT string_agg(format('''=y%s''', step), '|')::tsquery FROM unnest(jobs_pay_steps()) AS step WHERE step >= lowest),
    (lowest * 1000, '-infinity', 0)::jobs_place);
END
$$;

-- The first `most` jobs that match all parts, in order of day or of pay.
--
-- It begins with a walk over 3,000 rows, and what these bring decides, by what each way costs: where much matches, the walk goes on
-- until there are enough; where little does, the index finds the rest, at first only as far as should be enough. No plan is left to
-- luck. `excluded`: what must not be there; it finds nothing by itself. The first `fixed` parts are no facets.
CREATE FUNCTION jobs_collect(
  parts tsquery[], fixed int, excluded tsquery, by_pay boolean, most int, posted_from timestamptz,
  seen_from timestamptz, hidden bigint[], titled tsquery, phrased tsquery,
  workplaces smallint[], pay_from int, unstated boolean, levels smallint[], kinds smallint[], fields bigint[], guides bigint[], employers bigint[],
  aged timestamptz, lacking int[]
) RETURNS jobs_hit[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  hits jobs_hit[] := '{}';
  below jobs_place := (2147483647, 'infinity', 9223372036854775807);
  next jobs_place;
  rows float := 3000;
  walked int := 0;
  total float := (SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = 'jobs_searchrow'::regclass);
  cost float := CASE WHEN by_pay THEN 2.2 ELSE 0.25 END;
  query tsquery := excluded;
  plan jobs_plan;
  stretch jobs_stretch;
BEGIN
  FOR n IN 1 .. fixed LOOP
    query := coalesce(query && parts[n], parts[n]);
  END LOOP;
  LOOP
    hits := hits || CASE WHEN by_pay
      THEN jobs_walk_by_pay(query, below, rows::int, most - cardinality(hits), posted_from, seen_from, hidden, titled, phrased,
      workplaces, pay_from, unstated, levels, kinds, fields, guides, employers, aged, lacking)
      ELSE jobs_walk_by_day(query, below, rows::int, most - cardinality(hits), posted_from, seen_from, hidden, titled, phrased,
      workplaces, pay_from, unstated, levels, kinds, fields, guides, employers, aged, lacking) END;
    IF cardinality(hits) >= most THEN
      RETURN hits;
    END IF;
    next := jobs_walked_to(below, by_pay, rows::int);
    IF next IS NULL OR (NOT by_pay AND next.posted_at < posted_from) THEN
      RETURN hits;
    END IF;
    below := next;
    walked := walked + rows::int;
    rows := least((most - cardinality(hits)) / greatest(cardinality(hits), 0.5) * walked * 1.2, 1000000);
    IF cardinality(parts) > 0 AND plan IS NULL AND rows * cost > 1000 THEN
      plan := jobs_plan_for(parts, fixed, total);
      stretch := CASE WHEN by_pay THEN jobs_stretch_of_pay(walked + rows * 1.5, total)
        ELSE jobs_stretch_of_days(below, walked, rows * 1.5, total) END;
      IF (stretch).finish >= below THEN  -- the walk went further already
        stretch := NULL;
      END IF;
      EXIT WHEN plan.cost * CASE WHEN stretch IS NULL THEN 1 ELSE least(rows * 1.5 / total + 0.2, 1) END < least(rows, total - walked) * cost;
    END IF;
  END LOOP;
  plan.filtered := coalesce(plan.filtered && excluded, plan.filtered, excluded);
  IF stretch IS NOT NULL THEN
    hits := hits || CASE WHEN by_pay
      THEN jobs_find_by_pay(plan.sought && stretch.query, plan.filtered, below, most - cardinality(hits), posted_from, seen_from, hidden, titled, phrased,
      workplaces, pay_from, unstated, levels, kinds, fields, guides, employers, aged, lacking)
      ELSE jobs_find_by_day(plan.sought && stretch.query, plan.filtered, below, most - cardinality(hits), posted_from, seen_from, hidden, titled, phrased,
      workplaces, pay_from, unstated, levels, kinds, fields, guides, employers, aged, lacking) END;
    IF cardinality(hits) >= most OR (NOT by_pay AND (stretch.finish).posted_at <= posted_from) THEN
      RETURN hits;
    END IF;
    below := stretch.finish;
  END IF;
  RETURN hits || CASE WHEN by_pay
    THEN jobs_find_by_pay(plan.sought, plan.filtered, below, most - cardinality(hits), posted_from, seen_from, hidden, titled, phrased,
      workplaces, pay_from, unstated, levels, kinds, fields, guides, employers, aged, lacking)
    ELSE jobs_find_by_day(plan.sought, plan.filtered, below, most - cardinality(hits), posted_from, seen_from, hidden, titled, phrased,
      workplaces, pay_from, unstated, levels, kinds, fields, guides, employers, aged, lacking) END;
END
$$;

-- Hits beside each choice: facet, value, number. Pay by step (NULL: not stated in dollars), age by place among `ages`, 30 employers.
CREATE FUNCTION jobs_tally(hits jobs_hit[], ages timestamptz[]) RETURNS TABLE (facet text, value bigint, jobs bigint)
LANGUAGE sql STABLE SET enable_sort = off SET jit = off AS $$
  WITH hit AS MATERIALIZED (
    SELECT hit.workplace, jobs_pay_step(hit.pay) AS pay, hit.level, hit.kind, hit.field_id, hit.guide_id, hit.employer_id,
      width_bucket(hit.posted_at, ages) AS age
    FROM unnest(hits) AS hit
  ), counted AS (
    SELECT GROUPING(workplace, pay, level, kind, field_id, guide_id, employer_id, age) AS facet,
      coalesce(workplace, pay, level, kind, field_id, guide_id, employer_id, age) AS value, count(*) AS jobs
    FROM hit
    GROUP BY GROUPING SETS (workplace, pay, level, kind, field_id, guide_id, employer_id, age)
  )
  SELECT name, value, jobs FROM counted
  JOIN (VALUES (127, 'workplace'), (191, 'pay'), (223, 'level'), (239, 'kind'), (247, 'field'), (251, 'guide'), (254, 'age')) AS names (number, name)
    ON number = counted.facet
  UNION ALL
  (SELECT 'employer', value, jobs FROM counted WHERE counted.facet = 253 ORDER BY jobs DESC, value LIMIT 30)
$$;

-- The same for the facets in which something is chosen, each among the hits that lack nothing else.
CREATE FUNCTION jobs_tally_near(hits jobs_hit[], chosen text[], ages timestamptz[]) RETURNS TABLE (facet text, value bigint, jobs bigint)
LANGUAGE sql STABLE AS $$
  WITH hit AS MATERIALIZED (SELECT hit.* FROM unnest(hits) AS hit)
  SELECT 'workplace', workplace, count(*) FROM hit WHERE 'workplace' = ANY (chosen) AND lacks IN (0, 1) GROUP BY workplace
  UNION ALL
  SELECT 'pay', jobs_pay_step(pay), count(*) FROM hit WHERE 'pay' = ANY (chosen) AND lacks IN (0, 2) GROUP BY jobs_pay_step(pay)
  UNION ALL
  SELECT 'level', level, count(*) FROM hit WHERE 'level' = ANY (chosen) AND lacks IN (0, 4) GROUP BY level
  UNION ALL
  SELECT 'kind', kind, count(*) FROM hit WHERE 'kind' = ANY (chosen) AND lacks IN (0, 8) GROUP BY kind
  UNION ALL
  SELECT 'field', field_id, count(*) FROM hit WHERE 'field' = ANY (chosen) AND lacks IN (0, 16) GROUP BY field_id
  UNION ALL
  SELECT 'guide', guide_id, count(*) FROM hit WHERE 'guide' = ANY (chosen) AND lacks IN (0, 32) GROUP BY guide_id
  UNION ALL (
    SELECT 'employer', employer_id, count(*) FROM hit WHERE 'employer' = ANY (chosen) AND lacks IN (0, 64) GROUP BY employer_id
    ORDER BY count(*) DESC, employer_id LIMIT 30)
  UNION ALL
  SELECT 'age', width_bucket(posted_at, ages), count(*) FROM hit WHERE 'age' = ANY (chosen) AND lacks IN (0, 128)
  GROUP BY width_bucket(posted_at, ages)
$$;

-- One search, as facet, value, number: ('total', 0, hits, at most `most`); ('page', job, place) for `size` jobs after `skip`; the
-- hits beside each choice of each facet. `parts` must all be there: words, place and the like, then the chosen facets. `near`, where
-- something is chosen in a facet, is the same with at most one facet left out; its hits give the numbers of those facets, as
-- 'near workplace', …, over half as many hits. The first `fixed` of either are no facets; what is chosen comes as values, too.
CREATE FUNCTION jobs_search(
  parts tsquery[], near tsquery[], fixed int, excluded tsquery, sort text, most int, skip int, size int,
  seen_from timestamptz, hidden bigint[], titled tsquery, phrased tsquery, ages timestamptz[], chosen text[],
  workplaces smallint[], pay_from int, unstated boolean, levels smallint[], kinds smallint[], fields bigint[], guides bigint[],
  employers bigint[], aged timestamptz
) RETURNS TABLE (facet text, value bigint, jobs bigint) LANGUAGE plpgsql STABLE SET jit = off AS $$
DECLARE
  hits jobs_hit[];
BEGIN
  hits := jobs_collect(parts, fixed, excluded, sort = 'pay', most, coalesce(aged, '-infinity'), seen_from, hidden,
    titled, phrased, workplaces, pay_from, unstated, levels, kinds, fields, guides, employers, aged, '{0}');
  RETURN QUERY SELECT 'total', 0::bigint, cardinality(hits)::bigint;
  IF sort = 'best' THEN
    RETURN QUERY
      SELECT 'page', page.job_id, skip + row_number() OVER () FROM (
        SELECT hit.job_id FROM unnest(hits) WITH ORDINALITY AS hit ORDER BY hit.score DESC, hit.ordinality LIMIT size OFFSET skip) AS page;
  ELSE
    RETURN QUERY
      SELECT 'page', hit.job_id, skip + hit.ordinality FROM unnest(hits[skip + 1 : skip + size]) WITH ORDINALITY AS hit;
  END IF;
  RETURN QUERY SELECT * FROM jobs_tally(hits, ages);
  IF cardinality(chosen) > 0 THEN
    hits := jobs_collect(near, fixed, excluded, false, most / 2, '-infinity', seen_from, hidden, NULL, NULL,
      workplaces, pay_from, unstated, levels, kinds, fields, guides, employers, aged, '{0,1,2,4,8,16,32,64,128}');
    RETURN QUERY SELECT 'near', 0::bigint, cardinality(hits)::bigint;
    RETURN QUERY SELECT 'near ' || counted.facet, counted.value, counted.jobs FROM jobs_tally_near(hits, chosen, ages) AS counted;
  END IF;
END
$$;

-- Whoever changes what a search row is made of has it written anew in the same transaction, unless it says that it will ask for
-- that itself (`jobs.search.index.index_once`), which spares writing rows several times.
CREATE FUNCTION jobs_index_inserted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('jobs.index_later', true), '') <> 'on' THEN
    PERFORM jobs_index(ARRAY(SELECT id FROM new_rows));
  END IF;
  RETURN NULL;
END
$$;
CREATE FUNCTION jobs_index_updated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('jobs.index_later', true), '') <> 'on' THEN
    PERFORM jobs_index(ARRAY(
      SELECT new_rows.id FROM new_rows JOIN old_rows USING (id)
      WHERE (new_rows.title, new_rows.employer_id, new_rows.place, new_rows.place_country, new_rows.workplace, new_rows.anywhere,
          new_rows.countries, new_rows.regions, new_rows.kind, new_rows.level, new_rows.pay_currency, new_rows.year_minimum,
          new_rows.year_maximum, new_rows.guide_id, new_rows.state, new_rows.posted_at, new_rows.first_seen_at, new_rows.duplicate_of_id)
        IS DISTINCT FROM
        (old_rows.title, old_rows.employer_id, old_rows.place, old_rows.place_country, old_rows.workplace, old_rows.anywhere,
          old_rows.countries, old_rows.regions, old_rows.kind, old_rows.level, old_rows.pay_currency, old_rows.year_minimum,
          old_rows.year_maximum, old_rows.guide_id, old_rows.state, old_rows.posted_at, old_rows.first_seen_at, old_rows.duplicate_of_id)
    ));
  END IF;
  RETURN NULL;
END
$$;
CREATE FUNCTION jobs_index_deleted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM jobs_searchrow WHERE job_id IN (SELECT id FROM old_rows);
  RETURN NULL;
END
$$;
CREATE FUNCTION jobs_index_skills() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('jobs.index_later', true), '') <> 'on' THEN
    PERFORM jobs_index(ARRAY(SELECT DISTINCT job_id FROM changed));
  END IF;
  RETURN NULL;
END
$$;
CREATE FUNCTION jobs_index_employers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM jobs_index(ARRAY(
    SELECT job.id FROM jobs_job AS job JOIN new_rows ON new_rows.id = job.employer_id JOIN old_rows ON old_rows.id = new_rows.id
    WHERE job.state = 'open' AND new_rows.name <> old_rows.name));
  RETURN NULL;
END
$$;
CREATE FUNCTION jobs_index_guides_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM jobs_index(ARRAY(SELECT job.id FROM jobs_job AS job JOIN new_rows ON new_rows.guide_id = job.guide_id WHERE job.state = 'open'));
  RETURN NULL;
END
$$;
CREATE FUNCTION jobs_index_guides_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM jobs_index(ARRAY(
    SELECT job.id FROM jobs_job AS job JOIN new_rows ON new_rows.guide_id = job.guide_id JOIN old_rows ON old_rows.guide_id = new_rows.guide_id
    WHERE job.state = 'open' AND (new_rows.field_id, new_rows.title) IS DISTINCT FROM (old_rows.field_id, old_rows.title)));
  RETURN NULL;
END
$$;
CREATE FUNCTION jobs_index_guides_removed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM jobs_index(ARRAY(SELECT job.id FROM jobs_job AS job JOIN old_rows ON old_rows.guide_id = job.guide_id WHERE job.state = 'open'));
  RETURN NULL;
END
$$;

CREATE TRIGGER jobs_index_inserted AFTER INSERT ON jobs_job REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION jobs_index_inserted();
CREATE TRIGGER jobs_index_updated AFTER UPDATE ON jobs_job REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION jobs_index_updated();
CREATE TRIGGER jobs_index_deleted AFTER DELETE ON jobs_job REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION jobs_index_deleted();
CREATE TRIGGER jobs_index_skills_added AFTER INSERT ON jobs_job_skills REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION jobs_index_skills();
CREATE TRIGGER jobs_index_skills_removed AFTER DELETE ON jobs_job_skills REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION jobs_index_skills();
CREATE TRIGGER jobs_index_employers AFTER UPDATE ON jobs_employer REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION jobs_index_employers();
CREATE TRIGGER jobs_index_guides_added AFTER INSERT ON careers_guidelisting REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION jobs_index_guides_added();
CREATE TRIGGER jobs_index_guides_changed AFTER UPDATE ON careers_guidelisting REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION jobs_index_guides_changed();
CREATE TRIGGER jobs_index_guides_removed AFTER DELETE ON careers_guidelisting REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION jobs_index_guides_removed();

-- Jobs that were there before.
SELECT jobs_index(ARRAY(SELECT id FROM jobs_job));
