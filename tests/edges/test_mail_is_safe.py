"""What a letter never does: carry what people write as code, act by a link, or grow beyond its lines."""

import re
from datetime import date, timedelta

import pytest

from tests.edges.letters import FRIDAY, MORNING, Desk, render
from tests.make import (
    make_assignment,
    make_delivery,
    make_reminder,
    make_report,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_people_write_stays_text_in_html(desk):
    desk.directive.wording = "<script>alert(1)</script> & <b>đậm</b>"
    desk.directive.save()
    message = render(desk.digest(), at=MORNING)
    assert "<script>" not in message.html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;" in message.html
    assert "<script>alert(1)</script> & <b>đậm</b>" in message.text


def test_every_link_only_shows_a_page(desk):
    message = render(desk.digest(), at=MORNING)
    links = set(re.findall(r'href="([^"]+)"', message.html))
    assert links == {"http://localhost:8000", f"http://localhost:8000/assignments/{desk.assignment.uuid}/"}
    assert "<form" not in message.html
    assert "<img" not in message.html


def test_a_very_long_wording_leaves_a_subject_of_one_line(desk):
    desk.directive.wording = "Rất\ndài " * 200
    desk.directive.save()
    make_report(desk.assignment, kind="hand_in", state="returned", reason="Thiếu.", decided_at=MORNING)
    message = render(make_delivery(desk.officer, kind="returned", assignment=desk.assignment), at=MORNING)
    assert len(message.subject) <= 200
    assert "\n" not in message.subject


def test_a_message_in_the_application_has_no_links_and_no_letter_around_it(desk):
    message = render(desk.digest(channel="in_app"), at=MORNING + timedelta(hours=1))
    assert "http" not in message.text
    assert (message.html, "----" in message.text) == ("", False)


def test_a_digest_counts_apart_what_only_lacks_a_report(desk):
    row = desk.digest()
    for kind, rung, due_on in (("review", 1030, None), ("monthly", 12501, date(2025, 6, 30))):
        work = make_assignment(desk.lead, directive=desk.directive, role="share", period=kind, due_on=due_on)
        make_reminder(row, work, rung, kind=kind, rung_on=FRIDAY)
    assert render(row, at=MORNING).subject == (
        "Đôn đốc ngày 03/01/2025: 1 phần việc quá hạn, 2 phần việc chưa có báo cáo"
    )
