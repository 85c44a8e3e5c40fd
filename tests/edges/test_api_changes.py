"""Snapshot and changes: what a system is told, what it is not told, and when it has to begin anew."""

import json
from datetime import date, timedelta

import pytest

from accounts.models import Agency, Role
from directives.actions.assigning import reassign
from directives.actions.feeding import feed, forget_changes, head, rename_feed
from directives.actions.merging import merge
from directives.models import FeedChange, Notice, NoticeState, Touched
from tests.edges.calling import Caller, with_key
from tests.edges.copies import Reader, number_all
from tests.edges.telling import begin, epoch_of, told
from tests.make import at, make_agency, make_committee, make_issued, make_notice, make_user
from tracker import clock

pytestmark = pytest.mark.django_db
PROBLEM = "urn:dondoc:problem:"


@pytest.fixture
def committee():
    return make_committee()


@pytest.fixture
def work(committee):
    """An assignment of a notice that was issued before anybody copied anything."""
    (work,) = make_issued(make_agency(), committee=committee)
    number_all()
    return work


def refused(caller: Caller, **asked) -> dict:
    answer = caller.get("changes/", **asked)
    assert answer["Content-Type"] == "application/problem+json"
    return {"status": answer.status_code, **answer.json()}


# --- the snapshot


def test_a_snapshot_names_its_epoch_and_number_first_and_how_many_rows_last(committee, work):
    answer = with_key(committee).get("snapshot/")
    assert answer["Content-Type"] == "application/x-ndjson"
    first, *rows, last = map(json.loads, b"".join(answer).splitlines())
    assert (first["after"], first["today"]) == (head(), clock.today().isoformat())
    assert last == {"end": True, "rows": len(rows)}
    types = [row["type"] for row in rows]
    assert sorted(set(types), key=types.index) == ["committee", "agency", "notice", "directive", "assignment"]
    assert rows[-1]["row"]["id"] == str(work.uuid)
    assert "standing" not in rows[-1]["row"]


def test_a_snapshot_keeps_the_language_of_its_reader_to_the_end(committee):
    Agency.objects.create(code="bca", name_vi="Bộ Công an", name_en="Ministry of Public Security", kind="ministry")
    for language, name in (("en", "Ministry of Public Security"), ("vi", "Bộ Công an")):
        lines = b"".join(with_key(committee, language=language).get("snapshot/")).decode()
        assert f'"name":"{name}"' in lines


def test_no_more_is_begun_than_may_be_written_at_once(committee, monkeypatch):
    monkeypatch.setattr("tracker.api.snapshot.AT_ONCE", 0)
    answer = with_key(committee).get("snapshot/")
    assert (answer.status_code, answer["Retry-After"]) == (429, "30")
    assert answer.json()["type"] == f"{PROBLEM}too-many-requests"


# --- changes


def test_a_change_says_what_was_done_and_how_the_row_is_now(committee, work):
    caller, before = with_key(committee), head()
    begin(work)
    page = told(caller, before)
    (row,) = caller.read("assignments/")["results"]
    del row["standing"]
    assert page["changes"][1] == {
        "sequence": before + 2,
        "at": "2025-03-04T09:00:00+07:00",
        "type": "assignment",
        "id": str(work.uuid),
        "verb": "acknowledge",
        "row": row,
    }
    assert [one["type"] for one in page["changes"]] == ["directive", "assignment"]
    assert (page["after"], page["more"]) == (head(), False)


def test_pages_go_on_where_the_last_one_ended(committee, work):
    caller, before = with_key(committee), head()
    begin(work)
    first = told(caller, before, limit=1)
    second = told(caller, first["after"], limit=1)
    assert [first["more"], second["more"]] == [True, False]
    assert [page["changes"][0]["sequence"] for page in (first, second)] == [before + 1, before + 2]


def test_a_row_that_comes_twice_on_a_page_is_written_once(committee, work):
    caller, before = with_key(committee), head()
    for subject in ("Một", "Hai", "Ba"):
        Notice.objects.filter(pk=work.directive.notice_id).update(subject=subject)
        number_all()
    page = told(caller, before)
    assert [change.get("row", {}).get("subject") for change in page["changes"]] == [None, None, "Ba"]


def test_of_what_a_key_may_not_see_it_is_told_nothing_but_goes_past_it(committee, work):
    stranger, before = with_key(make_agency()), head()
    number_all()
    begin(work)
    page = told(stranger, before)
    assert [change for change in page["changes"] if change["type"] not in ("agency", "committee")] == []
    assert page["after"] == head() > before


def test_drafts_are_told_when_they_are_issued(committee):
    reader = Reader(committee)
    reader.follow()
    notice = make_notice(committee, state=NoticeState.DRAFT)
    number_all()
    reader.follow()
    assert reader.copy.rows["notice"] == {}
    Notice.objects.filter(pk=notice.pk).update(state=NoticeState.ISSUED)
    number_all()
    reader.follow()
    assert list(reader.copy.rows["notice"]) == [str(notice.uuid)]


