"""Questions on the pages: asked on a form that keeps drafts, answered where they wait, read where they were asked."""

import pytest

from directives.actions.asking import answer, ask
from directives.actions.reporting import hand_in
from directives.models import Question, Unsent
from directives.models import Role as Part
from directives.rules.lifecycle import State
from tests.actions.a_province import Province
from tests.actions.conftest import nothing_changes
from tests.edges.visiting import MONDAY, make_world, pdf, visit
from tests.make import at, make_addressee, make_agency, make_assignment, make_question, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
WHICH = {"text": "Số liệu lấy theo nguồn nào?"}
SAID = {"text": "Theo Thông tư 01."}


def place(world, more="ask/"):
    return f"/assignments/{world.assignment.uuid}/{more}"


def neighbour(world):
    """The officer of an agency that coordinates, and its page."""
    agency = make_agency("Bộ Y tế")
    make_addressee(world.assignment.directive, agency, Part.COORDINATING)
    theirs = make_assignment(agency, directive=world.assignment.directive, role=Part.COORDINATING)
    return visit(make_user(body=agency)), f"/assignments/{theirs.uuid}/"


def plain(answer):
    """The page without what differs from one look to the next."""
    return answer.content.split(b'<main id="content"')[1].replace(answer.context["csrf_token"].encode(), b"")


def test_a_question_with_a_file_stands_in_the_thread_and_its_answer_below_it(world):
    client = visit(world.officer)
    asked = client.post(place(world), {**WHICH, "files": [pdf("cong-van.pdf")]}, follow=True)
    assert "Asked. The answer will stand here, and you will be told." in asked.content.decode()
    question = Question.objects.get()
    answers = visit(world.secretary)
    assert f'href="/questions/{question.uuid}/"' in answers.get(place(world, "")).content.decode()
    done = answers.post(f"/questions/{question.uuid}/", {**SAID, "files": [pdf("tra-loi.pdf")]}, follow=True)
    assert "Answered. The agency is told." in done.content.decode()
    page = client.get(place(world, "")).content.decode()
    places = [page.index(words) for words in (WHICH["text"], "cong-van.pdf", SAID["text"], "tra-loi.pdf")]
    assert places == sorted(places)
    for file in (*question.attachments.all(), *question.answer_files.all()):
        assert client.get(f"/attachments/{file.uuid}/").status_code == 200
        assert visit(world.stranger).get(f"/attachments/{file.uuid}/").status_code == 404


def test_what_was_typed_is_kept_as_a_draft_and_goes_when_it_is_asked(world):
    client = visit(world.officer)
    client.post(place(world), {**WHICH, "keep": "1"})
    assert WHICH["text"] in client.get(place(world)).content.decode()
    client.post(place(world), WHICH)
    assert not Unsent.objects.exists()


def test_a_second_click_asks_once(world):
    client = visit(world.officer)
    for _ in range(2):
        assert client.post(place(world), WHICH).status_code == 302
    assert Question.objects.count() == 1


@pytest.mark.parametrize(("form", "where"), [("ask", place), ("answer", None)])
def test_an_empty_text_gets_a_sentence_beside_the_field_and_changes_nothing(world, form, where):
    question = make_question(world.assignment, asked_by=world.officer)
    client, address = visit(world.officer), place(world)
    if form == "answer":
        client, address = visit(world.secretary), f"/questions/{question.uuid}/"
    with nothing_changes():
        refused = client.post(address, {"text": " ", "common": "on"})
    assert refused.status_code == 400
    missing = {"ask": "Please write your question.", "answer": "Please write the answer."}[form]
    assert refused.context["form"].errors["text"] == [missing]


def test_questions_and_answers_of_one_agency_change_not_a_byte_of_anothers_page(world):
    client, address = neighbour(world)
    before = plain(client.get(address))
    question = ask(world.assignment, by=world.officer, at=at(MONDAY), **WHICH, files=[pdf()])
    answer(question, by=world.secretary, at=at(MONDAY), **SAID, files=[pdf()])
    assert plain(client.get(address)) == before


def test_an_answer_for_all_is_read_by_the_others_without_who_asked(world):
    client, address = neighbour(world)
    question = ask(world.assignment, by=world.officer, at=at(MONDAY), **WHICH, files=[pdf("noi-bo.pdf")])
    answer(question, by=world.secretary, at=at(MONDAY), **SAID, common=True, files=[pdf("tra-loi.pdf")])
    page = client.get(address).content.decode()
    for words in ("Question of another agency, answered for all", WHICH["text"], SAID["text"], "tra-loi.pdf"):
        assert words in page
    assert "noi-bo.pdf" not in page
    assert world.officer.name not in page
    assert client.get(f"/attachments/{question.answer_files.get().uuid}/").status_code == 200
    assert client.get(f"/attachments/{question.attachments.get().uuid}/").status_code == 404


def test_what_lapsed_says_so_and_can_no_longer_be_answered(world):
    question = make_question(world.assignment, asked_by=world.officer, state="lapsed", answered_at=at(MONDAY))
    assert "the work ended before it was answered" in visit(world.officer).get(place(world, "")).content.decode()
    secretary = visit(world.secretary)
    with nothing_changes():
        refused = secretary.post(f"/questions/{question.uuid}/", SAID)
    assert refused.status_code == 409
    assert "This question lapsed with its work" in refused.content.decode()


def test_a_unit_asks_the_agency_above_which_finds_the_question_on_its_first_page():
    province = Province()
    part = province.gives(province.communes[0])[0]
    assert visit(province.people[0]).post(f"/assignments/{part.uuid}/ask/", WHICH).status_code == 302
    above = visit(province.officer)
    hand_in(part, by=province.people[0], at=at(MONDAY), text="Xong.")
    waits = {one.sentence: one.address for one in above.get("/").context["desk_waits"]}
    assert waits == {
        "1 question waits for your answer.": "/questions/",
        "1 part that you handed down is handed in and waits for you to verify it.": "/?tab=down&standing=waiting",
    }
    assert part.directive.wording in above.get("/?tab=down&standing=waiting").content.decode()
    assert WHICH["text"] in above.get("/questions/").content.decode()
    question = Question.objects.get()
    assert visit(province.secretary).get(f"/questions/{question.uuid}/").status_code == 404
    assert above.post(f"/questions/{question.uuid}/", SAID).status_code == 302
    assert "waits for your answer" not in above.get("/").content.decode()


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_of_questions_costs_the_same_for_any_length(world, number, django_assert_num_queries):
    for _ in range(number):
        make_question(world.assignment, asked_by=world.officer)
    client = visit(world.secretary)
    client.get("/questions/")
    with django_assert_num_queries(8):
        assert client.get("/questions/").context["shown"].paginator.count == number


def test_a_question_is_not_offered_where_nobody_works():
    world = make_world(state=State.SUSPENDED)
    client = visit(world.officer)
    with nothing_changes():
        assert client.post(place(world), WHICH).status_code == 409
