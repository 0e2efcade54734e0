-- Made-up jobs for the benchmark: :rows of them, words by a skewed draw, so that some are common and most are rare.
INSERT INTO jobs_source (name, kind, address, every_hours, is_active, is_trusted, attribution, attribution_url, etag, last_modified, created_at)
  VALUES ('bench', 'file', '', 24, false, true, '', '', '', '', now()) ON CONFLICT DO NOTHING;
INSERT INTO jobs_employer (slug, name, website, about, is_trusted, created_at)
  SELECT 'bench-' || n, initcap((ARRAY['harbor','summit','cedar','lake','north','river','maple','stone','bright','field'])[1 + n % 10]) || ' ' ||
    initcap((ARRAY['health','logistics','software','dental','energy','retail','labs','foods','media','works'])[1 + n / 10 % 10]) || ' ' || n, '', '', true, now()
  FROM generate_series(1, 5000) n ON CONFLICT DO NOTHING;
INSERT INTO jobs_job (employer_id, source_id, external_id, title, description, summary, place, place_country, workplace, anywhere, countries, regions,
    kind, level, pay_minimum, pay_maximum, pay_currency, pay_period, year_minimum, year_maximum, guide_id, apply_url, apply_email, state, posted_at,
    first_seen_at, last_seen_at, relisted, content_hash, fingerprint)
  SELECT e.first + (5000 * power(r2, 2.5))::int % 5000, s.id, n::text,
    (ARRAY['Senior ','Junior ','Lead ','','','','',''])[1 + (r1 * 8)::int % 8]
      || (ARRAY['Software','Medical','Sales','Customer','Data','Marketing','Warehouse','Nurse','Office','Electrical','Kite','Backend','Product','Finance','Solar'])[1 + (15 * power(r3, 2))::int % 15] || ' '
      || (ARRAY['Engineer','Specialist','Manager','Assistant','Analyst','Technician','Representative','Developer','Coordinator','Installer','Bookkeeper','Designer','Hygienist','Teacher'])[1 + (14 * power(r4, 1.7))::int % 14]
      || CASE WHEN r5 < 0.3 THEN ' (' || (ARRAY['night shift','part time','bilingual','contract','python','cobol','icu','field','remote','hybrid'])[1 + (r5 * 33)::int % 10] || ')' ELSE '' END,
    '', 'You would do the work that this title names.', c.place, c.country, w.workplace, w.workplace = 'remote' AND r6 < 0.2,
    CASE WHEN w.workplace = 'remote' AND r6 >= 0.2 THEN ARRAY[c.country] ELSE '{}' END, '{}',
    (ARRAY['full_time','full_time','full_time','part_time','contractor','temporary','intern',''])[1 + (r7 * 8)::int % 8],
    (ARRAY['entry','mid','senior','lead','','mid'])[1 + (r1 * 6)::int % 6],
    p.low, p.high, CASE WHEN p.low IS NULL THEN '' ELSE 'USD' END, CASE WHEN p.low IS NULL THEN '' ELSE 'YEAR' END, p.low, p.high,
    CASE WHEN g.ids IS NOT NULL AND r3 < 0.3 THEN g.ids[1 + (r4 * 1000)::int % array_length(g.ids, 1)] END,
    'https://jobs.example/' || n, '', 'open', now() - r8 * interval '60 days', now(), now(), 0, md5(n::text), md5('f' || n)
  FROM (SELECT n, random() r1, random() r2, random() r3, random() r4, random() r5, random() r6, random() r7, random() r8, random() r9
        FROM generate_series(1, :rows) n) d
  CROSS JOIN (SELECT id FROM jobs_source WHERE name = 'bench') s
  CROSS JOIN (SELECT min(id) AS first FROM jobs_employer WHERE slug LIKE 'bench-%') e
  CROSS JOIN (SELECT array_agg(guide_id) AS ids FROM careers_guidelisting) g
  CROSS JOIN LATERAL (SELECT (ARRAY['on_site','on_site','hybrid','remote',''])[1 + (r6 * 5)::int % 5] AS workplace) w
  CROSS JOIN LATERAL (SELECT (ARRAY['Columbus, OH','New York, NY','Berlin, Germany','London, United Kingdom','Toronto, Canada','Austin, TX','Paris, France','Remote','Mumbai, India','Dublin, OH'])[1 + (10 * power(r9, 1.5))::int % 10] AS place,
    (ARRAY['US','US','DE','GB','CA','US','FR','US','IN','US'])[1 + (10 * power(r9, 1.5))::int % 10] AS country) c
  CROSS JOIN LATERAL (SELECT CASE WHEN r5 > 0.45 THEN (30000 + r2 * 90000)::int END AS low, CASE WHEN r5 > 0.45 THEN (40000 + r2 * 130000)::int END AS high) p;
