"""Questions: asked by the agency, answered by whoever gave the work, for one or for all; what becomes of open ones."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role as Office
from accounts.roles import NotAllowed
from directives.actions.asking import MOST_WAITING, answer, ask
from directives.actions.assigning import decline, reassign, withdraw
from directives.actions.reporting import hand_in, verify
from directives.actions.weeding import weed
from directives.models import Assignment, Attachment, Delivery, Event, Question
from directives.rules.lifecycle import WrongMoment
from directives.rules.refusals import Invalid, Stale
from tests.actions.a_province import Province
from tests.actions.conftest import nothing_changes
from tests.make import at, make_office, make_user

MONDAY, TUESDAY = date(2024, 9, 9), date(2024, 9, 10)
WHICH = "Số liệu lấy theo nguồn nào?"


def asks(house, text=WHICH, **said):
    return ask(house.assignment, **{"by": house.officer, "at": at(MONDAY), "text": text, **said})


def answers(house, question, text="Theo Thông tư 01.", **said):
    return answer(question, **{"by": house.secretary, "at": at(TUESDAY), "text": text, **said})


def told(kind):
    rows = Delivery.objects.filter(kind=kind, channel="in_app").order_by("recipient_id")
    return [(row.recipient, row.assignment) for row in rows]


def letter(name="cong-van.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.7 ...")


def test_who_answers_is_told_at_once_and_the_work_stays_as_it_is(house):
    question = asks(house, files=[letter()])
    assert told("asked") == [(house.secretary, house.assignment)]
    assert (question.state, question.attachments.get().name) == ("open", "cong-van.pdf")
    event = Event.objects.get(verb="ask")
    assert (event.assignment, event.by, event.on_behalf_of) == (house.assignment, house.officer, "Bộ Công an")
    assert Assignment.objects.get(pk=house.assignment.pk).version == house.assignment.version


def test_the_answer_is_told_to_the_officers_and_to_the_head_who_asked(house):
    head, colleague = make_user(Office.HEAD, house.lead), make_user(Office.OFFICER, house.lead)
    other_head = make_user(Office.HEAD, house.lead)
    question = answers(house, asks(house, by=head), files=[letter("tra-loi.pdf")])
    assert {user for user, _about in told("answered")} == {house.officer, colleague, head}
    assert other_head not in {user for user, _about in told("answered")}
    assert (question.state, question.answer, question.common) == ("answered", "Theo Thông tư 01.", False)
    assert question.answer_files.get().name == "tra-loi.pdf"
    assert Event.objects.get(verb="answer").after == {"common": False}


def test_an_answer_for_all_is_told_to_the_other_agencies_each_of_their_own_work(house):
    question = answers(house, asks(house), common=True)
    assert told("answered") == [(house.officer, house.assignment), (house.stranger, house.coordinating)]
    assert list(Question.objects.common_to(house.coordinating)) == [question]
    assert list(Question.objects.common_to(house.assignment)) == []


def test_files_of_an_answer_for_all_are_everybodys_and_those_of_the_question_are_not(house):
    answers(house, asks(house, files=[letter("noi-bo.pdf")]), common=True, files=[letter("tra-loi.pdf")])
    seen = Attachment.objects.of(Assignment.objects.filter(pk=house.coordinating.pk))
    assert [file.name for file in seen] == ["tra-loi.pdf"]
    own = Attachment.objects.of(Assignment.objects.filter(pk=house.assignment.pk))
    assert {file.name for file in own} == {"noi-bo.pdf", "tra-loi.pdf"}


REFUSED = {
    "empty": (lambda house: asks(house, " "), Invalid),
    "too long": (lambda house: asks(house, "a" * 20_001), Invalid),
    "a file that is not what it says": (lambda house: asks(house, files=[SimpleUploadedFile("a.pdf", b"MZ")]), Invalid),
    "by another agency": (lambda house: asks(house, by=house.stranger), NotAllowed),
    "by the secretariat": (lambda house: asks(house, by=house.secretary), NotAllowed),
    "of an older version": (lambda house: asks(house, version=9), Stale),
}


@pytest.mark.parametrize(("asked", "why"), REFUSED.values(), ids=REFUSED)
def test_a_question_that_is_refused_changes_nothing(house, asked, why):
    with nothing_changes(), pytest.raises(why):
        asked(house)


def test_the_same_question_waits_once_and_five_at_most(house):
    for number in range(MOST_WAITING):
        first = asks(house, f"{WHICH} ({number})")
    with nothing_changes():
        with pytest.raises(WrongMoment, match="This very question"):
            asks(house, f"{WHICH} (0)")
        with pytest.raises(WrongMoment, match="5 questions about this work wait"):
            asks(house)
    answers(house, first)
    assert asks(house).state == "open"


UNANSWERED = {
    "empty": (lambda house, question: answers(house, question, " "), Invalid),
    "by who asked": (lambda house, question: answers(house, question, by=house.officer), NotAllowed),
    "by another agency": (lambda house, question: answers(house, question, by=house.stranger), NotAllowed),
    "by who asked, now with a seat above": (
        lambda house, question: answers(
            house, question, by=make_office(house.officer, Office.SECRETARIAT, house.committee).user
        ),
        NotAllowed,
    ),
}


@pytest.mark.parametrize(("answered", "why"), UNANSWERED.values(), ids=UNANSWERED)
def test_an_answer_that_is_refused_leaves_the_question_open(house, answered, why):
    question = asks(house)
    with pytest.raises(why):
        answered(house, question)
    assert (Question.objects.get().state, told("answered")) == ("open", [])
    assert not Event.objects.filter(verb="answer").exists()


def test_a_question_is_answered_once(house):
    question = answers(house, asks(house))
    with nothing_changes(), pytest.raises(WrongMoment, match="answered already"):
        answers(house, question, "Khác.")


def finish(house):
    hand_in(house.assignment, by=house.officer, at=at(MONDAY), text="Xong.")
    verify(house.assignment, by=house.secretary, at=at(TUESDAY))


ENDS = {
    "withdrawn": lambda house: withdraw(house.assignment, by=house.secretary, at=at(TUESDAY), reason="Trùng."),
    "reassigned": lambda house: reassign(
        house.assignment, house.third, by=house.secretary, at=at(TUESDAY), reason="Nhầm."
    ),
    "declined": lambda house: decline(house.assignment, by=house.officer, at=at(TUESDAY), reason="Không thuộc."),
    "done": finish,
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_what_nobody_answered_lapses_with_its_work(house, end):
    question = asks(house)
    end(house)
    question.refresh_from_db()
    assert (question.state, question.answered_by, question.answer) == ("lapsed", None, "")
    event = Event.objects.get(verb="lapse_question")
    assert (event.before, event.after) == ({"question": "open"}, {"question": "lapsed"})
    with nothing_changes(), pytest.raises(WrongMoment):
        answers(house, question)


def test_messages_leave_only_while_they_are_news(house):
    question = asks(house)
    message = Delivery.objects.get(kind="asked", channel="email")
    assert weed(message, at=at(TUESDAY))
    house.secretary.offices.update(ends_on=MONDAY)
    assert not weed(message, at=at(TUESDAY))
    house.secretary.offices.update(ends_on=None)
    answers(house, question)
    assert not weed(Delivery.objects.get(pk=message.pk), at=at(TUESDAY))
    news = Delivery.objects.get(kind="answered", channel="email")
    assert weed(news, at=at(TUESDAY))
    house.officer.offices.update(ends_on=MONDAY)
    assert not weed(news, at=at(TUESDAY))


def test_a_unit_asks_the_agency_that_handed_the_work_down_and_the_committee_hears_nothing(db):
    province = Province()
    first, second = province.gives(*province.communes[:2])
    question = ask(first, by=province.people[0], at=at(date(2025, 3, 5)), text=WHICH)
    assert {user for user, _about in told("asked")} == {province.officer, province.head}
    with nothing_changes(), pytest.raises(NotAllowed):
        answer(question, by=province.secretary, at=at(date(2025, 3, 6)), text="Theo Thông tư 01.")
    answer(question, by=province.head, at=at(date(2025, 3, 6)), text="Theo Thông tư 01.", common=True)
    assert {about for _user, about in told("answered")} == {first, second}
