"""PUT by a reference or by number: the same twice is nothing, another body changes the draft, what is issued stays."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from directives.models import Directive, Event, Notice
from tests.actions.conftest import nothing_changes
from tests.edges.a_document import REF, TEXT, Office
from tests.edges.calling import with_key
from tests.history import in_thread
from tests.make import make_committee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_morning")]
BY_REF, BY_NUMBER = f"notices/by-ref/{REF}/", "notices/by-number/vpcp/2027/369/TB-VPCP/"
ADDRESSES = {"by reference": BY_REF, "by number": BY_NUMBER}


@pytest.fixture
def office() -> Office:
    return Office()


def whole(office: Office, **fields) -> dict:
    return office.header(directives=[office.directive(external_ref="1")], **fields)


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_the_same_twice_changes_nothing_and_is_no_event(office, address):
    first = office.desk.put(address, whole(office))
    assert (first.status_code, office.verbs()) == (201, ["draft", "split", "add_directive"])
    with nothing_changes():
        again = office.desk.put(address, whole(office))
    assert (again.status_code, again["ETag"]) == (200, first["ETag"])
    assert office.desk.read(address)["id"] == first.json()["id"]


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_another_body_changes_the_draft_and_nothing_else_of_it(office, address):
    first = office.desk.put(address, whole(office, signer="Phạm Minh Chính"))
    second = office.desk.put(address, whole(office, subject="Kết luận khác"))
    assert (second.status_code, second.json()["id"]) == (200, first.json()["id"])
    assert (second.json()["subject"], office.notice().signer) == ("Kết luận khác", "Phạm Minh Chính")
    assert office.verbs()[3:] == ["amend"]


def test_directives_become_those_that_are_named_and_what_people_added_stays(office):
    office.desk.put(BY_REF, whole(office))
    of = f"notices/{office.notice().uuid}"
    office.do(f"{of}/add-directive/", office.directive(quote="Các địa phương kết nối phần mềm"))
    body = office.directive(external_ref="2", wording="Báo cáo", addressees=[{"role": "share", "agency": "bca"}])
    office.desk.put(BY_REF, office.header(directives=[body]))
    told = Directive.objects.order_by("pk").values_list("external_ref", "wording")
    assert list(told) == [("", "Các địa phương kết nối phần mềm"), ("2", "Báo cáo")]
    office.desk.put(BY_REF, office.header(directives=[{**body, "addressees": [{"role": "lead", "agency": "bca"}]}]))
    assert Directive.objects.get(external_ref="2").addressees.get().role == "lead"


def test_a_new_text_brings_its_directives_along(office):
    office.desk.put(BY_REF, whole(office))
    answer = office.desk.put(BY_REF, whole(office, text=f"Kính gửi\n{TEXT}"))
    assert answer.status_code == 200, answer.content.decode()
    assert Directive.objects.get().quote_start == len("Kính gửi\n1. ")


def test_what_was_issued_is_never_changed_in_silence(office):
    told = office.desk.put(BY_REF, whole(office)).json()
    office.do(f"notices/{told['id']}/issue/", {"unhandled_ok": True})
    for body in (whole(office, subject="Khác"), office.header(directives=[]), whole(office, text="1. Khác")):
        with nothing_changes():
            answer = office.desk.put(BY_REF, body)
        assert (answer.status_code, answer.json()["type"]) == (409, "urn:dondoc:problem:wrong-moment")
        assert answer.json()["detail"].startswith("The notice was issued already")
    with nothing_changes():
        assert office.desk.put(BY_REF, whole(office)).status_code == 200


def test_a_notice_that_people_entered_is_known_by_its_number_and_gets_the_reference(office):
    entered = office.drafted()
    answer = office.desk.put(BY_REF, office.header())
    assert (answer.status_code, answer.json()["id"]) == (200, entered["id"])
    assert office.notice().external_ref == REF
    with nothing_changes():
        other = office.desk.put("notices/by-ref/other/", office.header())
    assert (other.status_code, set(other.json()["errors"])) == (400, {"number"})


def test_one_directive_is_put_by_its_reference(office):
    draft = office.drafted()
    address = f"notices/{draft['id']}/directives/by-ref/nv-1/"
    assert office.desk.put(address, {"product": "x"}).json()["errors"].keys() == {"quote"}
    first = office.desk.put(address, office.directive())
    assert first.status_code == 201
    with nothing_changes():
        assert office.desk.put(address, office.directive()).status_code == 200
    second = office.desk.put(address, office.directive(product="Báo cáo"), seen=first["ETag"])
    assert (second.json()["product"], second.json()["external_ref"]) == ("Báo cáo", "nv-1")
    with nothing_changes():
        assert office.desk.put(address, office.directive(product="Khác"), seen=first["ETag"]).status_code == 412
    assert office.desk.read(address)["id"] == first.json()["id"]
    assert office.desk.get(f"notices/{draft['id']}/directives/by-ref/nv-2/").status_code == 404


REFUSED = {
    "another reference": (BY_REF, {"external_ref": "khac"}, 400, {"external_ref"}),
    "another number": (BY_NUMBER, {"number": 370}, 400, {"number"}),
    "another year": (BY_NUMBER, {"issued_on": "2026-03-01"}, 400, {"issued_on"}),
    "no issuer": ("notices/by-number/khong-co/2027/369/TB-VPCP/", {}, 404, set()),
}


@pytest.mark.parametrize(("address", "fields", "status", "named"), REFUSED.values(), ids=REFUSED)
def test_what_contradicts_its_address_is_refused(office, address, fields, status, named):
    office.desk.get("notices/")
    with nothing_changes():
        answer = office.desk.put(address, office.header(**fields))
    assert (answer.status_code, set(answer.json().get("errors", {}))) == (status, named)


def test_another_committee_and_a_key_that_does_not_draft_enter_nothing(office):
    office.desk.put(BY_REF, whole(office))
    strangers = [
        (with_key(make_committee(), "read", "draft"), 400),
        (with_key(office.committee, "read", "assign"), 403),
    ]
    for stranger, status in strangers:
        stranger.get("notices/")
        with nothing_changes():
            assert stranger.put(BY_REF, whole(office, subject="Khác")).status_code == status


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_many_at_once_make_one(office, address):
    systems, body = [office.system() for _system in range(4)], whole(office)

    def send(number: int) -> int:
        return in_thread(lambda: systems[number % 4].put(address, body).status_code)

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(send, range(8)))
    assert answers == [200] * 7 + [201]
    assert (Notice.objects.count(), Directive.objects.count()) == (1, 1)
    assert Event.objects.count() == 3
