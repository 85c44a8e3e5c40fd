"""Two texts of one notice beside each other, and where a directive's sentence stands in the new one."""

import random
import time
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.rules.anchoring import Anchors, Found
from directives.rules.comparing import Comparison, Kind, compare
from directives.rules.notice_paragraphs import read_paragraphs

OLD = """1. Bộ Xây dựng chủ trì rà soát quy hoạch, báo cáo trước ngày 30/6/2025.
2. Bộ Tài chính bố trí vốn cho các dự án.
3. Ủy ban nhân dân tỉnh An Giang giải phóng mặt bằng. Hoàn thành trong quý III năm 2025.
"""


@dataclass(frozen=True)
class Whole:
    """A line as a paragraph."""

    start: int
    end: int
    label: str = ""


def lines(text: str) -> list[Whole]:
    found, at = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            found.append(Whole(at, at + len(line)))
        at += len(line)
    return found


def beside(old: str, new: str) -> Comparison:
    return compare(old, lines(old), new, lines(new))


def told(comparison: Comparison) -> list[tuple[str, str]]:
    return [(block.kind.value, (block.new or block.old).text[:2]) for block in comparison.blocks]


CASES = {
    "nothing": (OLD, [("same", "1."), ("same", "2."), ("same", "3.")]),
    "blanks alone": (OLD.replace(" ", "  "), [("same", "1."), ("same", "2."), ("same", "3.")]),
    "a date": (OLD.replace("30/6", "31/7"), [("changed", "1."), ("same", "2."), ("same", "3.")]),
    "one less": (
        OLD.replace("2. Bộ Tài chính bố trí vốn cho các dự án.\n", ""),
        [("same", "1."), ("removed", "2."), ("same", "3.")],
    ),
    "one more": (OLD + "4. Bộ Công an điều tra.\n", [("same", "1."), ("same", "2."), ("same", "3."), ("added", "4.")]),
    "another order": (
        "".join(OLD.splitlines(keepends=True)[at] for at in (1, 2, 0)),
        [("same", "2."), ("same", "3."), ("moved", "1.")],
    ),
    "all new": ("Hội nghị kết thúc.\n", [("added", "Hộ"), ("removed", "1."), ("removed", "2."), ("removed", "3.")]),
}  # fmt: skip


@pytest.mark.parametrize(("new", "expected"), CASES.values(), ids=CASES)
def test_paragraphs_stay_change_move_come_and_go(new, expected):
    assert told(beside(OLD, new)) == expected


def test_a_change_is_shown_word_by_word():
    changed = beside(OLD, OLD.replace("30/6/2025", "31/7/2025")).blocks[0]
    assert [(piece.kind.value, piece.old, piece.new) for piece in changed.pieces] == [
        ("same", *["1. Bộ Xây dựng chủ trì rà soát quy hoạch, báo cáo trước ngày "] * 2),
        ("removed", "30/6/2025", ""),
        ("added", "", "31/7/2025"),
        ("same", ".\n", ".\n"),
    ]


def anchored(sentence: str, new: str, old: str = OLD) -> tuple[Found, str]:
    start = old.index(sentence)
    anchor = Anchors(beside(old, new)).of(start, start + len(sentence))
    return anchor.found, new[anchor.start : anchor.end]


