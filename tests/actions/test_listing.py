"""A list of directives: understood by its columns, checked as a whole, entered as a whole or not at all."""

from datetime import date

import pytest

from accounts.models import Role
from accounts.roles import NotAllowed
from directives.actions.list_lines import Outcome
from directives.actions.list_reading import Wishes
from directives.actions.listing import check_list, enter_list
from directives.models import Directive, Event, NoticeState
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid, Stale
from tests.actions.a_list import (
    ANNEX,
    FILE,
    FIRST,
    FULL,
    SECOND,
    TODAY,
    World,
    faults,
    listed,
    rows_of_everything,
)
from tests.make import (
    at,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def test_a_row_becomes_a_directive_tied_to_its_sentence(world):
    plan = world.enter(FULL)
    directive = Directive.objects.get()
    assert (plan.count(Outcome.NEW), plan.count(Outcome.SAME)) == (1, 0)
    assert (directive.quote, directive.paragraph.label, directive.wording) == (FIRST, "1", FIRST)
    assert (directive.due_on, directive.deadline_text) == (date(2024, 12, 31), "trước ngày 31/12/2024")
    named = {(row.role, (row.agency or row.group).name_vi) for row in directive.addressees.all()}
    assert named == {("lead", "Bộ Công an"), ("coordinating", "Bộ Y tế"), ("coordinating", "Các địa phương")}
    assert directive.paragraph.handled_as == "directive"


def test_history_keeps_the_list_and_each_directive(world):
    world.enter(FULL, {"wording": SECOND, "lead": "BCA"})
    entered = Event.objects.get(verb="enter_list")
    assert (entered.after["sha256"], entered.after["file"], entered.after["added"]) == ("f" * 64, "danh-muc.xlsx", 2)
    assert Event.objects.filter(verb="add_directive", notice=world.notice).count() == 2


def test_the_same_list_again_changes_nothing(world):
    rows = (FULL, {"wording": SECOND, "lead": "BCA, Bộ Y tế", "due_on": date(2024, 11, 30)}, {"wording": "Việc khác"})
    wishes = Wishes(annex=True, several_leads="share")
    world.enter(*rows, wishes=wishes)
    before, version = rows_of_everything(), world.notice.version
    plan = world.enter(*rows, wishes=wishes)
    assert [line.outcome for line in plan.lines] == [Outcome.SAME] * 3
    assert (rows_of_everything(), world.notice.version) == (before, version)


def test_a_check_writes_nothing_and_tells_nobody(world):
    before = rows_of_everything()
    plan = world.check(FULL, {"wording": "Việc trong phụ lục"}, {"wording": FIRST, "lead": "Bộ Không Có"})
    assert plan.count(Outcome.NEW) == 3
    world.notice.refresh_from_db()
    assert (rows_of_everything(), world.notice.version, "phụ lục" in world.notice.text) == (before, 1, False)


def test_all_faults_of_all_rows_are_told_at_once(world):
    plan = world.check(
        {"wording": "", "lead": "Bộ Công an"},
        {"wording": FIRST, "lead": "Bộ Không Có; Bộ Y tế", "due_on": "31/02/2025"},
        {"wording": SECOND, "lead": "BCA", "coordinating": "Bộ Công an", "due_on": "trước ngày 01/01/2024"},
        {"wording": "Không có trong thông báo", "product": "x" * 500, "review_on": "mai"},
        wishes=Wishes(),
    )
    assert [(number, means) for number, means, _sentence in faults(plan)] == [
        (2, "wording"),
        (3, "due_on"),
        (3, "lead"),
        (4, "due_on"),
        (4, "lead"),
        (5, "review_on"),
        (5, "wording"),
        (5, "product"),
    ]


def test_a_list_with_a_fault_is_not_entered_at_all(world):
    before = rows_of_everything()
    with pytest.raises(Invalid):
        world.enter(FULL, {"wording": SECOND, "lead": "Bộ Không Có"})
    world.notice.refresh_from_db()
    assert (rows_of_everything(), world.notice.version) == (before, 1)


def test_what_is_not_in_the_text_is_its_annex_where_the_secretary_says_so(world):
    world.enter({"number": "7", "wording": "Rà soát quy định"}, FULL)
    directive = Directive.objects.get(wording="Rà soát quy định")
    assert world.notice.text.endswith(f"{SECOND}.\n\nRà soát quy định")
    assert world.notice.text[directive.quote_start : directive.quote_end] == "Rà soát quy định"
    assert (directive.paragraph.label, directive.paragraph.text) == ("PL 7", "Rà soát quy định")


def test_without_that_word_it_is_a_fault(world):
    plan = world.check({"wording": "Rà soát quy định"}, wishes=Wishes())
    assert [(number, means) for number, means, _ in faults(plan)] == [(2, "wording")]


def test_a_sentence_is_found_in_another_spelling_and_other_blanks():
    world = World(text="1. Bộ Y tế  uỷ quyền cho\ncác địa phương\nhoàn thành.")
    world.enter({"wording": "ủy quyền cho các địa phương hoàn thành."}, wishes=Wishes())
    directive = Directive.objects.get()
    assert directive.quote == "uỷ quyền cho\ncác địa phương\nhoàn thành."
    assert directive.wording == "ủy quyền cho các địa phương hoàn thành."


def test_the_quote_may_stand_in_a_column_of_its_own(world):
    world.enter({"quote": FIRST, "wording": "Nối mạng"}, wishes=Wishes())
    assert Directive.objects.values_list("quote", "wording").get() == (FIRST, "Nối mạng")


def test_two_rows_of_the_same_sentence_in_the_same_words_are_one_too_many(world):
    plan = world.check(FULL, {**FULL, "lead": "Bộ Y tế", "coordinating": ""}, wishes=Wishes())
    assert [(number, means) for number, means, _ in faults(plan)] == [(3, "wording")]


def test_in_an_annex_the_same_words_may_be_said_to_two(world):
    rows = [{"wording": "Báo cáo kết quả", "lead": name} for name in ("Bộ Công an", "Bộ Y tế")]
    world.enter(*rows)
    assert Directive.objects.filter(wording="Báo cáo kết quả").count() == 2
    assert [line.outcome for line in world.enter(*reversed(rows)).lines] == [Outcome.SAME] * 2


def test_only_the_committees_secretariat_takes_lists_in(world):
    stranger = make_user(Role.SECRETARIAT)
    with pytest.raises(NotAllowed):
        check_list(world.notice, listed(FULL), ANNEX, by=stranger, at=at(TODAY))
    with pytest.raises(NotAllowed):
        enter_list(world.notice, listed(FULL), ANNEX, by=stranger, at=at(TODAY), version=1, digest="", source=FILE)
    assert not Directive.objects.exists()


def test_what_was_issued_takes_no_list(world):
    digest = world.check(FULL).digest
    type(world.notice).objects.filter(pk=world.notice.pk).update(state=NoticeState.WITHDRAWN)
    who = {"by": world.by, "at": at(TODAY), "version": 1, "source": FILE}
    with pytest.raises(WrongMoment):
        enter_list(world.notice, listed(FULL), ANNEX, digest=digest, **who)
    assert not Directive.objects.exists()


def test_another_draft_another_list_or_another_register_than_was_checked_is_stale(world):
    digest = world.check(FULL).digest
    who = {"by": world.by, "at": at(TODAY), "source": FILE, "digest": digest}
    with pytest.raises(Stale):
        enter_list(world.notice, listed(FULL), ANNEX, version=2, **who)
    with pytest.raises(Stale):
        enter_list(world.notice, listed({**FULL, "product": "x"}), ANNEX, version=1, **who)
    world.police.aliases, world.health.aliases = [], ["bo cong an"]
    world.police.name_vi = "Bộ khác"
    world.police.save()
    world.health.save()
    with pytest.raises(Stale):
        enter_list(world.notice, listed(FULL), ANNEX, version=1, **who)
    assert not Directive.objects.exists()


def test_a_notice_without_its_date_takes_no_list(world):
    world.notice.issued_on = None
    world.notice.save()
    with pytest.raises(Invalid):
        world.check(FULL)


@pytest.mark.parametrize("rows", [1, 40])
def test_a_list_costs_the_same_queries_for_any_length(world, rows, django_assert_num_queries):
    many = [{**FULL, "wording": f"Việc {n}"} for n in range(rows)]
    digest = world.check(*many).digest
    who = {"by": world.by, "at": at(TODAY), "version": 1, "digest": digest, "source": FILE}
    with django_assert_num_queries(20):
        enter_list(world.notice, listed(*many), ANNEX, **who)
