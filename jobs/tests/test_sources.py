"""Every kind of source is read from answers of its true shape; what is broken is left out, what is strange is refused."""

import json
import random
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from jobs.choices import Kind, Level, PayPeriod, SourceKind, Workplace
from jobs.listing import Listing, Pay, Reach, Rejected, UnreadableFeed
from jobs.sources import file, reader_of
from jobs.tests.feeds import ADDRESSES, KINDS, body, envelope, job, page, three

YEAR = PayPeriod.YEAR
NO_ANNUAL = {"annualSalaryMin": ..., "annualSalaryMax": ...}


def feed_of(kind, raw, address=None):
    return reader_of(SourceKind(kind))(raw, address=ADDRESSES[kind] if address is None else address)


def items_of(kind, *jobs, address=None):
    return list(feed_of(kind, body(kind, list(jobs)), address).items)


def one(kind, *, address=None, **changed):
    """The only listing of an answer whose only job has these fields changed."""
    (found,) = items_of(kind, job(kind, **changed), address=address)
    assert isinstance(found, Listing), found
    return found


def pay(low, high, currency="USD", period=YEAR):
    return Pay(currency, period, low and Decimal(low), high and Decimal(high))


def at(*when):
    return datetime(*when, tzinfo=UTC)


def reach(*countries, regions=()):
    return Reach(countries=frozenset(countries), regions=frozenset(regions))


# --- all kinds
def test_every_kind_has_a_reader_and_a_sample():
    assert set(KINDS) == set(SourceKind.values)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_states_what_every_job_needs(kind):
    found = list(feed_of(kind, body(kind, three(kind))).items)
    assert len({listing.external_id for listing in found}) == 3
    for listing in found:
        assert listing.title.startswith(("Welder", "Schweißer"))
        assert listing.employer.casefold().startswith("acme")
        assert listing.apply_url.startswith("https://")
        assert listing.description
        assert listing.posted
        assert listing.kind == Kind.FULL_TIME


@pytest.mark.parametrize("broken", [{}, None, 7, "text", [], {"id": {}}, {"title": ["x"]}], ids=str)
@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"jobposting"}))
def test_a_broken_item_is_rejected_and_the_others_stay(kind, broken):
    first, _, last = three(kind)
    found = items_of(kind, first, broken, last)
    assert [type(one) for one in found] == [Listing, Rejected, Listing]
    assert found[1].which.startswith("Item 2")
    assert found[1].why.startswith("Left out because it")


@pytest.mark.parametrize("field", ["title", "hiringOrganization", "identifier"])
def test_a_broken_posting_is_rejected_and_the_others_stay(field):
    first, second, last = three("jobposting")
    found = items_of("jobposting", first, {**second, field: None, "url": None}, last)
    assert [type(one) for one in found] == [Listing, Rejected, Listing]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://a.example/", "", None, 7, "/jobs/1", "https://bank.example@evil.example/"]
)
@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("jobicy", "url"), ("remotive", "url"), ("arbeitnow", "url"), ("himalayas", "applicationLink"), ("greenhouse", "absolute_url"),
        ("lever", "hostedUrl"), ("ashby", "jobUrl"), ("weworkremotely", "link"), ("file", "apply_url"),
    ],
)  # fmt: skip
def test_a_job_without_a_proper_address_is_rejected(kind, field, address):
    (found,) = items_of(kind, job(kind, **{field: address}))
    assert isinstance(found, Rejected)
    assert "address to apply" in found.why


