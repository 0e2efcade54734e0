"""Where one works, and who may apply, from the words of boards."""

import pytest

from jobs.choices import Workplace
from jobs.listing import Reach
from jobs.reading.places import country_of_place, reach_in, read_workplace, workplace_in

REMOTE, HYBRID, ON_SITE = Workplace.REMOTE, Workplace.HYBRID, Workplace.ON_SITE


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ("Berlin, Germany", "DE"), ("Germany", "DE"), ("Berlin", "DE"), ("Berlin, DE", "DE"), ("Berlin (Germany); Munich (Germany)", "DE"),
        ("London, UK", "GB"), ("London, England, United Kingdom", "GB"), ("New York, NY", "US"), ("Austin, Texas, United States", "US"),
        ("San Francisco, CA", "US"), ("Texas", "US"), ("United States - Remote", "US"), ("Remote, USA", "US"), ("US", "US"),
        ("New York, NY (HQ)", "US"),
        ("Bellevue, WA; Menlo Park, CA", "US"), ("Toronto, CA", "CA"), ("Toronto, Ontario, Canada", "CA"),
        ("Bengaluru, Karnataka, India", "IN"),
        ("Paris, TX", "US"), ("Paris, France", "FR"), ("São Paulo", "BR"), ("San Jose, Costa Rica (Hybrid)", "CR"),
        ("Singapore, Singapore", "SG"),
        ("Atlanta, Georgia, United States", "US"), ("Hybrid - Vancouver", "CA"), (" Dubai, UAE ", "AE"), ("Bogotá - Colombia", "CO"),
    ],
)  # fmt: skip
def test_the_country_of_a_place(place, country):
    assert country_of_place(place) == country


@pytest.mark.parametrize(
    "place",
    [
        "", "Remote", "Hybrid", "Anywhere", "Georgia", "Wilmington, DE", "Fishers, IN", "CA", "Springfield", "Paris, Texas",
        "London, Ontario", "EMEA",
        "London, UK; Berlin, Germany", "Amsterdam, Netherlands; Somewhere", "Ginn-Thompson School", "," * 500, "(" * 500,
    ],
)  # fmt: skip
def test_a_doubtful_place_has_none(place):
    assert country_of_place(place) == ""


@pytest.mark.parametrize(
    ("place", "workplace"),
    [
        ("Remote", REMOTE), ("Remote - US", REMOTE), ("London, UK; Remote, UK", REMOTE), ("Germany (Homeoffice)", REMOTE),
        ("Home Office", REMOTE),
        ("Hybrid - Vancouver", HYBRID), ("Hybrid Remote, London", HYBRID), ("Curitiba | On Site", None), ("On-site", ON_SITE),
        ("London (On-Site)", ON_SITE),
        ("London", None), ("Remote-Friendly, United States", None), ("Remote optional", None), ("", None), ("Premote", None),
    ],
)  # fmt: skip
def test_the_workplace_in_words_of_a_place(place, workplace):
    assert workplace_in(place) == workplace


@pytest.mark.parametrize(
    ("value", "workplace"),
    [
        ("remote", REMOTE), ("Remote", REMOTE), ("OnSite", ON_SITE), ("onsite", ON_SITE), ("On-Site", ON_SITE), ("on_site", ON_SITE),
        ("Hybrid", HYBRID),
        ("TELECOMMUTE", REMOTE), ("unspecified", None), ("", None), (None, None), (1, None), ([], None),
    ],
)  # fmt: skip
def test_the_workplace_of_a_field(value, workplace):
    assert read_workplace(value) == workplace


@pytest.mark.parametrize(
    ("place", "countries", "regions"),
    [
        ("Remote - US", {"US"}, set()), ("Canada; United Kingdom (Remote)", {"CA", "GB"}, set()), ("Remote (EMEA)", set(), {"EMEA"}),
        ("UNITED STATES - Remote, CANADA - Remote", {"US", "CA"}, set()), ("Remote within Germany", {"DE"}, set()),
        ("Remote, Texas, United States", set(), set()), ("Remote - Berlin, Germany", set(), set()), ("Remote", set(), set()),
        ("London, UK; Remote, UK", {"GB"}, set()), ("Remote - Georgia", set(), set()), ("Remote, CA", set(), set()),
    ],
)  # fmt: skip
def test_who_may_apply_for_a_remote_job(place, countries, regions):
    assert reach_in(place, REMOTE) == Reach(countries=frozenset(countries), regions=frozenset(regions))


def test_a_remote_job_may_be_open_to_all():
    assert reach_in("World Wide - Remote", REMOTE) == Reach(anywhere=True)


@pytest.mark.parametrize("workplace", [None, HYBRID, ON_SITE])
def test_a_place_to_come_to_says_nothing_of_who_may_apply(workplace):
    assert reach_in("United States", workplace) == Reach()
