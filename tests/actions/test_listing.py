"""A list of directives: understood by its columns, checked as a whole, entered as a whole or not at all."""

from datetime import date

import pytest

from accounts.models import AgencyKind, Role
from accounts.roles import NotAllowed
from directives.actions.list_lines import Outcome
from directives.actions.list_reading import NOBODY, Row, Wishes
from directives.actions.listing import Source, check_list, enter_list
from directives.models import Addressee, Delivery, Directive, Event, NoticeState, Reminder
from directives.rules.lifecycle import WrongMoment
from directives.rules.lists.columns import Means
from directives.rules.refusals import Invalid, Stale
from tests.make import (
    at,
    make_agency,
    make_committee,
    make_directive,
    make_group,
    make_notice,
    make_paragraph,
    make_user,
)

pytestmark = pytest.mark.django_db
ISSUED_ON, TODAY = date(2024, 8, 9), date(2024, 8, 12)
FILE = Source("danh-muc.xlsx", "f" * 64)
FIRST, SECOND = "Kết nối hệ thống thông tin", "Trình đề án chuyển đổi số"
ANNEX = Wishes(annex=True)


class World:
    """A draft of two sentences, its secretary, two ministries and a group."""

    def __init__(self, text: str = f"1. {FIRST}.\n2. {SECOND}.") -> None:
        self.committee = make_committee()
        self.by = make_user(Role.SECRETARIAT, self.committee)
        self.police = make_agency("Bộ Công an", abbreviation="BCA", short_name_vi="Công an")
        self.health = make_agency("Bộ Y tế", aliases=["Bộ YT"], name_en="Ministry of Health")
        self.provinces = make_group(kinds=(AgencyKind.PROVINCE,), name="Các địa phương")
        self.notice = make_notice(self.committee, state=NoticeState.DRAFT, issued_on=ISSUED_ON, text=text)
        for position, sentence in enumerate((FIRST, SECOND), start=1):
            if sentence in text:
                make_paragraph(self.notice, sentence, str(position))

    def check(self, *rows: dict, wishes: Wishes = ANNEX):
        return check_list(self.notice, listed(*rows), wishes, by=self.by, at=at(TODAY))

    def enter(self, *rows: dict, wishes: Wishes = ANNEX):
        self.notice.refresh_from_db()
        digest = self.check(*rows, wishes=wishes).digest
        who = {"by": self.by, "at": at(TODAY), "version": self.notice.version, "digest": digest, "source": FILE}
        plan = enter_list(self.notice, listed(*rows), wishes, **who)
        self.notice.refresh_from_db()
        return plan


@pytest.fixture
def world() -> World:
    return World()


def listed(*rows: dict) -> list[Row]:
    """Rows from the second of the sheet on; keys are the names of `Means`."""
    cells = [{Means(name): cell for name, cell in row.items()} for row in rows]
    return [Row(number, row) for number, row in enumerate(cells, start=2)]


def faults(plan) -> list[tuple[int, str, str]]:
    """Row, column and the beginning of each sentence."""
    return [(fault.number, fault.means.value, str(fault.refusal.sentence)) for fault in plan.faults]


def rows_of_everything() -> tuple[int, ...]:
    """How much there is of all that a list could touch."""
    return tuple(model.objects.count() for model in (Directive, Addressee, Event, Delivery, Reminder))


FULL = {
    "number": 1,
    "wording": FIRST,
    "lead": "bo cong an",
    "coordinating": "Bộ YT; các địa phương",
    "due_on": "trước ngày 31/12/2024",
    "product": "Báo cáo",
    "note": "Ghi chú",
}


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


# --- whom


def test_a_name_of_two_is_asked_and_the_answer_is_taken(world):
    twin = make_agency("Bộ Y tế", kind=AgencyKind.OTHER)
    plan = world.check({"wording": FIRST, "lead": "Bộ Y tế"})
    (question,) = plan.questions
    assert ([body.pk for body in question.bodies], question.rows) == ([world.health.pk, twin.pk], [2])
    assert len(plan.faults) == 1
    wishes = Wishes(answers={question.key: f"agency:{twin.pk}"}, annex=True)
    world.enter({"wording": FIRST, "lead": "Bộ Y tế"}, wishes=wishes)
    assert Addressee.objects.get().agency == twin


def test_words_that_name_nobody_may_be_left_out(world):
    row = {"wording": FIRST, "lead": "Bộ Công an", "coordinating": "Bộ Y tế và các đơn vị liên quan"}
    (question,) = world.check(row).questions
    assert (question.text, list(question.bodies)) == ("đơn vị liên quan", [])
    world.enter(row, wishes=Wishes(answers={question.key: NOBODY}))
    assert Addressee.objects.count() == 2


def test_an_answer_that_is_nobody_of_ours_is_no_answer(world):
    plan = world.check({"wording": FIRST, "lead": "Bộ X"}, wishes=Wishes(answers={"bo x": "agency:999999"}))
    assert len(plan.questions) == 1


def test_marks_decide_between_names_that_are_alike_without_them(world):
    make_agency("Bộ Công An", valid_to=date(2000, 1, 1))
    other = make_agency("Bộ Cống An")
    plan = world.check({"wording": FIRST, "lead": "Bộ Công an"}, {"wording": SECOND, "lead": "bo cong an"})
    assert ([q.text for q in plan.questions], plan.questions[0].bodies[1]) == (["bo cong an"], other)


def test_the_register_of_the_issue_date_is_asked_and_then_todays(world):
    gone = make_agency("Bộ Cũ", valid_to=date(2024, 8, 10))
    new = make_agency("Bộ Mới", valid_from=date(2024, 8, 11))
    long_gone = make_agency("Bộ Xưa", valid_to=date(2020, 1, 1))
    plan = world.check(*({"wording": f"Việc {body}", "lead": body.name_vi} for body in (gone, new, long_gone)))
    assert [[to.agency for to in line.whom] for line in plan.lines] == [[gone], [new], []]