@pytest.mark.parametrize(
    "raw",
    [
        b"", b" \n", b"<!DOCTYPE html><html><body>Just a moment</body></html>", b'{"jobs": [{"id": 1', b"null", b"7", b'"text"', b"jobs",
        b"[" * 100_000, b'{"jobs":' * 100_000, b"\x00\x01\x02", b"\xff\xfe{\x00", b'{"error": "rate limited"}', b'{"jobs": {"id": 1}}',
        b'{"jobs": null, "data": null}', b"<rss></rss>", b"<a>" * 100_000, b"<feed><entry/></feed>", b"NaN", b"1" * 5000,
    ],
    ids=lambda raw: raw[:20],
)  # fmt: skip
@pytest.mark.parametrize("kind", KINDS)
def test_another_shape_is_refused_in_words(kind, raw):
    with pytest.raises(UnreadableFeed) as refusal:
        list(feed_of(kind, raw).items)
    assert 10 < len(str(refusal.value)) < 400


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"weworkremotely"}))
def test_strange_numbers_are_unknown_and_harm_nothing(kind):
    for strange in ("NaN", "Infinity", "-Infinity", "9" * 5000, "1e999999", "-1", "0", "1e400", "0." + "1" * 5000):
        raw = json.dumps(envelope(kind, three(kind)))
        for number in ("6000000", "8000000", "60000", "80000", "30000", "40000", "1786807824", "1785798080", "1782821535482"):
            raw = raw.replace(number, strange)
        found = list(feed_of(kind, raw.encode()).items)
        assert [type(one) for one in found] == [Listing] * 3, strange
        for listing in found:
            if listing.pay:
                assert all(bound is None or bound > 0 for bound in (listing.pay.minimum, listing.pay.maximum))


@pytest.mark.parametrize("kind", KINDS)
def test_mangled_answers_are_read_or_refused(kind):
    chance = random.Random(kind)
    whole = page(*three(kind)) if kind == "jobposting" else body(kind, three(kind))
    values = [None, 0, -1, 1.5, True, "", "x" * 3000, [], {}, [[]], [None], {"name": {}}, "\ud800\0", 10**400, ["€"], [{"@type": []}]]
    for _ in range(150):
        read_or_refused(kind, mangled(chance, whole))
        if kind != "weworkremotely":
            read_or_refused(kind, json.dumps(envelope(kind, swapped(chance, three(kind), values))).encode())


def read_or_refused(kind, raw):
    try:
        found = list(feed_of(kind, raw).items)
    except UnreadableFeed:
        return
    for one in found:
        assert isinstance(one, Listing | Rejected)
        assert not isinstance(one, Listing) or (one.title and one.employer and one.external_id and one.apply_url)


def mangled(chance, whole):
    raw = bytearray(whole)
    for _ in range(chance.randrange(1, 6)):
        at_byte = chance.randrange(len(raw))
        match chance.randrange(4):
            case 0:
                raw[at_byte] = chance.randrange(256)
            case 1:
                del raw[at_byte : at_byte + chance.randrange(1, 40)]
            case 2:
                raw[at_byte:at_byte] = raw[at_byte : at_byte + 60]
            case _:
                raw[at_byte:at_byte] = chance.choice([b"{", b"]", b"\0", b'"', b"<", b"&#0;", b"\xf0\x9f", b"<![CDATA[", b"<!", b"1e9"])
        if not raw:
            break
    return bytes(raw)


def swapped(chance, value, values):
    """The value with some parts replaced by other types."""
    if chance.random() < 0.06:
        return chance.choice(values)
    if isinstance(value, dict):
        return {name: swapped(chance, inner, values) for name, inner in value.items() if chance.random() > 0.03}
    return [swapped(chance, inner, values) for inner in value] if isinstance(value, list) else value


def test_json_that_is_cut_off_is_not_called_something_else():
    with pytest.raises(UnreadableFeed, match=r"^The JSON is broken or cut off: "):
        feed_of("jobicy", b'{"jobs": [{"id": 1')


