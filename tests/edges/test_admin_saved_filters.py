"""A person keeps a list's filter under a name, and finds it on the list and on the first page."""

import pytest
from django.utils.translation import override

from accounts.models import Role
from directives.models import SavedFilter
from tests.actions.conftest import nothing_changes
from tests.edges.visiting import visit
from tests.make import make_committee, make_user

pytestmark = pytest.mark.django_db
LIST = "/admin/directives/assignment/"
KEEP = "/admin/filters/directives_assignment/"
QUERY = "standing=overdue&role__exact=lead"


@pytest.fixture
def user():
    with override("en"):
        yield make_user(Role.SECRETARIAT, make_committee())


@pytest.fixture
def client(user):
    return visit(user)


def test_a_filter_is_kept_without_its_page_and_found_on_the_list_and_the_first_page(client, user):
    assert client.post(KEEP, {"name": "Quá hạn, chủ trì", "query": f"{QUERY}&p=3"}).url == f"{LIST}?{QUERY}"
    row = SavedFilter.objects.get()
    assert (row.user, row.of_list, row.name, row.query) == (user, "directives_assignment", "Quá hạn, chủ trì", QUERY)
    for address in (LIST, "/admin/"):
        (found,) = client.get(address).context["saved"]
        assert (found.url, found.row.name) == (f"{LIST}?{QUERY}", "Quá hạn, chủ trì")
    assert client.get(f"{LIST}?{QUERY}&p=0").context["saved"][0].present
    assert client.get("/admin/directives/notice/").context["saved"] == []


def test_the_same_name_again_is_the_newer_filter(client):
    client.post(KEEP, {"name": "Của tôi", "query": QUERY})
    client.post(KEEP, {"name": "Của tôi", "query": "role__exact=lead"})
    assert [row.query for row in SavedFilter.objects.all()] == ["role__exact=lead"]


def test_one_is_removed_by_whoever_kept_it_and_by_nobody_else(client):
    client.post(KEEP, {"name": "Của tôi", "query": QUERY})
    address = f"/admin/filters/{SavedFilter.objects.get().pk}/remove/"
    stranger = visit(make_user(Role.SECRETARIAT, make_committee()))
    with nothing_changes():
        assert stranger.get(LIST).context["saved"] == []
        assert stranger.post(address).status_code == 404
        assert client.get(address).status_code == 302
    client.post(address)
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    "given",
    [{"name": "", "query": QUERY}, {"name": "x" * 81, "query": QUERY}, {"name": "a", "query": ""}],
    ids=["no name", "too long a name", "no filter"],
)
def test_what_cannot_be_kept_is_not(client, given):
    with nothing_changes():
        assert client.post(KEEP, given).status_code == 302


def test_a_list_that_is_not_there_or_not_theirs_keeps_nothing(client):
    with nothing_changes():
        for of_list in ("nonsense", "accounts_user"):
            assert client.post(f"/admin/filters/{of_list}/", {"name": "a", "query": "q=1"}).status_code == 404


def test_nobody_keeps_more_than_fifty(client, user):
    rows = (SavedFilter(user=user, of_list="directives_assignment", name=f"{n}", query="q=1") for n in range(50))
    SavedFilter.objects.bulk_create(rows)
    with nothing_changes():
        client.post(KEEP, {"name": "Thêm", "query": QUERY})
