"""A register of any length, made by a few statements: notices, directives in words, assignments of every standing."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import accumulate, pairwise
from typing import Any

from django.db import connection

from accounts.models import Role
from tests.make import make_agency, make_calendar, make_committee, make_ladder, make_user
from tracker import clock

AGENCIES = 134
COMMITTEES = 4
OF_EACH_DIRECTIVE = 10  # assignments, as where a notice asks many ministries or provinces
OF_EACH_NOTICE = 25  # directives
READERS = 12  # officers, each of another agency
# Some words are everywhere and most are rare, as in any language.
COMMON = [
    "thực",
    "hiện",
    "báo",
    "cáo",
    "kết",
    "quả",
    "chuyển",
    "đổi",
    "số",
    "dữ",
    "liệu",
    "dân",
    "cư",
    "cung",
    "cấp",
    "dịch",
    "vụ",
    "công",
    "trực",
    "tuyến",
    "hoàn",
    "thành",
    "kết",
    "nối",
    "chia",
    "sẻ",
    "hệ",
    "thống",
    "thông",
    "tin",
    "quốc",
    "gia",
    "triển",
    "khai",
    "đề",
    "án",
    "nghị",
    "quyết",
    "chính",
    "phủ",
    "phối",
    "hợp",
    "bộ",
    "ngành",
    "địa",
    "phương",
    "rà",
    "soát",
    "tái",
    "cấu",
    "trúc",
    "quy",
    "trình",
    "thủ",
    "tục",
    "hành",
    "chính",
    "cắt",
    "giảm",
    "hạ",
    "tầng",
    "viễn",
    "thông",
    "an",
    "toàn",
    "mạng",
    "nhân",
    "lực",
    "đào",
    "tạo",
    "kỹ",
    "năng",
    "kinh",
    "tế",
    "doanh",
    "nghiệp",
    "đất",
    "đai",
    "giáo",
    "dục",
    "y",
    "tế",
    "bệnh",
    "án",
    "điện",
    "tử",
    "học",
    "bạ",
    "hộ",
    "tịch",
    "bảo",
    "hiểm",
    "xã",
    "hội",
    "thuế",
    "hải",
    "quan",
    "ngân",
    "hàng",
    "thanh",
    "toán",
    "trí",
    "tuệ",
    "nhân",
    "tạo",
    "bán",
    "dẫn",
]
RARE = 6000
LENGTHS = {"quotes": 40, "wordings": 25, "products": 4}  # words
FIELDS = [f"{first} {second}" for first, second in pairwise(COMMON[:25])]  # a committee has a few dozen at most
STATES = [*["done"] * 60, *["in_progress"] * 16, *["assigned"] * 8, *["acknowledged"] * 6, *["handed_in"] * 4]
STATES += ["suspended", "withdrawn", "withdrawn", "declined", "reassigned"]

NOTICES = """
INSERT INTO directives_notice (uuid, committee_id, kind, number, symbol, issuer_id, issuer_name, signer, signer_title,
    issued_on, subject, urgency, text, source_file, source_name, source_sha256, state, version, external_ref, note,
    entered_at, entered_by_id)
SELECT gen_random_uuid(), (%(committees)s::bigint[])[1 + n %% cardinality(%(committees)s::bigint[])], 'conclusion', n,
    'TB-VPCP', %(issuer)s, '', '', '', %(begun)s, subject, 'normal', 'x', '', '', '', 'issued', 1, '', '',
    now(), %(by)s
FROM unnest(%(numbers)s::int[], %(subjects)s::text[]) AS notice(n, subject)
"""
DIRECTIVES = """
INSERT INTO directives_directive (uuid, notice_id, position, quote, quote_start, quote_end, quote_hash, wording,
    product, field, decided_by, recurrence, recurrence_shift, deadline_text, deadline_kind, due_on, note, version)
SELECT gen_random_uuid(), notice.id, place, quote, 0, 1, '', wording, product, field, '', '', 'before', '', 'date',
    %(today)s, '', 1
FROM unnest(%(of)s::int[], %(places)s::int[], %(quotes)s::text[], %(wordings)s::text[], %(products)s::text[],
    %(fields)s::text[]) AS written(number, place, quote, wording, product, field)
JOIN directives_notice notice ON notice.number = written.number
RETURNING id
"""
ASSIGNMENTS = """
INSERT INTO directives_assignment (uuid, directive_id, agency_id, role, period, state, original_due_on, due_on,
    due_version, version, assigned_on, armed_on, resume_to, handed_in_on, done_on, returned_on, committee_id)
SELECT gen_random_uuid(), directive, (%(agencies)s::bigint[])[1 + (directive * 7 + part * 13) %% %(n_agencies)s],
    CASE WHEN part = 0 THEN 'lead' WHEN part < 7 THEN 'share' ELSE 'coordinating' END, '', state, due, due, 1, 1,
    %(begun)s, %(begun)s, '',
    CASE WHEN state IN ('handed_in', 'done') THEN LEAST(due + late, %(today)s) END,
    CASE WHEN state = 'done' THEN LEAST(due + late, %(today)s) END,
    CASE WHEN state = 'in_progress' AND late > 3 THEN %(today)s END,
    CASE WHEN directive %% 40 > 0 THEN committee END