def test_work_that_goes_to_another_agency_is_gone_for_the_one_and_there_for_the_other(work):
    above, heir = make_agency(), make_agency()
    Agency.objects.filter(pk=work.agency_id).update(parent=above)
    number_all()
    readers = {"above": Reader(above), "heir": Reader(heir)}
    for reader in readers.values():
        reader.follow()
    who = {"by": make_user(Role.ADMINISTRATOR), "at": at(date(2025, 3, 4))}
    merge([work.agency], heir, on=date(2025, 3, 4), basis="NQ 1/NQ-QH", **who)
    number_all()
    for reader in readers.values():
        assert reader.follow()
        assert reader.kept() == reader.told()
    kept = {name: list(reader.copy.rows["assignment"]) for name, reader in readers.items()}
    assert kept == {"above": [], "heir": [str(work.uuid)]}


def test_who_is_given_work_later_is_shown_its_notice_as_well(committee, work):
    heir = Reader(make_agency())
    number_all()
    heir.follow()
    who = {"by": committee.offices.get().user, "at": at(date(2025, 3, 4))}
    reassign(work, heir.key.agency, reason="Đúng chức năng.", **who)
    number_all()
    heir.follow()
    assert heir.kept() == heir.told()
    assert [len(heir.copy.rows[kind]) for kind in ("notice", "directive", "assignment")] == [1, 1, 1]


def test_a_new_name_is_told_in_all_that_bears_it(committee):
    lead, coordinating, issuer = make_agency(), make_agency(), make_agency()
    make_issued(lead, coordinating, committee=committee, issuer=issuer)
    number_all()
    reader = Reader(coordinating)
    reader.follow()
    Agency.objects.filter(pk=lead.pk).update(code="ma-moi")
    Agency.objects.filter(pk=issuer.pk).update(name_vi="Văn phòng mới")
    number_all()
    reader.follow()
    assert reader.kept() == reader.told()
    (notice,), (row,) = reader.copy.rows["notice"].values(), reader.copy.rows["assignment"].values()
    assert (notice["issuer"]["name"], row["lead"]) == ("Văn phòng mới", "ma-moi")


def test_a_round_that_only_looks_at_work_touches_nothing(work):
    type(work).objects.update(look_on=date(2025, 3, 20))
    assert not Touched.objects.exists()


def test_a_page_asks_the_same_of_the_database_for_one_change_as_for_twelve(committee, django_assert_num_queries):
    caller, before = with_key(committee), head()
    epoch = epoch_of(caller)
    for many in (1, 12):
        for _number in range(many):
            make_issued(make_agency(), make_agency(), committee=committee)
        number_all()
        caller.read("changes/", epoch=epoch, after=before)
        with django_assert_num_queries(21):
            caller.read("changes/", epoch=epoch, after=before)


# --- beginning anew


def test_after_a_restore_in_another_language_or_for_another_body_a_copy_begins_anew(committee, work):
    reader = Reader(committee)
    reader.follow()
    known = {"epoch": reader.copy.epoch, "after": reader.copy.after}
    reader.lists.read("changes/", **known)
    assert refused(Caller(key=reader.copy.headers["Authorization"][7:], language="en"), **known)["status"] == 410
    type(reader.key).objects.filter(pk=reader.key.pk).update(committee=make_committee())
    assert refused(reader.lists, **known)["type"] == f"{PROBLEM}other-epoch"
    type(reader.key).objects.filter(pk=reader.key.pk).update(committee=committee)
    reader.lists.read("changes/", **known)
    rename_feed()
    assert refused(reader.lists, **known)["status"] == 410
    reader.follow()
    assert reader.kept() == reader.told()


def test_changes_that_are_no_longer_kept_are_not_passed_over(committee, work):
    reader = Reader(committee)
    reader.follow()
    known = {"epoch": reader.copy.epoch, "after": reader.copy.after}
    begin(work)
    last = head()
    assert forget_changes(before=clock.now() - timedelta(days=90)) == 0
    assert forget_changes(before=clock.now() + timedelta(days=1)) == last
    assert (head(), feed().forgotten, FeedChange.objects.count()) == (last, last, 0)
    told_so = refused(reader.lists, **known)
    assert (told_so["status"], told_so["type"]) == (410, f"{PROBLEM}changes-forgotten")
    assert "/api/v1/snapshot/" in told_so["detail"]
    reader.follow()
    assert (reader.copy.after, reader.kept()) == (last, reader.told())


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("after", {"after": "10000"}),
        ("after", {"after": "-1"}),
        ("after", {"after": ""}),
        ("after", {"after": "9" * 40}),
        ("limit", {"limit": "0"}),
        ("limit", {"limit": "1001"}),
        ("wait", {"wait": "31"}),
        ("wait", {"wait": "x"}),
        ("epoch", {"epoch": ""}),
        ("since", {"since": "2025"}),
    ],
)
def test_what_is_wrong_is_named(committee, work, name, asked):
    caller = with_key(committee)
    answer = refused(caller, **{"epoch": epoch_of(caller), "after": "0", **asked})
    assert (answer["status"], list(answer["errors"])) == (400, [name])


def test_people_copy_nothing():
    person = Caller(user=make_user(Role.AUDITOR))
    for address in ("snapshot/", "changes/?after=0&epoch=x"):
        answer = person.get(address)
        assert (answer.status_code, answer.json()["type"]) == (403, f"{PROBLEM}not-allowed")
