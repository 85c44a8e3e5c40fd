"""Messages: the reader's own, marked as read by nobody else, at a fixed cost."""

from datetime import timedelta

import pytest
import time_machine

from directives.models import Delivery
from tests.edges.visiting import MONDAY, visit
from tests.make import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def make_message(user, **fields):
    fields.setdefault("state", "sent")
    fields.setdefault("channel", "in_app")
    moment = at(MONDAY, 7)
    return Delivery.objects.create(
        key=f"{user.pk}:{Delivery.objects.count()}",
        kind="digest",
        recipient=user,
        created_at=moment,
        due_at=moment + timedelta(minutes=Delivery.objects.count()),
        sent_at=moment,
        subject="Việc sắp đến hạn",
        body="Còn 3 ngày làm việc.",
        because="you serve as Officer, Bộ Công an",
        **fields,
    )


def test_messages_are_the_readers_own_that_were_sent_here(world):
    mine = [make_message(world.officer), make_message(world.officer, assignment=world.assignment)]
    make_message(world.officer, channel="email")
    make_message(world.stranger)
    answer = visit(world.officer).get("/messages/")
    assert [message.pk for message in answer.context["shown"]] == [mine[1].pk, mine[0].pk]
    assert answer.context["unseen"] == 2
    assert "You get this because you serve as Officer, Bộ Công an." in answer.content.decode()


def test_only_its_reader_marks_a_message_as_read_and_only_by_post(world):
    message = make_message(world.officer)
    address = f"/messages/{message.uuid}/seen/"
    assert visit(world.officer).get(address).status_code == 405
    assert visit(world.stranger).post(address).status_code == 404
    message.refresh_from_db()
    assert message.seen_at is None
    assert visit(world.officer).post(address)["Location"] == "/messages/"
    message.refresh_from_db()
    assert message.seen_at == at(MONDAY)


def test_read_a_second_time_the_first_time_stays(world):
    message = make_message(world.officer)
    client = visit(world.officer)
    client.post(f"/messages/{message.uuid}/seen/")
    with time_machine.travel(at(MONDAY, 11)):
        client.post(f"/messages/{message.uuid}/seen/")
    message.refresh_from_db()
    assert message.seen_at == at(MONDAY)


def test_all_own_messages_are_marked_at_once_and_no_others(world):
    make_message(world.officer)
    make_message(world.officer)
    theirs = make_message(world.stranger)
    visit(world.officer).post("/messages/seen/")
    assert list(Delivery.objects.filter(seen_at=None)) == [theirs]


@pytest.mark.parametrize("number", [1, 50])
def test_messages_cost_the_same_for_any_length(world, number, django_assert_num_queries):
    for _ in range(number):
        make_message(world.officer, assignment=world.assignment)
    client = visit(world.officer)
    client.get("/messages/")
    with django_assert_num_queries(5):
        assert len(client.get("/messages/").context["shown"]) == number