FIRST = "Bộ Xây dựng chủ trì rà soát quy hoạch, báo cáo trước ngày 30/6/2025."
SECOND = "Bộ Tài chính bố trí vốn cho các dự án."
THIRD = "Ủy ban nhân dân tỉnh An Giang giải phóng mặt bằng."
IN_ORDER, LAST_FIRST = OLD.splitlines(keepends=True), (1, 2, 0)
TURNED = "".join(IN_ORDER[at] for at in LAST_FIRST)
FIRST_LATER, SECOND_LATER = FIRST.replace("30/6", "31/7"), SECOND.replace("án.", "án trước ngày 01/8/2025.")
IN_LINES = SECOND.replace("bố trí ", "bố trí\n")
LAST = "Hoàn thành trong quý III năm 2025."
ANCHORS = {
    "untouched": (FIRST, OLD, Found.SAME, FIRST),
    "untouched in a changed paragraph": (THIRD, OLD.replace("quý III", "quý IV"), Found.SAME, THIRD),
    "another date": (FIRST, OLD.replace("30/6", "31/7"), Found.CHANGED, FIRST_LATER),
    "another date, no full stop": (FIRST[:-1], OLD.replace("30/6", "31/7"), Found.CHANGED, FIRST_LATER[:-1]),
    "an agency in front": (SECOND, OLD.replace(SECOND, f"Bộ Y tế, {SECOND}"), Found.CHANGED, f"Bộ Y tế, {SECOND}"),
    "more at its end": (SECOND, OLD.replace(SECOND, SECOND_LATER), Found.CHANGED, SECOND_LATER),
    "a sentence more behind it": (SECOND, OLD.replace("dự án.", "dự án. Bộ Y tế phối hợp."), Found.SAME, SECOND),
    "its paragraph numbered anew": (SECOND, OLD.replace("2. Bộ", "5. Bộ"), Found.SAME, SECOND),
    "its paragraph at another place": (FIRST, TURNED, Found.SAME, FIRST),
    "in another paragraph": (LAST, OLD.replace(f" {LAST}", "").replace(SECOND, f"{SECOND} {LAST}"), Found.SAME, LAST),
    "broken into lines": (SECOND, OLD.replace(SECOND, IN_LINES), Found.SAME, IN_LINES),
    "its paragraph gone": (SECOND, OLD.replace(f"2. {SECOND}\n", ""), Found.GONE, ""),
    "gone out of its paragraph": (LAST, OLD.replace(f" {LAST}", ""), Found.GONE, ""),
    "all new": (FIRST, "Hội nghị kết thúc.\n", Found.GONE, ""),
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "new", "found", "words"), ANCHORS.values(), ids=ANCHORS)
def test_a_sentence_is_found_again(sentence, new, found, words):
    assert anchored(sentence, new) == (found, words)


def test_a_sentence_of_two_paragraphs_is_found_again():
    old = "1. Giao Bộ Xây dựng:\na) Rà soát quy hoạch;\nb) Báo cáo Thủ tướng.\n2. Hội nghị kết thúc.\n"
    new = old.replace("Báo cáo Thủ tướng", "Báo cáo Thủ tướng Chính phủ")
    found = anchored(old[3 : old.index("\n2.")], new, old)
    assert found == (Found.CHANGED, new[3 : new.index("\n2.")])


WORDS = st.lists(
    st.sampled_from(["Bộ", "Xây", "dựng,", "30/6/2025", "a)", ".", "\n", "\n\n", " ", "  ", "ạ́", ""]), max_size=60
)
TEXTS = st.one_of(WORDS.map(" ".join), st.text(max_size=200))


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_a_comparison_holds_both_texts(old, new):
    found = compare(old, read_paragraphs(old), new, read_paragraphs(new))
    assert (found.old_text, found.new_text) == (old, new)


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text):
    assert {block.kind for block in beside(text, text).blocks} <= {Kind.SAME}


@given(TEXTS, TEXTS, st.integers(0, 200), st.integers(1, 60))
def test_an_anchor_lies_in_the_new_text(old, new, start, length):
    anchor = Anchors(beside(old, new)).of(start, start + length)
    assert 0 <= anchor.start <= anchor.end <= len(new)
    assert (
        anchor.found is not Found.SAME or new[anchor.start : anchor.end].split() == old[start : start + length].split()
    )


def a_long_one(seed: int, words: int = 9_000) -> str:
    """About twenty pages."""
    chance = random.Random(seed)
    return " ".join(chance.choice(("Bộ", "Xây", "dựng", "quy", "hoạch.\n")) for _word in range(words))


HOSTILE = {
    "twenty pages of few words": (a_long_one(1), a_long_one(2)),
    "one word": ("a " * 60_000, "a " * 59_999 + "b"),
    "two words by turns": ("a b " * 30_000, "b a " * 30_001 + "a"),
    "a thousand lines of one word": ("a\n" * 5_000, "b\na\n" * 2_500),
    "a thousand lines nearly alike": (
        "".join(f"a b c {line}\n" for line in range(2_000)),
        "".join(f"a b d {line}\n" for line in range(2_000, 0, -1)),
    ),
    "no blanks": ("a" * 180_000, "a" * 179_999 + "b"),
    "figures and dots": ("1." * 60_000, "1." * 59_000 + "." * 900),
}


@pytest.mark.parametrize(("old", "new"), HOSTILE.values(), ids=HOSTILE)
def test_no_pair_of_texts_takes_long(old, new):
    begun = time.process_time()
    found = beside(old, new)
    anchors = Anchors(found)
    for start in range(0, 20_000, 200):
        anchors.of(start, start + 150)
    assert time.process_time() - begun < 2
    assert (found.old_text, found.new_text) == (old, new)