# --- Jobicy
@pytest.mark.parametrize(
    ("changed", "stated"),
    [
        ({}, pay(60_000, 80_000)),
        ({"annualSalaryMin": "", "annualSalaryMax": "80000"}, pay(None, 80_000)),
        (NO_ANNUAL, None),
        ({"annualSalaryMin": "0", "annualSalaryMax": "0"}, None),
        ({"annualSalaryMin": "90000"}, None),
        ({"salaryCurrency": ...}, None),
        ({**NO_ANNUAL, "salaryMin": 30, "salaryMax": 45, "salaryPeriod": "hourly"}, pay(30, 45, period=PayPeriod.HOUR)),
        ({**NO_ANNUAL, "salaryMin": 60000, "salaryMax": 80000, "salaryPeriod": "yearly"}, pay(60_000, 80_000)),
        ({**NO_ANNUAL, "salaryMin": 60000, "salaryMax": 80000}, None),
    ],
)  # fmt: skip
def test_jobicy_pay_in_all_versions(changed, stated):
    assert one("jobicy", **changed).pay == stated


@pytest.mark.parametrize("date", ["2024-12-07 04:10:26", "2024-12-07T04:10:26+00:00", "2024-12-07T05:10:26+01:00"])
def test_jobicy_dates_without_zone_are_utc(date):
    assert one("jobicy", pubDate=date).posted == at(2024, 12, 7, 4, 10, 26)


def test_jobicy_words():
    listing = one("jobicy", jobType=["Full-Time"])
    assert listing.title == "Welder & Fitter"
    assert (listing.kind, listing.level, listing.workplace) == (Kind.FULL_TIME, Level.SENIOR, Workplace.REMOTE)
    assert listing.reach == reach("CA", "US", regions=["LATAM"])
    assert one("jobicy", jobGeo="Anywhere", jobLevel="Any").reach == Reach(anywhere=True)
    assert one("jobicy", jobLevel="Any").level is None


# --- Remotive
@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("$75k - $95k", pay(75_000, 95_000)), ("$31,2k- $52k", pay(31_200, 52_000)), ("OTE $25k - $35k", None), ("", None), (None, None),
        ("$40 - $60 /hour", pay(40, 60, period=PayPeriod.HOUR)), ("€50k", pay(50_000, 50_000, "EUR")), ("competitive", None), ("$0", None),
        ("$40 - $60k", pay(40_000, 60_000)), ("$20", None), ("up to $90,000", pay(None, 90_000)),
    ],
)  # fmt: skip
def test_remotive_pay_is_text(text, stated):
    assert one("remotive", salary=text).pay == stated


def test_remotive_words():
    listing = one("remotive")
    assert (listing.reach, listing.skills, listing.posted) == (reach("US", "CA"), ("TIG", "MIG"), at(2026, 5, 15, 14, 0, 51))
    assert feed_of("remotive", body("remotive", [], **{"00-warning": "x"})).attribution == "Remotive"


# --- Arbeitnow
@pytest.mark.parametrize(
    ("types", "kind", "level"),
    [
        (["Vollzeit", "berufserfahren"], Kind.FULL_TIME, Level.MID), (["Teilzeit"], Kind.PART_TIME, None), ([], None, None),
        (["Praktikum", "Student"], Kind.INTERN, Level.ENTRY), (["Werkstudent"], Kind.PART_TIME, None), (None, None, None),
        (["berufseinstieg"], None, Level.ENTRY), (["Führungskraft"], None, Level.LEAD), (["befristet"], Kind.TEMPORARY, None),
    ],
)  # fmt: skip
def test_arbeitnow_reads_german_types(types, kind, level):
    listing = one("arbeitnow", job_types=types)
    assert (listing.kind, listing.level) == (kind, level)


def test_arbeitnow_places_and_pages():
    listing = one("arbeitnow")
    assert (listing.place_country, listing.workplace, listing.reach) == ("DE", None, Reach())
    assert one("arbeitnow", remote=True, location="Germany").reach == reach("DE")
    next_page = "https://www.arbeitnow.com/api/job-board-api?page=2"
    assert feed_of("arbeitnow", body("arbeitnow", [], links={"next": next_page})).more == next_page
    for elsewhere in ("https://evil.example/?page=2", "http://www.arbeitnow.com/api/job-board-api?page=2", ADDRESSES["arbeitnow"], 7):
        assert feed_of("arbeitnow", body("arbeitnow", [], links={"next": elsewhere})).more == ""


