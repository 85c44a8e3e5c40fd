"""Questions that are put together once: they say what the same question says that is put together anew."""

import psycopg
import pytest
from django.db import close_old_connections, connection, transaction
from django.db.utils import OperationalError

from accounts.models import Agency, Committee
from accounts.prepared import Given, Statement, ask, put_together_once
from directives.models import Assignment
from directives.models.notices import REFERENCE
from tests.edges.calling import Caller, with_key
from tests.edges.shelves import FIRST_DAY, SHELVES, auditor
from tests.make import make_agency, make_assignment
from tracker.api import finding
from tracker.api.filters import Filters, OneOfFilter, WordFilter
from tracker.api.urls import RESOURCES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("eight_working_days_before")]
LISTS = {many: resource for (many, _one), resource in RESOURCES.items()}


def words_for(one: WordFilter) -> list[str]:
    """Words that the filter takes: some of a choice, else one that finds something or one that finds nothing."""
    find = one.extra["find"]
    if isinstance(one, OneOfFilter):
        return list(find.__self__)[::4]
    return {
        finding.find_agency: [Agency.objects.order_by("pk").values_list("code", flat=True)[0]],
        finding.find_subtree: [Agency.objects.order_by("pk").values_list("code", flat=True)[0]],
        finding.find_committee: [Committee.objects.order_by("pk").values_list("code", flat=True)[0]],
        finding.find_day: ["2025-03-14", "2031-01-01"],
        finding.find_past_day: ["2024-06-03"],
        finding.find_number: ["0", "7"],
        finding.find_id: [str(Assignment.objects.order_by("pk").values_list("uuid", flat=True)[0])],
        finding.find_notices: ["1/TB-VPCP"],
        str: ["x"],
    }[find]


def questions(name: str) -> list[str]:
    kind = LISTS[name]
    asked = [f"{word}={value}" for word, one in kind.FILTERS.base_filters.items() for value in words_for(one)]
    return [
        "limit=1",
        *asked,
        "&".join(asked[:1] + asked[-1:]),
        *[f"ordering={order}&limit=1" for order in kind.ORDERS],
    ]


def pages(caller: Caller, address: str) -> list[dict]:
    """The first three pages, without what a cursor is signed with."""
    told, found = caller.read(address), []
    for _turn in range(3):
        found.append(told["results"])
        if not told["next"]:
            break
        told = caller.read(told["next"])
    return found


@pytest.mark.parametrize("name", SHELVES)
def test_every_list_says_the_same_whether_its_question_is_kept_or_put_together_anew(name, monkeypatch):
    assert REFERENCE.match("1/TB-VPCP")
    shelf = SHELVES[name]()
    for day in (FIRST_DAY, None):
        shelf.put(day)
    work = make_assignment()
    make_assignment(make_agency(parent=work.agency))
    first, *others = [f"{name}/?{question}" for question in questions(name)]
    asked = [(shelf.caller, address) for address in (first, *others)]
    committee = work.directive.notice.committee
    asked += [(caller, first) for caller in (auditor(), with_key(work.agency), with_key(committee, "read", "draft"))]
    kept = [pages(*one) for one in asked]
    monkeypatch.setattr(Filters, "shape", None)
    assert [pages(*one) for one in asked] == kept
    assert any(found[0] for found in kept)


def test_a_question_is_put_together_once_and_says_of_each_value_its_own():
    texts = []

    @put_together_once
    def work_of(agencies: list[int]) -> object:
        texts.append(agencies)
        return Assignment.objects.filter(agency__among=agencies).order_by("pk").values("pk")

    one, other, third = (make_assignment() for _ in range(3))
    assert work_of(agencies=[one.agency_id]) == [{"pk": one.pk}]
    assert work_of(agencies=[other.agency_id, third.agency_id]) == [{"pk": other.pk}, {"pk": third.pk}]
    assert work_of(agencies=[]) == []
    assert len(texts) == 1


def test_what_stands_for_many_is_never_compared_with_one():
    with pytest.raises(TypeError, match="among"):
        Statement(Assignment.objects.filter(agency=Given("agencies", many=True)).values("pk"))


def test_a_percent_sign_of_a_question_stays_one():
    rows = Statement(Assignment.objects.filter(period="100 %").values("period"))
    make_assignment(period="100 %")
    assert rows.rows({}) == [{"period": "100 %"}]


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_died_is_opened_anew_by_the_first_question(owner: psycopg.Connection):
    make_agency(code="bca")
    caller = with_key(Agency.objects.get(code="bca"))
    caller.read("agencies/")
    owner.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
    close_old_connections()  # as a request begins
    assert caller.ids("agencies/?code=bca") != []


@pytest.mark.django_db(transaction=True)
def test_a_first_question_within_a_transaction_is_not_asked_twice(owner: psycopg.Connection):
    with pytest.raises(OperationalError), transaction.atomic():  # noqa: PT012 - what died is the transaction
        ask("SELECT 1", [])
        owner.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        ask("SELECT 1", [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("threshold", "prepared"), [(5, True), (None, False)], ids=["prepared", "never prepared"])
def test_a_question_is_prepared_where_the_connection_may(threshold, prepared):
    work = make_assignment()
    connection.connection.prepare_threshold = threshold
    assert with_key(work.agency).ids("assignments/") == [str(work.uuid)]
    kept = ask("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%directives_assignment%%'", [])
    assert (kept[0][0] > 0) == prepared
    connection.close()


def test_what_is_asked_is_told_to_whoever_counts(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert ask("SELECT %s::int", [7]) == [(7,)]
