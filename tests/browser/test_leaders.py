"""The leaders' page in the browser: read and used by everybody, at every width, without scripts, and on A4."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from accounts.models import Role
from directives.actions.recording import remember
from tests.browser.conftest import DESK, SMALLEST, Opening
from tests.browser.looking import bring_axe, wrong_for_fingers
from tests.make import (
    make_agency,
    make_assignment,
    make_committee,
    make_directive,
    make_indicator,
    make_notice,
    make_reading,
    make_user,
)
from tracker import clock

pytestmark = pytest.mark.django_db(transaction=True)
A4 = (595, 842)  # points
SCROLLED = """() => [...document.querySelectorAll('.wide')]
    .filter(one => one.scrollWidth > one.clientWidth).map(one => one.outerHTML.slice(0, 120))"""


def test_a_leader_reads_the_figures_everywhere_and_prints_them(open_as: Opening):
    today, committee = clock.today(), make_committee("Ủy ban Quốc gia về chuyển đổi số")
    for number, due_in in enumerate((-200, -70, -40, -3, 5, None)):
        notice = make_notice(committee, issued_on=today - timedelta(days=300 - number))
        directive = make_directive(notice, field="Dữ liệu")
        due_on = None if due_in is None else today + timedelta(days=due_in)
        one = make_assignment(make_agency(f"Ủy ban nhân dân tỉnh số {number}"), directive=directive, due_on=due_on)
        remember([one], one.assigned_on)
    make_reading(make_indicator(committee, target=100, unit="%"), today, value=71)
    chair = make_user(Role.CHAIR, committee)
    for size, language, scheme in ((SMALLEST, "vi", "dark"), (DESK, "en", "light")):
        page = bring_axe(open_as(chair, size=size, language=language, scheme=scheme))
        page.goto("/figures/?as_of=2100-01-01")  # with the sentence of a day that has not come
        assert wrong_for_fingers(page) == []
        assert page.evaluate(SCROLLED) == []  # no table is read through a window
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    assert {tuple(map(round, one.mediabox[2:])) for one in printed.pages} == {A4}
    plain = open_as(chair, scripts=False)
    plain.goto("/figures/")
    plain.locator(".headline-late a.number").first.click()
    assert plain.locator(".work-row").count() == 4