# --- Himalayas
@pytest.mark.parametrize("moment", [1785798080, 1785798080000, 1785798080.9])
def test_himalayas_time_is_in_seconds_or_milliseconds(moment):
    assert one("himalayas", pubDate=moment).posted == datetime.fromtimestamp(1785798080, UTC)


@pytest.mark.parametrize(
    ("changed", "stated"),
    [
        ({}, pay(60_000, 80_000)), ({"salaryPeriod": ...}, pay(60_000, 80_000)), ({"salaryPeriod": None}, None),
        ({"minSalary": None, "maxSalary": None}, None), ({"minSalary": 0, "maxSalary": 0}, None), ({"currency": None}, None),
        ({"minSalary": 20, "maxSalary": 30, "salaryPeriod": ...}, None),
        ({"minSalary": 20, "maxSalary": 30, "salaryPeriod": "hourly"}, pay(20, 30, period=PayPeriod.HOUR)),
    ],
)  # fmt: skip
def test_himalayas_pay(changed, stated):
    assert one("himalayas", **changed).pay == stated


def test_himalayas_reach_level_and_pages():
    assert one("himalayas").level == Level.MID
    assert one("himalayas", locationRestrictions=[]).reach == Reach(anywhere=True)
    assert one("himalayas", locationRestrictions=...).reach == Reach()
    assert one("himalayas", locationRestrictions=[{"name": "Kenya"}, "Ghana"]).reach == reach("KE", "GH")
    more = feed_of("himalayas", body("himalayas", three("himalayas"), offset=0, limit=20, totalCount=9)).more
    assert more == "https://himalayas.app/jobs/api?limit=20&offset=3"
    assert feed_of("himalayas", body("himalayas", three("himalayas"), offset=6, limit=20, totalCount=9)).more == ""


# --- Greenhouse
def test_greenhouse_fields():
    listing = one("greenhouse")
    assert (listing.external_id, listing.place_country, listing.workplace) == ("5311686008", "CA", Workplace.REMOTE)
    assert (listing.reach, listing.pay) == (reach("CA"), pay(60_000, 80_000, "CAD"))
    assert (listing.posted, listing.updated) == (at(2026, 7, 10, 20, 15, 41), at(2026, 7, 14, 22, 35))
    assert one("greenhouse", metadata=[{"name": "Location Type", "value": "Hybrid"}]).workplace == Workplace.HYBRID
    assert one("greenhouse", metadata=None, location={"name": "Lyon, France"}).workplace is None
    assert one("greenhouse", company_name=...).employer == "acme"
    assert one("greenhouse", company_name=..., address=ADDRESSES["greenhouse"] + "#Acme%20Robotics").employer == "Acme Robotics"


def test_greenhouse_pay_of_several_places_is_left():
    ranges = [{"min_cents": 1, "max_cents": 2, "currency_type": "USD", "title": "Annual"}] * 2
    assert one("greenhouse", pay_input_ranges=ranges).pay is None
    assert one("greenhouse", pay_input_ranges=[{**ranges[0], "title": "Pay range", "max_cents": 9_000_000}]).pay is None


def test_a_greenhouse_board_is_whole_unless_it_was_cut():
    assert feed_of("greenhouse", body("greenhouse", three("greenhouse"), meta={"total": 3})).is_whole
    assert not feed_of("greenhouse", body("greenhouse", three("greenhouse"), meta={"total": 4})).is_whole


# --- Lever
def test_lever_fields():
    listing = one("lever")
    assert (listing.employer, listing.place_country, listing.workplace) == ("Acme Robotics", "GB", Workplace.REMOTE)
    assert (listing.pay, listing.reach) == (pay(30_000, 40_000, "GBP"), reach("GB"))
    assert listing.posted == datetime.fromtimestamp(1782821535, UTC)
    assert "<h3>Tools &amp; More</h3><ul><li>Torch</li><li>Mask</li></ul>" in listing.description
    assert listing.description.endswith("<p>We are fair.</p>")
    assert one("lever", categories={"commitment": "Permanent"}).kind is None
    assert isinstance(items_of("lever", job("lever"), address="https://api.lever.co/v0/")[0], Rejected)


