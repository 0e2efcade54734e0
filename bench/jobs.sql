-- A million invented jobs (:rows), in the order of posting, as years of feeds would leave them. Never near a database that matters.
SET LOCAL jobs.index_later = 'on';
SET LOCAL synchronous_commit = off;
SELECT setseed(0.42);
INSERT INTO jobs_source (name, kind, address, every_hours, is_active, is_trusted, attribution, attribution_url, etag, last_modified, created_at)
VALUES ('bench', 'file', '', 24, false, true, '', '', '', '', now());
INSERT INTO jobs_employer (slug, name, website, about, is_trusted, created_at)
SELECT 'bench-' || n,
  (ARRAY['North', 'Blue', 'Harbor', 'Summit', 'Cedar', 'Iron', 'Green', 'River', 'Stone', 'Clear', 'Bright', 'Silver'])[1 + n % 12] || ' '
  || (ARRAY['Health', 'Systems', 'Works', 'Partners', 'Clinic', 'Labs', 'Foods', 'Energy', 'Logistics', 'Studios', 'Bank', 'Schools', 'Motors',
    'Care', 'Software', 'Dental', 'Union'])[1 + (n / 12) % 17] || ' ' || n, '', '', false, now()
FROM generate_series(1, 20000) AS n;
CREATE TEMP TABLE hiring ON COMMIT DROP AS SELECT id, row_number() OVER (ORDER BY id) AS n FROM jobs_employer WHERE slug LIKE 'bench-%';
CREATE INDEX ON hiring (n);
CREATE TEMP TABLE career ON COMMIT DROP AS SELECT guide_id, title, row_number() OVER (ORDER BY guide_id) AS n FROM careers_guidelisting;
CREATE TEMP TABLE skill ON COMMIT DROP AS SELECT id, row_number() OVER (ORDER BY id) AS n FROM careers_skill;
ANALYZE hiring, career, skill;
INSERT INTO jobs_job (employer_id, source_id, external_id, title, description, summary, place, place_country, workplace, anywhere, countries,
  regions, kind, level, pay_minimum, pay_maximum, pay_currency, pay_period, year_minimum, year_maximum, guide_id, apply_url, apply_email, state,
  posted_at, first_seen_at, last_seen_at, ending, relisted, content_hash, fingerprint)
SELECT hiring.id, (SELECT id FROM jobs_source WHERE name = 'bench'), drawn.n::text,
  CASE WHEN career.title IS NOT NULL
    THEN (ARRAY['', 'Senior ', 'Lead ', 'Junior ', 'Part-time ', 'Remote '])[1 + floor(r3 * 6)::int] || career.title
    ELSE (ARRAY['', '', 'Senior ', 'Lead ', 'Junior ', 'Principal ', 'Assistant ', 'Night ', 'Regional ', 'Staff '])[1 + floor(r3 * 10)::int]
      || (ARRAY['Software', 'Sales', 'Account', 'Nurse', 'Project', 'Product', 'Data', 'Marketing', 'Warehouse', 'Customer', 'Delivery', 'Store',
        'Machine', 'Field', 'Research', 'Patient', 'Finance', 'Legal', 'Kitchen', 'Security', 'Cloud', 'Quality', 'Supply', 'Clinical', 'Dental',
        'Medical', 'Office', 'Solar', 'Web', 'Teaching'])[1 + floor(r1 * 30)::int] || ' '
      || (ARRAY['Manager', 'Engineer', 'Specialist', 'Assistant', 'Analyst', 'Representative', 'Coordinator', 'Technician', 'Director', 'Associate',
        'Developer', 'Consultant', 'Supervisor', 'Operator', 'Administrator', 'Nurse', 'Driver', 'Designer', 'Clerk',
        'Scientist'])[1 + floor(r2 * 20)::int] END,
  '<p>Words of an ad.</p>', 'Words of an ad.',
  CASE WHEN r4 < 0.15 THEN 'Remote' ELSE (ARRAY['New York, NY', 'Chicago, IL', 'Columbus, OH', 'Austin, TX', 'Denver, CO', 'Boston, MA', 'Seattle, WA',
    'Portland, OR', 'Phoenix, AZ', 'Atlanta, GA', 'Dallas, TX', 'Miami, FL', 'London', 'Berlin', 'Toronto, ON', 'Paris', 'Madrid', 'Dublin, OH',
    'Springfield, IL', 'Salem, OR'])[1 + floor(r8 * 20)::int] END,
  CASE WHEN r8 >= 0.6 AND r8 < 0.65 THEN 'GB' WHEN r8 >= 0.65 AND r8 < 0.7 THEN 'DE' WHEN r8 >= 0.7 AND r8 < 0.75 THEN 'CA' ELSE 'US' END,
  CASE WHEN r4 < 0.15 THEN 'remote' WHEN r4 < 0.35 THEN 'hybrid' WHEN r4 < 0.8 THEN 'on_site' ELSE '' END,
  r4 < 0.02,
  CASE WHEN r4 < 0.1 THEN ARRAY['US'] WHEN r4 < 0.12 THEN ARRAY['DE'] ELSE '{}' END,
  CASE WHEN r4 >= 0.12 AND r4 < 0.15 THEN ARRAY['EUROPE'] ELSE '{}' END,
  CASE WHEN r5 < 0.7 THEN 'full_time' WHEN r5 < 0.8 THEN 'part_time' WHEN r5 < 0.86 THEN 'contractor' WHEN r5 < 0.9 THEN 'temporary' ELSE '' END,
  CASE WHEN r6 < 0.25 THEN 'entry' WHEN r6 < 0.55 THEN 'mid' WHEN r6 < 0.75 THEN 'senior' WHEN r6 < 0.82 THEN 'lead' ELSE '' END,
  CASE WHEN r9 < 0.6 THEN 30000 + round(r10 * 90) * 1000 END, CASE WHEN r9 < 0.6 THEN 35000 + round(r10 * 110) * 1000 END,
  CASE WHEN r9 < 0.6 THEN 'USD' ELSE '' END, CASE WHEN r9 < 0.6 THEN 'YEAR' ELSE '' END,
  CASE WHEN r9 < 0.6 THEN 30000 + round(r10 * 90) * 1000 END, CASE WHEN r9 < 0.6 THEN 35000 + round(r10 * 110) * 1000 END,
  career.guide_id, 'https://bench.example/' || drawn.n, '', 'open',
  now() - interval '120 days' * power(1 - drawn.n / :rows::float, 1.5), now() - interval '120 days' * power(1 - drawn.n / :rows::float, 1.5), now(),
  '', 0, md5(drawn.n::text), md5(drawn.n::text)
FROM (
  SELECT n, power(random(), 2) AS r1, random() AS r2, random() AS r3, random() AS r4, random() AS r5, random() AS r6, power(random(), 2.2) AS r7,
    power(random(), 2) AS r8, random() AS r9, random() AS r10
  FROM generate_series(1, :rows) AS n) AS drawn
JOIN hiring ON hiring.n = 1 + floor(r7 * 20000)::int
LEFT JOIN career ON r9 < 0.25 AND career.n = 1 + floor(r2 * (SELECT count(*) FROM career))::int
ORDER BY drawn.n;
INSERT INTO jobs_job_skills (job_id, skill_id)
SELECT DISTINCT job.id, skill.id FROM (SELECT id, generate_series(1, 4), power(random(), 1.5) AS r FROM jobs_job) AS job
JOIN skill ON skill.n = 1 + floor(job.r * (SELECT count(*) FROM skill))::int;
