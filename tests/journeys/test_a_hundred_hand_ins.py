"""A hundred people press 'hand in' at once on the officer's page: one wins, the others are told why."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import Role as Office
from directives.models import Assignment, Event, Report, Span
from directives.rules.lifecycle import State
from tests.make import make_agency, make_assignment, make_calendar, make_ladder, make_user

HANDS = 100
FAR = date(2099, 12, 31)


@pytest.mark.django_db(transaction=True)
def test_one_of_a_hundred_hand_ins_wins_and_the_others_are_told_why():
    make_calendar()
    make_ladder()
    agency = make_agency("Bộ Công an")
    assignment = make_assignment(agency, due_on=FAR, state=State.IN_PROGRESS)
    officers = [make_user(Office.OFFICER, agency) for _number in range(HANDS)]
    page = reverse("hand_in", args=[assignment.uuid])
    together = Barrier(HANDS)

    def press(officer) -> tuple[int, bool]:
        try:
            client = Client()
            client.cookies["django_language"] = "en"
            client.force_login(officer)
            together.wait(timeout=60)
            answer = client.post(page, {"text": f"Đã xong, {officer.name}", "version": 1})
            told = "handed in and waits for verification" in answer.content.decode()
            return answer.status_code, told
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        answers = Counter(pool.map(press, officers))

    assert answers == {(302, False): 1, (409, True): HANDS - 1}
    assignment = Assignment.objects.get(pk=assignment.pk)
    assert (assignment.state, assignment.version) == (State.HANDED_IN, 2)
    assert Report.objects.count() == Event.objects.filter(verb="hand_in").count() == 1
    assert Span.objects.filter(assignment=assignment).count() == 1
