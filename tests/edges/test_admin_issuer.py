"""Who issued a notice: the committee itself too; an issuer that is not known is asked for before all else."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from accounts.agencies import besides_committees, body_of
from accounts.models import Agency, AgencyKind
from directives.models import Notice
from tests.actions.conftest import nothing_changes
from tests.edges.desk_of import ENTERED_ON, TEXT, make_desk
from tests.make import at, make_agency, make_committee
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
    assert body_of(desk.committee) == body


def test_another_letterhead_makes_no_body(desk):
    with_office = LETTERHEAD.replace("ỦY BAN QUỐC GIA VỀ CHUYỂN ĐỔI SỐ", "VĂN PHÒNG CHÍNH PHỦ")
    before = Agency.objects.count()
    notice, _onward = entered(desk, with_office + TEXT)
    assert (notice.issuer, Agency.objects.count()) == (desk.office, before)


def test_an_agency_that_has_the_committees_code_is_not_taken_for_it(db):
    committee = make_committee("Ban Chỉ đạo A", code="a")
    agency = make_agency("Cục A", code="a")
    assert (body_of(committee).code, body_of(committee) == agency) == ("a-itself", False)


def test_a_committees_own_body_is_given_nothing_by_the_reading(desk):
    body = body_of(desk.committee)
    assert body not in besides_committees(Agency.objects.all())
    assert body.code not in [agency.code for agency in register_of_the_database().agencies]


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
    assert (notice.issuer, notice.issued_on) == (body_of(desk.committee), date(2024, 8, 9))