def test_a_part_of_a_lever_board_is_not_whole():
    raw = body("lever", three("lever"))
    assert feed_of("lever", raw).is_whole
    assert not feed_of("lever", raw, "https://api.lever.co/v0/postings/acme?limit=3").is_whole


# --- Ashby
def test_ashby_fields():
    listing = one("ashby")
    assert (listing.employer, listing.pay, listing.reach) == ("acme", pay(60_000, 80_000), reach("US"))
    assert (listing.workplace, listing.kind, listing.place_country) == (Workplace.REMOTE, Kind.FULL_TIME, "US")
    assert items_of("ashby", job("ashby", isListed=False)) == []


def test_ashby_pay_that_is_no_base_pay_or_not_to_be_shown_is_left():
    compensation = job("ashby")["compensation"]
    earned = {**compensation, "compensationTiers": [{"components": [{"summary": "OTE $168K – $231K", "compensationType": "Salary"}]}]}
    assert one("ashby", compensation=earned).pay is None
    assert one("ashby", shouldDisplayCompensationOnJobPostings=False).pay is None
    assert one("ashby", compensation=None).pay is None


# --- We Work Remotely
def test_weworkremotely_fields():
    listing = one("weworkremotely")
    assert (listing.employer, listing.title) == ("Acme", "Welder: Night Shift")
    assert (listing.reach, listing.skills) == (Reach(anywhere=True), ("TIG", "MIG"))
    assert listing.posted == at(2026, 7, 7, 20, 47, 9)
    assert one("weworkremotely", region="USA Only").reach == reach("US")
    assert one("weworkremotely", region="", country="🇩🇪 Germany").reach == reach("DE")


@pytest.mark.parametrize("title", ["Welder", "Acme:Welder", ": Welder", "Acme: ", ""])
def test_weworkremotely_titles_need_an_employer(title):
    assert isinstance(items_of("weworkremotely", job("weworkremotely", title=title))[0], Rejected)


BOMB = (
    '<?xml version="1.0"{}?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<rss><channel><item><title>&b;: x</title></item></channel></rss>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_xml_with_entities_of_its_own_is_refused(encoding):
    with pytest.raises(UnreadableFeed):
        feed_of("weworkremotely", BOMB.format("").encode(encoding))


def test_xml_that_reads_files_is_refused():
    raw = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><item><title>A: &x;</title></item></channel></rss>'
    with pytest.raises(UnreadableFeed, match="document type"):
        feed_of("weworkremotely", raw)


# --- JobPosting
def postings(*values, address=None):
    return list(feed_of("jobposting", page(*values), address).items)


def test_jobposting_fields():
    (listing,) = postings(job("jobposting"))
    assert (listing.external_id, listing.title, listing.employer) == ("7793185", "Welder", "Acme")
    assert (listing.place, listing.place_country, listing.kind) == ("Lyon, FR", "FR", Kind.FULL_TIME)
    assert (listing.pay, listing.skills) == (pay(30_000, 40_000, "EUR"), ("TIG", "MIG"))
    assert (listing.posted, listing.valid_through) == (at(2026, 5, 26), at(2026, 12, 31, 23, 59, 59))
    assert (listing.workplace, listing.reach) == (None, Reach())


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda posting: posting,
        lambda posting: [posting],
        lambda posting: {"@context": "https://schema.org", "@graph": [{"@type": "FAQPage"}, posting]},
        lambda posting: {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "position": 1, "item": posting}]},
        lambda posting: {"items": [{"id": "1", "url": "https://acme.example/jobs/1", "_jobposting": {**posting, "url": ...}}]},
    ],
)
def test_a_posting_is_found_wherever_it_is(wrapped):
    def plain(value):
        if isinstance(value, dict):
            return {name: plain(inner) for name, inner in value.items() if inner is not ...}
        return [plain(inner) for inner in value] if isinstance(value, list) else value

    value = plain(wrapped(job("jobposting", **{"@type": ["JobPosting", "Thing"]})))
    for found in (postings(value), list(feed_of("jobposting", json.dumps(value).encode()).items)):
        assert [one.title for one in found] == ["Welder"]


