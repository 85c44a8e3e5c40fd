"""Searching in the database: the rule's twin, what a directive is found by, and an agency's name."""

import unicodedata

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directives.models import Assignment, Directive, DirectiveWords, Notice
from directives.rules.searching import plain_text
from tests.make import make_agency, make_assignment, make_directive, make_notice
from tests.rules.test_searching import LETTERS, vietnamese

pytestmark = pytest.mark.django_db


def twin(texts: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT plain_text(said) FROM unnest(%s::text[]) WITH ORDINALITY AS t(said, n) ORDER BY n", [texts]
        )
        return [plain for (plain,) in cursor.fetchall()]


def test_the_twin_agrees_on_every_letter_of_vietnamese_in_both_forms_and_on_all_others():
    letters = [*LETTERS, *map(str.upper, LETTERS)]
    every = [chr(code) for code in range(1, 0x3000) if not 0xD800 <= code < 0xE000]
    texts = letters + [unicodedata.normalize("NFD", letter) for letter in letters] + [f"a{one}b{one}" for one in every]
    assert twin(texts) == [plain_text(text) for text in texts]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(vietnamese | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
def test_the_twin_agrees_on_any_text(texts):
    assert twin(texts) == [plain_text(text) for text in texts]


@pytest.fixture
def notice():
    return make_notice(number=369, symbol="TB-VPCP", subject="Kết luận phiên họp về kinh tế số")


@pytest.fixture
def directive(notice):
    return make_directive(notice, "Thúc đẩy chuyển đổi số", product="Đề án hoà giải", field="Y tế")


@pytest.mark.parametrize(
    "typed",
    [
        "chuyen doi so", "SỐ đổi chuyển", "chuyển đổ", "hòa", "hoà giai", "de an", "y te", "369 tb vpcp", "369/TB-VPCP",
        "kinh tế số thúc đẩy", unicodedata.normalize("NFD", "chuyển đổi"), "  ", "",
    ],
)  # fmt: skip
def test_a_directive_is_found_by_its_words_and_its_notice(directive, typed):
    assert list(Directive.objects.searched(typed)) == [directive]
    work = make_assignment(directive=directive)
    assert list(Assignment.objects.searched(typed)) == [work]


@pytest.mark.parametrize("typed", ["36", "3690", "doi chuyenn", "%", "'", "\\", "& | ! :*", "đổi\0mới", "x" * 5000])
def test_what_is_not_there_is_not_found(directive, typed):
    make_assignment(directive=directive)
    assert not Directive.objects.searched(typed).exists()
    assert not Assignment.objects.searched(typed).exists()
    assert not Notice.objects.searched(typed).exists()


@pytest.mark.parametrize("typed", ["369", "ket luan kinh te", "369/tb", "tế kinh"])
def test_a_notice_is_found_by_its_number_and_subject(notice, typed):
    make_notice(number=3690, subject="Việc khác")
    assert list(Notice.objects.searched(typed)) == [notice]


def test_what_is_changed_is_found_anew(notice, directive):
    other = make_notice(number=370, subject="Nông nghiệp")
    directive.wording = "Trồng rừng"
    directive.save()
    assert list(Directive.objects.searched("trong rung 369")) == [directive]
    assert not Directive.objects.searched("chuyen doi").exists()
    Notice.objects.filter(pk=notice.pk).update(number=371, subject="Lâm nghiệp")
    assert list(Directive.objects.searched("371 lam nghiep")) == [directive]
    directive.notice = other
    directive.save(update_fields=["notice"])
    assert list(Directive.objects.searched("370 nong nghiep")) == [directive]
    directive.delete()
    assert not DirectiveWords.objects.exists()


def test_a_directive_of_many_letters_is_kept_and_found():
    directive = make_directive(wording="đầu " + "x" * 3000 + " " + " ".join(str(number) for number in range(40_000)))
    assert list(Directive.objects.searched("dau 777")) == [directive]


@pytest.fixture
def bca():
    return make_agency("Bộ Công an", abbreviation="BCA", aliases=["Bộ CA"])


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("bo cong an", ["an toàn", "đề án"]),
        ("BCA", ["an toàn", "đề án"]),
        ("công a", ["an toàn", "đề án"]),
        ("bộ công an đề án", ["đề án"]),
        ("de an bca", ["đề án"]),
        ("bo cong thuong", ["đề án của người khác"]),
        ("bo cong an bo cong thuong", []),
    ],
)
def test_an_assignment_is_found_by_its_agency(bca, typed, found):
    for agency, wording in ((bca, "an toàn"), (bca, "đề án"), (make_agency("Bộ Công Thương"), "đề án của người khác")):
        make_assignment(agency, directive=make_directive(wording=wording))
    rows = Assignment.objects.searched(typed).select_related("directive").order_by("pk")
    assert [row.directive.wording for row in rows] == found


def test_names_are_looked_for_only_among_the_agencies_that_can_be_meant(bca, django_assert_num_queries):
    mine = make_assignment(bca)
    with django_assert_num_queries(2):
        assert list(Assignment.objects.searched("bca", among=[bca.pk])) == [mine]
    assert list(Assignment.objects.searched("bca", among=[make_agency().pk])) == []


def test_an_agency_renamed_is_found_by_its_new_name(bca):
    work = make_assignment(bca)
    bca.name_vi, bca.aliases = "Bộ Nội vụ", []
    bca.save()
    assert list(Assignment.objects.searched("nội vụ")) == [work]
    assert list(Assignment.objects.searched("bo ca")) == []
