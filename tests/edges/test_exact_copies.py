"""Whoever follows the changes holds exactly what the lists would give, after whatever happened."""

import pytest

from tests.edges.changing import Changing
from tests.edges.copies import Reader, number_all
from tests.make import at

pytestmark = pytest.mark.django_db
STEPS = 45


def test_every_copy_is_exact_after_every_few_steps_of_a_walk_through_all_verbs(time_machine):
    walk = Changing(2)
    bodies = {walk.committees[0]: 1000, walk.higher: 30, walk.agencies[0]: 11, walk.above[0]: 20}
    readers = [Reader(body, limit=limit) for body, limit in bodies.items()]
    for number in range(STEPS):
        time_machine.move_to(at(walk.today, 18))
        walk.step()
        if number % 5 == 0:
            number_all()
            for reader in readers:
                reader.follow()
                assert reader.kept() == reader.told(), walk.told()