def test_a_broken_script_spoils_only_itself():
    found = postings(job("jobposting"), '{"@type": "JobPosting", "title": ', {"@type": "FAQPage"})
    assert sorted(type(one).__name__ for one in found) == ["Listing", "Rejected"]


@pytest.mark.parametrize(
    ("base", "stated"),
    [
        ({"currency": "EUR", "value": {"value": 20, "unitText": "HOUR"}}, pay(20, 20, "EUR", PayPeriod.HOUR)),
        ({"currency": "EUR", "value": 20}, None), ("100000", None), (100000, None), (None, None), ([], None), ({"value": []}, None),
        ({"currency": "EUR", "value": {"minValue": 0, "maxValue": 0, "unitText": "YEAR"}}, None),
        ({"currency": "EUR", "value": {"minValue": "30000", "unitText": "YEAR"}}, pay(30_000, None, "EUR")),
    ],
)  # fmt: skip
def test_jobposting_pay(base, stated):
    assert postings(job("jobposting", baseSalary=base))[0].pay == stated


def test_a_remote_posting_says_who_may_apply():
    wanted = [{"@type": "Country", "name": "USA"}, {"@type": "State", "name": "Ontario"}]
    (listing,) = postings(job("jobposting", jobLocationType="TELECOMMUTE", applicantLocationRequirements=wanted))
    assert (listing.workplace, listing.reach) == (Workplace.REMOTE, reach("US"))


def test_a_posting_alone_on_its_page_has_the_pages_address():
    (listing,) = postings(job("jobposting", url=..., identifier=...), address="https://acme.example/jobs/9#Acme")
    assert listing.apply_url == listing.external_id == "https://acme.example/jobs/9"


# --- our own file
CSV = (
    "id,title,employer,apply_url,place,skills,reach,pay_minimum,pay_maximum,pay_currency,pay_period\r\n"
    '1,Welder,"Acme, Inc.",https://acme.example/1,"Lyon, France",TIG; MIG,France; Belgium,30000,"40,000",EUR,year\r\n'
    "2,Fitter,Acme\r\n"
    "3,Fitter,Acme,https://acme.example/3,,,,,,,,too,many\r\n"
    '4,Fitter,Acme,https://acme.example/4,"two\nlines",,,,,,\r\n'
)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_csv_is_read_and_bad_rows_are_rejected(mark):
    found = list(feed_of("file", (mark + CSV).encode()).items)
    assert [type(one) for one in found] == [Listing, Rejected, Rejected, Listing]
    first = found[0]
    assert (first.employer, first.skills, first.reach) == ("Acme, Inc.", ("TIG", "MIG"), reach("FR", "BE"))
    assert (first.pay, first.place_country) == (pay(30_000, 40_000, "EUR"), "FR")
    assert found[3].place == "two lines"


def test_csv_may_be_split_by_semicolons_or_tabs():
    for delimiter in ";\t":
        raw = (
            delimiter.join(["ID", " Title ", "employer", "apply_url"])
            + "\n"
            + delimiter.join(["1", "Welder", "Acme", "https://a.example/1"])
        )
        assert [one.title for one in feed_of("file", raw.encode()).items] == ["Welder"]


@pytest.mark.parametrize("raw", [b"id,title\n1,Welder", b"id,title,employer,apply_url\n", b'id,title,employer,apply_url\n1,"open'])
def test_csv_that_is_none_of_ours_is_refused(raw):
    with pytest.raises(UnreadableFeed, match="CSV"):
        feed_of("file", raw)


