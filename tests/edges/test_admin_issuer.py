"""Who issued a notice: the committee itself too; an issuer that is not known is asked for before all else."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.agencies import besides_committees, members
from accounts.models import Agency, AgencyKind, Committee
from directives.actions.issuers import as_issuer
from directives.models import Event, Notice
from tests.actions.conftest import nothing_changes
from tests.edges.calling import with_key
from tests.edges.desk_of import ENTERED_ON, TEXT, make_desk
from tests.make import at, make_agency, make_committee, make_group, make_notice, make_user
from tracker.admin.agency_choices import agencies_on
from tracker.documents.register import register_of_the_database

pytestmark = pytest.mark.django_db
LETTERHEAD = """ỦY BAN QUỐC GIA VỀ CHUYỂN ĐỔI SỐ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/TB-UBQGCĐS
Hà Nội, ngày 09 tháng 8 năm 2024

THÔNG BÁO
Kết luận tại phiên họp của Ủy ban

"""


@pytest.fixture(autouse=True)
def _on_the_day_of_entry():
    with time_machine.travel(at(ENTERED_ON), tick=False):
        yield


@pytest.fixture
def desk(client):
    return make_desk(client)


def entered(desk, text):
    answer = desk.client.post(reverse("admin:notice_read"), {"committee": desk.committee.pk, "text": text})
    assert answer.status_code == 302
    return Notice.objects.get(), answer.url


def test_a_notice_under_the_committees_own_name_is_issued_by_the_committee(desk):
    notice, onward = entered(desk, LETTERHEAD + TEXT)
    body = Agency.objects.get(code=desk.committee.code)
    assert (notice.issuer, body.name_vi, body.kind) == (body, desk.committee.name_vi, AgencyKind.OTHER)
    assert onward == reverse("admin:notice_paragraphs", args=[notice.pk])
    desk.committee.refresh_from_db()
    assert desk.committee.itself == body


@pytest.mark.parametrize("above", ["THỦ TƯỚNG CHÍNH PHỦ", "VĂN PHÒNG CHÍNH PHỦ"])
def test_below_a_body_that_stands_above_it_the_one_that_issues_is_named_last(desk, above):
    notice, _onward = entered(desk, f"{above}\n{LETTERHEAD}{TEXT}")
    assert notice.issuer == Agency.objects.get(as_committee=desk.committee)
    assert notice.issuer_name == f"{above} ỦY BAN QUỐC GIA VỀ CHUYỂN ĐỔI SỐ"


def test_a_line_above_that_nobody_knows_says_nothing_of_the_issuer(desk):
    before = Agency.objects.count()
    notice, _onward = entered(desk, f"TỔ GIÚP VIỆC\n{LETTERHEAD}{TEXT}")
    assert (notice.issuer, Agency.objects.count()) == (None, before)


def test_another_letterhead_makes_no_body(desk):
    with_office = LETTERHEAD.replace("ỦY BAN QUỐC GIA VỀ CHUYỂN ĐỔI SỐ", "VĂN PHÒNG CHÍNH PHỦ")
    before = Agency.objects.count()
    notice, _onward = entered(desk, with_office + TEXT)
    assert (notice.issuer, Agency.objects.count()) == (desk.office, before)


def body_of(committee: Committee) -> Agency:
    return as_issuer(committee, by=make_user(), at=at(ENTERED_ON))


def test_an_agency_that_has_the_committees_code_is_not_taken_for_it(db):
    committee, agency = make_committee("Ban Chỉ đạo A", code="a"), make_agency("Cục A", code="a")
    assert (body_of(committee).code, body_of(committee) == agency) == (f"a-{committee.pk}", False)


def test_the_body_is_made_once_and_called_as_the_committee_is_called(desk):
    body = body_of(desk.committee)
    type(desk.committee).objects.update(name_vi="Ban Chỉ đạo mới", abbreviation="BCĐM")
    assert body_of(desk.committee) == body
    assert Agency.objects.get(as_committee=desk.committee).name_vi == "Ban Chỉ đạo mới"
    told = Event.objects.filter(subject=f"agency:{body.uuid}").order_by("pk")
    assert [event.verb for event in told] == ["add", "change"]
    assert told[1].before["name_vi"] == body.name_vi


def test_a_committees_own_body_is_given_nothing(desk):
    body = body_of(desk.committee)
    assert body not in besides_committees(Agency.objects.all())
    assert body.code not in [agency.code for agency in register_of_the_database().agencies]
    assert body not in members(make_group(kinds=[AgencyKind.OTHER]), ENTERED_ON)
    assert body.pk not in [one.pk for one in agencies_on(ENTERED_ON)]


def test_an_agency_of_its_own_with_a_committees_name_is_given_work_as_before(desk):
    agency = make_agency(desk.committee.name_vi, code="khac", kind=AgencyKind.OTHER)
    body_of(desk.committee)
    assert agency.code in [one.code for one in register_of_the_database().agencies]


def test_a_system_names_the_committee_by_its_code_before_it_has_issued_anything(desk):
    caller = with_key(desk.committee, "read", "draft")
    sent = {"symbol": "TB-UBQGCĐS", "issuer": desk.committee.code, "text": TEXT, "subject": "Kết luận"}
    answer = caller.post("notices/", sent)
    assert (answer.status_code, answer.json()["issuer"]["code"]) == (201, desk.committee.code)
    other = make_committee(code="ban-khac")
    with nothing_changes():
        refused = caller.post("notices/", {**sent, "issuer": other.code})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["issuer"])


def test_a_system_keeps_a_committees_own_notice_by_its_number_from_the_first_one_on(desk):
    caller, code = with_key(desk.committee, "read", "draft"), desk.committee.code
    address = f"notices/by-number/{code}/2024/12/TB-UBQGCĐS/"
    make_notice(desk.committee, issuer=None, number=12, symbol="TB-UBQGCĐS", issued_on=ENTERED_ON, state="draft")
    assert caller.get(address).status_code == 404
    Notice.objects.all().delete()
    sent = {"issued_on": "2024-08-09", "issuer": code, "text": TEXT}
    assert [caller.put(address, sent).status_code for _time in range(2)] == [201, 200]
    assert (caller.read(address)["issuer"]["code"], Notice.objects.count()) == (code, 1)
    other = make_committee(code="ban-khac")
    with nothing_changes():
        refused = caller.put(address.replace(code, other.code), {**sent, "issuer": other.code})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["issuer"])


def test_an_issuer_that_nobody_knows_is_asked_for_at_its_field_and_from_the_issue(desk):
    unknown = LETTERHEAD.replace("ỦY BAN QUỐC GIA VỀ CHUYỂN ĐỔI SỐ", "TỔ CÔNG TÁC MỚI")
    notice, onward = entered(desk, unknown + TEXT)
    header = reverse("admin:directives_notice_change", args=[notice.pk])
    assert onward == header
    words = desk.client.get(header).content.decode()
    assert 'Còn thiếu trước khi phát hành: <a href="#id_issuer">cơ quan ban hành</a>.' in words
    assert "danh mục chưa có cơ quan nào tên là “TỔ CÔNG TÁC MỚI”" in words
    page = reverse("admin:notice_issue", args=[notice.pk])
    assert f'<a href="{header}#id_issuer">Bổ sung: cơ quan ban hành</a>' in desk.client.get(page).content.decode()
    with nothing_changes():
        assert desk.client.post(page, {"version": notice.version, "unhandled_ok": "on"}).status_code == 400


def test_the_committees_name_that_is_typed_as_printed_makes_it_the_issuer(desk):
    page = reverse("admin:directives_notice_add")
    header = {"committee": desk.committee.pk, "kind": "conclusion", "urgency": "normal", "symbol": "TB-UBQGCĐS"}
    given = {**header, "number": "12", "issued_on": "09/08/2024", "issuer_name": "Uỷ ban quốc gia về chuyển đổi số"}
    desk.client.post(page, {**given, "text": TEXT})
    notice = Notice.objects.get()
    assert (notice.issuer, notice.issued_on) == (Agency.objects.get(as_committee=desk.committee), date(2024, 8, 9))
