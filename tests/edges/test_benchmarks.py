"""The benchmarks run; what they measure is nobody's business here."""

from collections.abc import Iterator
from datetime import date

import pytest

from bench import api, delivery, desk, feed, figures, lists, pages, papers, reading, rearming, register
from bench import round as benchmark
from directives.models import Assignment, Delivery, Directive, DirectiveWords, Rearming, Reminder
from tests.conftest import APPLICATION, act_as


@pytest.fixture
def as_owner(transactional_db) -> Iterator[None]:
    """A benchmark has servers of its own, where it is the owner."""
    act_as("")
    yield
    act_as(APPLICATION)


def test_the_benchmark_of_the_round_lets_both_write_the_same_rows(as_owner, monkeypatch, capsys):
    monkeypatch.setattr(benchmark, "RUNS", 1)
    monkeypatch.setattr(benchmark, "LOOP", 5)
    benchmark.main(most=2000)
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(": ")[0].split() for line in lines] == [
        ["20", "open,", "2", "due"],
        ["200", "open,", "2", "due"],
        ["2,000", "open,", "2", "due"],
        ["2,000", "open,", "20", "due"],
        ["2,000", "open,", "200", "due"],
        ["a", "loop", "over", "rows"],
    ]
    assert (Assignment.objects.count(), Reminder.objects.count()) == (2000, 5 * 2)


def test_the_benchmark_of_delivery_sends_what_the_bare_loop_sends(as_owner, monkeypatch, capsys):
    monkeypatch.setattr(delivery, "RUNS", 1)
    delivery.main(many=60)
    assert capsys.readouterr().out.startswith("60 digests: bare loop ")
    assert set(Delivery.objects.values_list("state", "attempts")) == {("sent", 1)}
    assert Delivery.objects.count() == 60


def test_the_benchmark_of_a_day_given_off_works_off_what_the_desk_left(as_owner, monkeypatch, capsys):
    monkeypatch.setattr(rearming, "RUNS", 1)
    rearming.main(many=2000)
    assert capsys.readouterr().out.split()[:2] == ["2,000", "open:"]
    assert (Assignment.objects.filter(look_on=None).count(), Rearming.objects.count()) == (0, 0)
    # With the Tuesday off the fifteenth working day before 28/4 is the Monday before 7/4.
    looks = Assignment.objects.filter(due_on=date(2026, 4, 28)).values_list("look_on", flat=True)
    assert set(looks) == {date(2026, 4, 6)}


def test_the_benchmark_of_reading_reads_twenty_pages_and_what_no_notice_holds(monkeypatch, capsys):
    monkeypatch.setattr(reading, "RUNS", 1)
    reading.main()
    first, *others = capsys.readouterr().out.splitlines()
    assert first.startswith("20 pages, ")
    assert len(others) == len(reading.MANGLED)


def test_the_benchmark_of_lists_enters_each_row_once(as_owner, capsys):
    lists.main(sizes=(12,))
    steps = [line.partition(": ")[0] for line in capsys.readouterr().out.splitlines()]
    assert (len(steps), steps[0], steps[-1]) == (6, "12 rows, read the file", "12 rows, take along as .xlsx")
    assert set(Directive.objects.values_list("product", flat=True)) == {"Đề án"}
    assert Directive.objects.count() == 12


def test_the_benchmark_of_figures_asks_the_summary_and_the_spans_alike(as_owner, monkeypatch, capsys):
    monkeypatch.setattr(figures, "RUNS", 1)
    monkeypatch.setattr(pages, "RUNS", 1)
    figures.main(sizes=(250,))
    head, _summing, today, then, *asked = capsys.readouterr().out.splitlines()
    assert head.startswith("250 assignments; their ")
    assert [" counted, " in line for line in (today, then)] == [True, True]
    assert len(asked) == 11 + 2


def test_the_benchmark_of_the_pages_asks_each_of_them(as_owner, monkeypatch, capsys):
    monkeypatch.setattr(register, "READERS", 2)
    monkeypatch.setattr(pages, "RUNS", 1)
    pages.main(sizes=(250, 500))
    lines = capsys.readouterr().out.splitlines()
    sizes = [line.partition(" ")[0] for line in lines if not line.startswith(" ")]
    assert (sizes, len(lines)) == (["250", "500"], 2 + 2 * (12 + 2 * 6))
    assert DirectiveWords.objects.count() == Directive.objects.count() == 50


def test_the_benchmark_of_the_desk_opens_every_page(as_owner, monkeypatch, capsys):
    monkeypatch.setattr(desk, "RUNS", 1)
    desk.main(many=200, every_filter=False)
    first, *_pages, last = capsys.readouterr().out.splitlines()
    assert first.startswith("bare page ")
    assert int(last.split()[0]) > 100


def test_the_benchmark_of_papers_writes_every_kind_of_file(as_owner, capsys):
    papers.main(many=200, lines=20)
    lines = [line.partition(": ")[0] for line in capsys.readouterr().out.splitlines()]
    assert lines == ["200 rows, a bare sheet", "200 rows, .xlsx", "20 rows, .docx", "20 rows, .pdf"]


def test_the_benchmark_of_the_feed_reads_pages_of_both_sides(as_owner, monkeypatch, capsys):
    monkeypatch.setattr(feed, "RUNS", 1)
    feed.main(sizes=[500])
    first, *sides, _ratio = capsys.readouterr().out.splitlines()
    assert first.startswith("500 assignments; ")
    assert [line.split(":")[0].strip() for line in sides] == ["bare", "ours"]


def test_the_benchmark_of_the_api_asks_all_sides_for_the_same(as_owner, monkeypatch, capsys):
    monkeypatch.setattr(api, "RUNS", 1)
    monkeypatch.setattr(api, "SECONDS", 0.1)
    api.main(sizes=[250])
    first, *questions = capsys.readouterr().out.splitlines()
    assert first.startswith("250 assignments; ")
    assert [line.count("/s") for line in questions] == [3, 3, 2, 2]
