"""In which order agencies come out."""

from directives.figures import Cells, ranks


def test_who_has_least_overdue_comes_first_and_of_those_alike_who_has_done_most():
    found = {
        "half done, nothing overdue": Cells(done_on_time=1, open_in_time=1),
        "much work, little overdue": Cells(done_on_time=80, open_in_time=10, open_overdue=10),
        "little work, half overdue": Cells(done_late=1, open_overdue=1),
        "all done": Cells(done_on_time=1, done_late=1),
    }
    assert ranks(found) == {
        "all done": 1,
        "half done, nothing overdue": 2,
        "much work, little overdue": 3,
        "little work, half overdue": 4,
    }


def test_who_is_alike_shares_a_rank_and_the_next_comes_after_all_of_them():
    alike = Cells(done_on_time=1, open_overdue=1)
    found = {"a": alike, "b": Cells(done_late=2, open_overdue=2), "c": Cells(open_overdue=1), "d": Cells(done_late=1)}
    assert ranks(found) == {"d": 1, "a": 2, "b": 2, "c": 4}


def test_who_has_no_work_with_a_deadline_has_no_rank():
    assert ranks({"undated": Cells(undated=3, coordinating=2), "dated": Cells(open_in_time=1)}) == {"dated": 1}