@pytest.mark.parametrize(
    ("wish", "roles"),
    [("share", ["share", "share"]), ("first", ["coordinating", "lead"])],
)
def test_of_several_leads_the_secretary_decides(world, wish, roles):
    world.enter({"wording": FIRST, "lead": "Bộ Công an; Bộ Y tế"}, wishes=Wishes(several_leads=wish))
    assert sorted(Addressee.objects.values_list("role", flat=True)) == roles


def test_several_leads_are_a_fault_where_nothing_is_said(world):
    assert [means for _row, means, _ in faults(world.check({"wording": FIRST, "lead": "BCA; Bộ Y tế"}))] == ["lead"]


def test_a_group_that_leads_answers_by_its_members_shares(world):
    world.enter({"wording": FIRST, "lead": "Các địa phương"})
    assert Addressee.objects.values_list("role", "group").get() == ("share", world.provinces.pk)


# --- deadlines


DEADLINES = {
    "a day": ({"due_on": date(2024, 12, 31)}, ("date", date(2024, 12, 31), "31/12/2024")),
    "a day as text": ({"due_on": "31/12/2024"}, ("date", date(2024, 12, 31), "31/12/2024")),
    "words": ({"due_on": "Quý III/2024"}, ("period", date(2024, 9, 30), "Quý III/2024")),
    "words and the day": (
        {"deadline_text": "trong tháng 9/2024", "due_on": date(2024, 9, 30)},
        ("period", date(2024, 9, 30), "trong tháng 9/2024"),
    ),
    "another day than is written": (
        {"deadline_text": "trong tháng 9/2024", "due_on": date(2024, 10, 15)},
        ("date", date(2024, 10, 15), "trong tháng 9/2024"),
    ),
    "its kind in English": (
        {"deadline_kind": "Ongoing", "deadline_text": "thường xuyên", "due_on": None},
        ("ongoing", None, "thường xuyên"),
    ),
    "nothing": ({"due_on": None}, ("none", None, "")),
    "urgent": ({"due_on": "Khẩn trương"}, ("urgent_undated", None, "Khẩn trương")),
}


@pytest.mark.parametrize(("cells", "means"), DEADLINES.values(), ids=DEADLINES)
def test_a_deadline_is_a_day_or_words_or_both(world, cells, means):
    row = {"wording": FIRST, **cells}
    world.enter(row)
    assert Directive.objects.values_list("deadline_kind", "due_on", "deadline_text").get() == means
    assert [line.outcome for line in world.enter(row).lines] == [Outcome.SAME]


def test_recurring_work_recurs(world):
    world.enter({"wording": FIRST, "due_on": "định kỳ hằng tháng, trước ngày 25"})
    assert Directive.objects.values_list("deadline_kind", "recurrence", "recurrence_day").get() == (
        "recurring",
        "monthly",
        25,
    )


def test_what_was_understood_with_doubt_is_shown(world):
    plan = world.check({"wording": FIRST, "due_on": "theo kế hoạch riêng"})
    assert [(note.number, note.said) for note in plan.notes] == [(2, "theo kế hoạch riêng")]
    assert plan.faults == []


# --- changes


def test_a_cell_that_differs_changes_its_directive_and_nothing_else(world):
    world.enter(FULL, {"wording": SECOND, "lead": "BCA"})
    plan = world.enter({**FULL, "product": "Đề án"}, {"wording": SECOND, "lead": "Bộ Y tế"})
    assert [(line.outcome, line.changed) for line in plan.lines] == [
        (Outcome.CHANGED, [Means.PRODUCT]),
        (Outcome.CHANGED, [Means.LEAD]),
    ]
    first, second = Directive.objects.order_by("position")
    assert (first.product, first.version, first.addressees.count()) == ("Đề án", 2, 3)
    assert [row.agency for row in second.addressees.all()] == [world.health]
    changed = Event.objects.filter(verb="change_directive").order_by("pk")
    assert [event.after["wording"] for event in changed] == [FIRST, SECOND]


def test_a_column_that_is_not_in_the_list_is_left_alone(world):
    world.enter(FULL)
    plan = world.enter({"wording": FIRST})
    assert plan.lines[0].outcome is Outcome.SAME
    assert (Directive.objects.get().product, Addressee.objects.count()) == ("Báo cáo", 3)


def test_a_code_names_the_directive_whose_words_change(world):
    world.enter(FULL)
    code = str(Directive.objects.get().uuid)
    world.enter({"code": code.upper(), "wording": "Kết nối xong"})
    assert Directive.objects.values_list("wording", "quote").get() == ("Kết nối xong", FIRST)


STRANGE_CODES = {"no code": "abc", "of another draft": None, "of nobody": "00000000-0000-0000-0000-000000000000"}


@pytest.mark.parametrize("code", STRANGE_CODES.values(), ids=STRANGE_CODES)
def test_a_code_that_is_not_of_this_draft_is_a_fault(world, code):
    code = code or str(make_directive().uuid)
    assert {means for _row, means, _ in faults(world.check({"code": code, "wording": FIRST}))} == {"code"}


def test_a_row_of_another_notice_is_a_fault(world):
    rows = [
        {"notice": text, "wording": wording} for text, wording in ((f"{world.notice}", FIRST), ("1/QĐ-BYT", SECOND))
    ]
    assert [(row, means) for row, means, _ in faults(world.check(*rows))] == [(3, "notice")]


# --- who, when


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
