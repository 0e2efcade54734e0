import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import zones
from accounts.middleware import UserTimeZone
from accounts.tests.factories import make_user, signed_in

pytestmark = pytest.mark.django_db


def zone_during(user, cookies: dict[str, str]) -> str:
    request = RequestFactory().get("/")
    request.user, request.COOKIES = user, cookies
    seen = []

    def page(request):
        seen.append(timezone.get_current_timezone_name())
        return HttpResponse()

    UserTimeZone(page)(request)
    return seen[0]


@pytest.mark.parametrize(("stored", "shown"), [("Asia/Tokyo", "Asia/Tokyo"), ("Gone/Zone", "UTC")])
def test_pages_of_a_member_are_in_the_members_zone_and_the_next_persons_are_not(stored, shown):
    user = make_user(time_zone=stored)
    assert zone_during(user, {"sessionid": "x"}) == shown
    assert timezone.get_current_timezone_name() == "UTC"


def test_a_visitor_costs_no_query(client):
    request = RequestFactory().get("/")
    with CaptureQueriesContext(connection) as captured:
        UserTimeZone(lambda request: HttpResponse())(request)  # has no user at all
    assert len(captured) == 0


def test_dates_on_the_page_follow(member, time_machine):
    member.time_zone = "Asia/Tokyo"
    member.save()
    time_machine.move_to("2030-05-01 20:30+00:00")
    assert "It is 5:30 AM there" in signed_in(member).get(reverse("accounts:account")).content.decode()


def test_every_zone_offered_is_known():
    offered = [zone for _, places in zones.choices("UTC")[1:] for zone, _ in places]
    assert len(offered) > 300
    assert set(offered) <= zones.zone_names()
    assert ("America/Argentina/Buenos_Aires", "Argentina, Buenos Aires") in dict(zones.choices("UTC")[1:])["America"]