def test_a_job_of_ours_may_take_applications_by_email():
    (listing,) = items_of("file", job("file", apply_email="hiring@acme.example", apply_url=""))
    assert (listing.apply_email, listing.apply_url) == ("hiring@acme.example", "")
    (both,) = items_of("file", job("file", apply_email="hiring@acme.example"))
    assert both.apply_email
    assert both.apply_url
    raw = b"id,title,employer,apply_email\n1,Welder,Acme,hiring@acme.example\n2,Fitter,Acme,\n"
    first, second = feed_of("file", raw).items
    assert first.apply_email == "hiring@acme.example"
    assert isinstance(second, Rejected)


@pytest.mark.parametrize(
    "email",
    [
        "nobody",
        "a@b",
        "a@acme.example\nBcc: all@acme.example",
        "a b@acme.example",
        ["a@acme.example"],
        7,
        {"a": 1},
        "x" * 400 + "@a.example",
    ],
)
def test_an_address_that_is_none_rejects_the_job(email):
    (found,) = items_of("file", job("file", apply_email=email))
    assert isinstance(found, Rejected)
    assert "email address" in found.why


def test_json_of_ours():
    listing = one("file")
    assert (listing.pay, listing.reach, listing.place_country) == (pay(30_000, 40_000, "EUR"), reach("FR", "BE"), "FR")
    assert (listing.workplace, listing.kind, listing.level) == (Workplace.HYBRID, Kind.FULL_TIME, Level.SENIOR)
    assert (listing.updated, listing.valid_through) == (at(2026, 6, 1, 8), at(2026, 12, 31, 23, 59, 59))
    part = feed_of("file", body("file", three("file"), is_whole=False, attribution="Acme"))
    assert (part.is_whole, part.attribution) == (False, "Acme")
    assert feed_of("file", body("file", [])).is_whole


def test_a_crawl_of_many_greenhouse_boards_is_read():
    crawled = [
        {"company": "acme", "company_slug": "acme", "title": " Welder ", "location": "Lyon, France", "url": "https://a.example/1",
         "absolute_url": "https://a.example/1", "departments": [], "id": 4726959101, "updated_at": "2025-12-18T06:48:42-05:00"},
        {"company": "acme", "title": "Fitter", "location": None, "url": "https://a.example/2", "id": 2},
    ]  # fmt: skip
    first, second = feed_of("file", json.dumps(crawled).encode()).items
    assert (first.external_id, first.title, first.employer, first.place_country) == ("4726959101", "Welder", "acme", "FR")
    assert (first.posted, first.updated) == (None, at(2025, 12, 18, 11, 48, 42))
    assert (second.place, second.place_country) == ("", "")


# --- our own format: applying by email -------------------------------------------------------------
def _own(**changes):
    body = json.dumps([{"id": "1", "title": "Welder", "employer": "Acme", **changes}]).encode()
    return next(iter(file.read(body, address="").items))


def test_a_job_may_be_applied_for_by_email():
    listing = _own(apply_email=" jobs@acme.example ")
    assert (listing.apply_url, listing.apply_email) == ("", "jobs@acme.example")
    both = _own(apply_email="jobs@acme.example", apply_url="https://acme.example/1")
    assert (both.apply_url, both.apply_email) == ("https://acme.example/1", "jobs@acme.example")


@pytest.mark.parametrize(
    "email", ["jobs", "a@b", "x@acme.example\nBcc: y@acme.example", ["jobs@acme.example"], "a" * 250 + "@acme.example"]
)
def test_what_is_no_email_address_is_refused(email):
    assert "apply_email" in _own(apply_email=email, apply_url="https://acme.example/1").why


def test_a_table_may_have_emails_in_place_of_addresses():
    (listing,) = file.read(b"id,title,employer,apply_email\n1,Welder,Acme,jobs@acme.example", address="").items
    assert listing.apply_email == "jobs@acme.example"
