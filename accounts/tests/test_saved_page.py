import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.bookmarks import remove, save_guide, seen_revision
from accounts.tests.factories import make_user, signed_in
from careers.models import Guide
from careers.publishing import publish, withdraw
from careers.tests.factories import published_guide, published_guides

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(member) -> Client:
    return signed_in(member)


def keep(user, slug: str = "kite-maker"):
    return save_guide(user=user, revision=seen_revision(slug))


def page(client: Client, query: str = "") -> str:
    return client.get(reverse("accounts:saved") + query).content.decode()


def test_it_says_what_to_do_while_it_is_empty(client):
    assert "You have not saved any guides yet" in page(client)


def test_it_shows_pay_and_demand_as_the_guide_has_them(client, member):
    published_guide()
    keep(member)
    text = page(client)
    assert "$45,000 a year, High demand" in text
    assert "Updated since you saved it" not in text


def test_it_lists_the_newest_first_in_pages_of_24(client, member):
    for guide in published_guides(25):
        keep(member, guide.slug)
    first = page(client)
    assert first.index("Maker number 25") < first.index("Maker number 24")
    assert 'href="/guides/maker-1/"' not in first
    assert 'href="/guides/maker-1/"' in page(client, "?page=2")


@pytest.mark.parametrize("number", ["-1", "0", "9" * 26, "²", "NaN", "1;drop", ""])
def test_odd_page_numbers_show_a_page(client, number):
    assert client.get(reverse("accounts:saved"), {"page": number}).status_code == 200


@pytest.mark.parametrize("slug", ["x" * 5000, "..", "%00", "<script>alert(1)</script>", "²"])
def test_an_odd_guide_to_undo_is_ignored(client, slug):
    response = client.get(reverse("accounts:saved"), {"removed": slug})
    assert response.status_code in {200, 400}
    assert "<script>alert" not in response.content.decode()


def test_it_says_when_a_guide_was_published_anew(client, member):
    published_guide()
    keep(member)
    guide = Guide.objects.get()
    guide.standfirst = "You build kites that fly straight in weather that does not, and you teach others to trust the wind as you do."
    guide.save()
    publish(guide)
    assert "Updated since you saved it" in page(client)


def test_a_withdrawn_guide_stays_with_its_title_and_note_and_can_be_removed(client, member):
    published_guide()
    keep(member)
    guide = Guide.objects.get()
    withdraw(guide)
    Guide.objects.update(title="A title that nobody may see yet")
    text = page(client)
    assert "not available right now" in text
    assert "Kite maker" in text
    assert "A title that nobody may see yet" not in text
    client.post(reverse("accounts:bookmark_note", args=["kite-maker"]), {"note": "Still here"})
    client.post(reverse("accounts:bookmark_remove", args=["kite-maker"]))
    assert "Removed: Kite maker" in page(client, "?removed=kite-maker")
    client.post(reverse("accounts:guides_restore"), {"guide": "kite-maker"})
    assert "Still here" in page(client)


def test_nobody_sees_what_somebody_else_keeps_or_removed(client, member, stranger):
    published_guide()
    remove(bookmark=keep(stranger))
    text = page(client, "?removed=kite-maker")
    assert "Kite maker" not in text


@pytest.mark.parametrize(("count", "accepted"), [(0, False), (1, False), (2, True), (4, True), (5, False)])
def test_two_to_four_guides_go_to_the_comparison(client, count, accepted):
    chosen = [f"maker-{n}" for n in range(count)]
    response = client.post(reverse("accounts:guides_chosen"), {"do": "compare", "guide": chosen})
    if accepted:
        pairs = "&".join(f"{key}={slug}" for key, slug in zip("abcd", chosen, strict=False))
        assert response["Location"] == f"{reverse('careers:compare')}?{pairs}"
    else:
        assert response["Location"] == reverse("accounts:saved")
        assert "Choose two, three or four" in page(client)


def test_twice_the_rows_cost_the_same_queries(client, member):
    guides = published_guides(12)
    costs = []
    for some in (guides[:3], guides[3:]):
        for guide in some:
            keep(member, guide.slug)
        with CaptureQueriesContext(connection) as captured:
            page(client)
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 8


def test_the_row_query_leaves_documents_in_the_database(client, member):
    published_guide()
    keep(member)
    with CaptureQueriesContext(connection) as captured:
        page(client)
    rows = next(query["sql"] for query in captured if '"careers_guidelisting"."title"' in query["sql"])
    assert '"careers_guidelisting"."document"' not in rows
    assert '"careers_guidelisting"."prose"' not in rows


class TestTheSaveFormOnOtherPages:
    def render(self, user=None, **context):
        from django.contrib.auth.models import AnonymousUser
        from django.template.loader import render_to_string
        from django.test import RequestFactory

        request = RequestFactory().get("/guides/?q=kite")
        request.user = user or AnonymousUser()
        request.session = {}
        values = {"slug": "kite-maker", "guide_id": Guide.objects.get().pk, "title": "Kite maker"} | context
        return render_to_string("accounts/partials/save_form.html", values, request)

    @pytest.fixture(autouse=True)
    def guide(self):
        return published_guide()

    def test_visitors_get_a_link_without_token(self):
        text = self.render()
        assert f'href="{reverse("accounts:bookmark_start", args=["kite-maker"])}"' in text
        assert 'rel="nofollow"' in text
        assert "csrf" not in text
        assert "<form" not in text

    def test_visitors_cost_no_query(self, django_assert_num_queries):
        values = {"guide_id": 1}
        with django_assert_num_queries(1):  # the test's own look for the guide
            self.render(**values)

    def test_members_get_the_form_and_go_back_where_they_were(self, member):
        text = self.render(member)
        assert 'aria-pressed="false"' in text
        assert "Save guide" in text
        assert "csrfmiddlewaretoken" in text
        assert 'name="next" value="/guides/?q=kite"' in text

    def test_a_saved_guide_can_be_taken_off(self, member):
        keep(member)
        text = self.render(member)
        assert f'action="{reverse("accounts:bookmark_remove", args=["kite-maker"])}"' in text
        assert ">Saved<" in text.replace("</svg>Saved", "</svg>>Saved")

    def test_the_icon_alone_has_words_for_those_who_do_not_see_it(self, member):
        assert '<span class="vh">Save Kite maker</span>' in self.render(member, compact=True)
        assert '<span class="vh">Save Kite maker</span>' in self.render(compact=True)


def test_ten_save_forms_cost_one_query(django_assert_num_queries):
    from django.test import RequestFactory

    from accounts.context import personal

    user = make_user()
    request = RequestFactory().get("/")
    request.user = user
    with django_assert_num_queries(1):
        assert [7 in personal(request)["saved"].guide_ids for _ in range(10)] == [False] * 10
