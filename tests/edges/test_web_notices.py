"""Notices: which are in reach, what they ask marked in their own words, and how much is done."""

import pytest

from directives.models import NoticeState
from directives.models import Role as Part
from directives.rules.lifecycle import State
from tests.edges.visiting import QUOTE, make_world, visit
from tests.make import (
    make_addressee,
    make_agency,
    make_assignment,
    make_committee,
    make_directive,
    make_group,
    make_notice,
    make_paragraph,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_an_agency_reads_the_notices_that_give_it_work(world):
    mine = world.assignment.directive.notice
    make_notice(make_committee())
    make_notice(world.committee, state=NoticeState.DRAFT)
    client = visit(world.officer)
    assert [notice.pk for notice in client.get("/notices/").context["shown"]] == [mine.pk]
    assert client.get(f"/notices/{mine.uuid}/").status_code == 200
    assert visit(world.stranger).get(f"/notices/{mine.uuid}/").status_code == 404


def test_a_notice_marks_what_it_asks_and_numbers_it(world):
    notice = world.assignment.directive.notice
    page = visit(world.officer).get(f"/notices/{notice.uuid}/").content.decode()
    assert f'<mark>{QUOTE}</mark><a class="mark-number" href="#d1">' in page


def test_overlapping_quotations_are_each_marked_to_their_own_end(world):
    notice = world.assignment.directive.notice
    second = make_directive(notice, "Báo cáo kết quả", quote="tiện ích lên VNeID; báo cáo kết quả")
    make_assignment(world.agency, directive=second)
    answer = visit(world.officer).get(f"/notices/{notice.uuid}/")
    [(_, words)] = answer.context["paragraphs"]
    assert [(stretch.words, stretch.quoted, [one.position for one in stretch.ending]) for stretch in words] == [
        ("2. ", False, []),
        ("Bộ Công an đưa ", True, []),
        ("tiện ích lên VNeID", True, [1]),
        ("; báo cáo kết quả", True, [2]),
        (".", False, []),
    ]


@pytest.mark.parametrize(("members", "rows"), [(2, 1), (12, 10)])
def test_a_notice_shows_how_many_of_all_are_done_at_a_fixed_cost(members, rows, django_assert_num_queries):
    world = make_world()
    notice = world.assignment.directive.notice
    agencies = [make_agency() for _ in range(members)]
    group = make_group(*agencies)
    for _ in range(rows):
        shared = make_directive(notice, "Mỗi cơ quan tự làm", quote=QUOTE)
        make_addressee(shared, group, Part.SHARE)
        for number, agency in enumerate(agencies):
            state = State.DONE if number == 0 else State.IN_PROGRESS
            make_assignment(agency, directive=shared, role=Part.SHARE, group=group, state=state)
    make_paragraph(notice, "1. Đánh giá chung.", position=9)
    client = visit(world.secretary)
    client.get(f"/notices/{notice.uuid}/")
    with django_assert_num_queries(21):
        answer = client.get(f"/notices/{notice.uuid}/")
    assert [(entry["done"], entry["total"]) for entry in answer.context["asked"]] == [(0, 1)] + [(1, members)] * rows
