"""Who only helps: named behind a directive, or inside it, with "phối hợp" as the one verb."""

from datetime import date

import pytest

from tests.rules.proposing import coordinating, leads, only, read

ASKED = "Bộ Tư pháp chủ trì rà soát quy định"

HELPING = [
    pytest.param("; Bộ Y tế, Bộ Nội vụ phối hợp.", ["Bộ Y tế", "Bộ Nội vụ"], id="two"),
    pytest.param("; các bộ, ngành liên quan phối hợp thực hiện.", ["Các bộ, ngành"], id="a group"),
    pytest.param("; đề nghị Bộ Y tế phối hợp chặt chẽ.", ["Bộ Y tế"], id="asked to"),
    pytest.param("; Bộ Y tế phối hợp với Bộ Tư pháp trong quá trình thực hiện.", ["Bộ Y tế"], id="with the lead"),
    pytest.param(". Bộ Y tế có trách nhiệm phối hợp theo chức năng, nhiệm vụ được giao.", ["Bộ Y tế"], id="duty"),
    pytest.param("; phối hợp: Bộ Y tế, Bộ Nội vụ.", ["Bộ Y tế", "Bộ Nội vụ"], id="behind a label"),
    pytest.param(", Bộ Y tế, Bộ Nội vụ phối hợp.", ["Bộ Y tế", "Bộ Nội vụ"], id="behind a comma"),
]


@pytest.mark.parametrize(("words", "names"), HELPING)
def test_those_who_only_help_belong_to_the_directive_before_them(words, names):
    proposal = only(ASKED + words)
    assert (leads(proposal), coordinating(proposal)) == (["Bộ Tư pháp"], names)


DATED = [
    pytest.param("; Bộ Y tế phối hợp; báo cáo kết quả trước ngày 30/9/2025.", id="behind them"),
    pytest.param("; Bộ Y tế phối hợp, hoàn thành trước ngày 30/9/2025.", id="with them"),
    pytest.param("; Bộ Y tế cùng phối hợp để hoàn thành trước ngày 30/9/2025.", id="for what"),
    pytest.param(", hoàn thành trước ngày 30/9/2025; Bộ Y tế phối hợp.", id="before them"),
]


@pytest.mark.parametrize("words", DATED)
def test_a_deadline_around_those_who_help_is_that_of_the_directive(words):
    proposal = only(ASKED + words)
    assert (leads(proposal), coordinating(proposal)) == (["Bộ Tư pháp"], ["Bộ Y tế"])
    assert (proposal.deadline.due_on, proposal.doubts) == (date(2025, 9, 30), ())


def test_below_a_head_too():
    proposal = only("2. Bộ Tư pháp:", "a) Chủ trì rà soát quy định; Bộ Y tế phối hợp; trình trước ngày 30/9/2025.")
    assert (leads(proposal), coordinating(proposal)) == (["Bộ Tư pháp"], ["Bộ Y tế"])
    assert proposal.deadline.due_on == date(2025, 9, 30)


def test_whoever_leads_and_whoever_helps_may_stand_before_one_verb():
    proposal = only("Giao Bộ Tư pháp chủ trì, Bộ Y tế, Bộ Nội vụ phối hợp rà soát quy định.")
    assert (leads(proposal), coordinating(proposal)) == (["Bộ Tư pháp"], ["Bộ Y tế", "Bộ Nội vụ"])


OWN = [
    pytest.param("; Bộ Y tế phối hợp cung cấp số liệu.", [], id="another verb"),
    pytest.param("; Bộ Y tế phối hợp với Bộ Tài chính xây dựng định mức.", ["Bộ Tài chính"], id="with a third"),
    pytest.param("; Bộ Y tế rà soát, phối hợp.", [], id="not the only verb"),
]


@pytest.mark.parametrize(("words", "beside"), OWN)
def test_who_helps_with_something_of_his_own_leads_it(words, beside):
    first, second = read(ASKED + words)
    assert (leads(first), coordinating(first)) == (["Bộ Tư pháp"], [])
    assert (leads(second), coordinating(second)) == (["Bộ Y tế"], beside)


def test_with_nothing_before_it_helping_is_itself_the_directive():
    assert leads(only("Bộ Y tế phối hợp.")) == ["Bộ Y tế"]


@pytest.mark.parametrize("leading", ["chủ trì", "là cơ quan chủ trì", "chịu trách nhiệm chủ trì"])
def test_who_only_leads_does_what_those_behind_him_help_with(leading):
    proposal = only(f"Giao Bộ Tư pháp {leading}; Bộ Y tế phối hợp với Bộ Nội vụ thẩm định trước ngày 30/9/2025.")
    assert (leads(proposal), coordinating(proposal)) == (["Bộ Tư pháp"], ["Bộ Y tế", "Bộ Nội vụ"])
    assert (proposal.deadline.due_on, proposal.doubts) == (date(2025, 9, 30), ())