FROM (
    SELECT directive, committee, part, state, (random() * 14 - 10)::int AS late,
        CASE WHEN state IN ('assigned', 'acknowledged', 'in_progress', 'suspended')
             THEN CASE WHEN random() > .04 THEN %(today)s + (random() * 240 - 20)::int END
             ELSE %(today)s - (random() * 1000)::int END AS due
    FROM (
        SELECT row.id AS directive, notice.committee_id AS committee, part,
               (%(states)s::text[])[1 + floor(random() * %(n_states)s)::int] AS state
        FROM directives_directive row JOIN directives_notice notice ON notice.id = row.notice_id,
             generate_series(0, %(parts)s - 1) part
        WHERE row.id = ANY(%(directives)s)
    ) drawn
) dated
"""
WORDS = """
INSERT INTO directives_directivewords (directive_id, words)
SELECT id, directives_words_of(directive) FROM directives_directive directive WHERE id = ANY(%(directives)s)
"""
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes JOIN pg_index ON indexrelid = indexname::regclass AND NOT indisunique
WHERE tablename IN ('directives_directive', 'directives_directivewords', 'directives_assignment')
"""
# One directive in forty is part of the assignment of an agency that leads.
HANDED_DOWN = """
UPDATE directives_directive down SET handed_down_from_id = above.id, given_by_id = above.agency_id
FROM directives_assignment above
WHERE down.id = ANY(%(directives)s) AND down.id %% 40 = 0 AND above.directive_id = down.id - 1 AND above.role = 'lead'
"""


def people() -> dict[str, Any]:
    """Committees and agencies, with somebody to read in some of them."""
    make_ladder()
    make_calendar(clock.today() + timedelta(days=20))
    committees = [make_committee() for _ in range(COMMITTEES)]
    agencies = [make_agency(f"Bộ Số {n} và Phần {n}", abbreviation=f"BS{n}") for n in range(AGENCIES)]
    return {
        "committees": committees,
        "agencies": agencies,
        "officers": [make_user(Role.OFFICER, agency) for agency in agencies[:READERS]],
        "secretary": make_user(Role.SECRETARIAT, committees[0]),
        "auditor": make_user(Role.AUDITOR),
    }


def fill(first: int, last: int, world: dict[str, Any]) -> None:
    """Notices numbered from `first` to `last`, with their directives and assignments."""
    today = clock.today()
    said: dict[str, Any] = {
        "today": today,
        "begun": today - timedelta(days=1400),
        "parts": OF_EACH_DIRECTIVE,
        "states": STATES,
        "n_states": len(STATES),
        "committees": [row.pk for row in world["committees"]],
        "agencies": [row.pk for row in world["agencies"]],
        "n_agencies": len(world["agencies"]),
        "issuer": world["agencies"][0].pk,
        "by": world["auditor"].pk,
        **_written(range(first, last + 1)),
    }
    with connection.cursor() as cursor, _in_one_go(cursor):
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(NOTICES, said)
        cursor.execute(DIRECTIVES, said)
        said["directives"] = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(WORDS, said)
        cursor.execute(ASSIGNMENTS, said)
        cursor.execute(HANDED_DOWN, said)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE directives_notice, directives_directive, directives_directivewords")
        cursor.execute("VACUUM ANALYZE directives_assignment")


@contextmanager
def _in_one_go(cursor: Any) -> Iterator[None]:
    """Triggers rest, and indexes are made at the end, as when a dump is loaded."""
    cursor.execute(INDEXES)
    indexes = cursor.fetchall()
    for name, _made_by in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    cursor.execute("SET session_replication_role = replica")
    yield
    cursor.execute("SET session_replication_role = DEFAULT; SET maintenance_work_mem = '256MB'")
    for _name, made_by in indexes:
        cursor.execute(made_by)


def _written(numbers: range) -> dict[str, list[Any]]:
    """What the notices of these numbers say, and their directives."""
    drawn = random.Random(numbers[0])
    letters = "bcdghklmnpqrstvxaeiou"
    words = COMMON + ["".join(drawn.choices(letters, k=6)) for _ in range(RARE)]
    often = list(accumulate(1 / (place + 10) for place in range(len(words))))

    def say(length: int) -> str:
        return " ".join(drawn.choices(words, cum_weights=often, k=length))

    each = [(number, place) for number in numbers for place in range(1, OF_EACH_NOTICE + 1)]
    return {
        "numbers": list(numbers),
        "subjects": [say(12) for _ in numbers],
        "of": [number for number, _place in each],
        "places": [place for _number, place in each],
        "fields": [drawn.choice(FIELDS) for _ in each],
        **{name: [say(length) for _ in each] for name, length in LENGTHS.items()},
    }
