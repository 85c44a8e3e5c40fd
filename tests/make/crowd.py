"""A desk with much on it: so many assignments, and of everything beside them as much as goes with that many."""

from datetime import date

from accounts.models import (
    Absence,
    Agency,
    AgencyGroup,
    ApiKey,
    Committee,
    Office,
    User,
)
from directives.models import (
    Addressee,
    Assignment,
    CalendarDay,
    Directive,
    DirectiveLink,
    Ladder,
    Notice,
    Paragraph,
    Proposal,
    Rung,
    Session,
)
from tests.make.crowd_since import fill_what_became_of_it
from tests.make.filling import Crowd, fill, one_of, text

SENTENCE = "Bộ, cơ quan chủ trì rà soát, hoàn thiện thể chế, báo cáo Ban Chỉ đạo kết quả thực hiện trước ngày đã định; "
PARAGRAPHS = 100  # of a draft
KINDS_OF_NAMES = ("Bộ", "Ủy ban nhân dân xã", "Sở", "Cục")
SUBJECTS = ("chuyển đổi số", "dữ liệu đất đai", "cải cách thủ tục", "định danh điện tử", "hóa đơn điện tử", "y tế số")
MANY_PARTS = 20  # directives of the one notice that everybody has a part in
FIRST_TEN = (5, 20, 40, 73, 95, 80, 30, 50, 60, 93)
# Of a hundred assignments.
STATES = (
    (14, "assigned"),
    (34, "acknowledged"),
    (72, "in_progress"),
    (75, "handed_in"),
    (92, "done"),
    (94, "suspended"),
    (96, "declined"),
    (98, "withdrawn"),
    (100, "reassigned"),
)


def make_crowd(many: int, committee: Committee, secretary: User, *, today: date, mark: str) -> Crowd:
    """`many` assignments, nearly all of `committee`, whose secretary does what secretaries do; all of it ends `today`.

    History and spans are written as the actions would have; reminders of the past too. No other crowd has `mark`.
    """
    crowd = Crowd(committee, secretary, today, mark)
    _agencies(crowd, many)
    _people(crowd, many)
    _keys_and_ladders(crowd, many)
    _days(crowd, many)
    _notices(crowd, many)
    _drafts(crowd, many)
    _entered(crowd)
    _assignments(crowd, many)
    fill_what_became_of_it(crowd, many)
    return crowd


def _agencies(c: Crowd, many: int) -> None:
    """Agencies of which one in thirty has ended, groups of them, and committees."""
    c.agencies = agencies = fill(
        Agency,
        max(11, many // 27) | 1,
        code=f"'{c.mark}-' || i",
        name_vi=f"{one_of(KINDS_OF_NAMES, 'i')} || ' số ' || i",
        abbreviation="'CQ' || i",
        kind=f"CASE WHEN i < 60 THEN 'ministry' ELSE {one_of(('commune', 'department', 'other'), 'i')} END",
        valid_to=f"CASE WHEN i % 30 = 3 THEN {c.day} - 90 END",
    )
    c.groups = fill(
        AgencyGroup,
        max(2, many // 2000),
        code=f"'{c.mark}-' || i",
        name_vi="'Nhóm ' || i",
        kinds="ARRAY['ministry']",
    )
    c.committees = fill(
        Committee,
        max(2, many // 5000),
        code=f"'{c.mark}-' || i",
        name_vi="'Ban Chỉ đạo ' || i",
        secretariat_id=agencies["i"],
    )


def _people(c: Crowd, many: int) -> None:
    """People, each with an office; one in ten is away and has a substitute."""
    c.people = people = fill(
        User,
        max(8, many // 20),
        password="'!'",
        email=f"'{c.mark}.' || i || '@dondoc.example'",
        name="'Chuyên viên ' || i",
    )
    c.offices = fill(
        Office,
        people.many,
        user_id=people["i"],
        role="CASE WHEN i % 4 = 0 THEN 'head' ELSE 'officer' END",
        agency_id=c.agencies["i"],
        starts_on=f"{c.day} - 900",
    )
    c.absences = fill(
        Absence,
        max(2, people.many // 10),
        office_id=c.offices["i"],
        substitute_id=people["i + 1"],
        begins_on=f"{c.day} - 2",
        ends_on=f"{c.day} + 5",
    )


def _keys_and_ladders(c: Crowd, many: int) -> None:
    c.keys = fill(
        ApiKey,
        max(2, many // 200),
        name="'Khóa ' || i",
        agency_id=c.agencies["i"],
        prefix=f"left(md5('{c.mark}' || i), 8)",
        key_hash="md5(i::text)",
        scopes="ARRAY['read']",
        expires_at=f"{c.day} + 300",
    )
    ladders = fill(Ladder, c.committees.many, committee_id=c.committees["i"], name="'Bậc đôn đốc'")
    fill(
        Rung,
        ladders.many * 4,
        ladder_id=ladders["i / 4"],
        offset=f"({one_of(('-7', '-1', '1', '7'), 'i')})::int",
        audience="'officer'",
        kind="'courtesy'",
    )


def _days(c: Crowd, many: int) -> None:
    """Sessions, and days off."""
    c.sessions = fill(
        Session,
        max(2, many // 500),
        committee_id=str(c.committee.pk),
        held_on=f"{c.day} - 7 - (i * 3) - {Session.objects.count() * 3}",
        title="'Phiên họp thứ ' || i",
    )
    c.days = fill(
        CalendarDay,
        max(2, many // 200),
        day=f"{c.day} - i * 2 - {CalendarDay.objects.count() * 2}",
        kind="'holiday'",
        name="'Nghỉ lễ'",
    )


def _notices(c: Crowd, many: int) -> None:
    """Issued notices, and directives, twenty to a notice."""
    directives = MANY_PARTS + many // 5 + 1
    c.notices = fill(
        Notice,
        directives // 20 + 1,
        committee_id=f"CASE WHEN i % 50 = 49 THEN {c.committees['i']} ELSE {c.committee.pk} END",
        number="1 + i",
        symbol=text(f"TB-{c.mark}"),
        issuer_id=c.agencies["i"],
        issued_on=f"{c.day} - 1 - (i * 37) % 1000",
        subject=f"'Kết luận về ' || {one_of(SUBJECTS, 'i')} || ', phiên họp thứ ' || i",
        text=f"repeat({text(SENTENCE)}, 40)",
        state="'issued'",
        entered_at=f"{c.day} - 1 - (i * 37) % 1000",
        entered_by_id=str(c.secretary.pk),
    )
    c.directives = fill(
        Directive,
        directives,
        notice_id=c.notices["i / 20"],
        position="1 + i % 20",
        quote=text(SENTENCE),
        quote_start=f"{len(SENTENCE)} * (i % 20)",
        quote_end=f"{len(SENTENCE)} * (1 + i % 20)",
        quote_hash="md5(i::text)",
        wording=f"'Hoàn thành đề án ' || i || ' về ' || {one_of(SUBJECTS, 'i')} || ', báo cáo Ban Chỉ đạo'",
        deadline_kind="CASE WHEN i % 10 = 9 THEN 'none' ELSE 'date' END",
        due_on=f"CASE WHEN i % 10 <> 9 THEN {c.day} - (i / 20 * 37) % 1000 + 13 + (i * 13 + 100) % 180 END",
    )
    c.links = fill(
        DirectiveLink,
        max(1, directives // 50),
        source_id=c.directives["i + 1"],
        target_id=c.directives["i"],
        kind="'repeats'",
    )


def _drafts(c: Crowd, many: int) -> None:
    """Drafts of a hundred paragraphs, half of them with a proposal."""
    c.drafts = fill(
        Notice,
        max(1, many // 1000),
        committee_id=str(c.committee.pk),
        number="1 + i",
        symbol=text(f"DT-{c.mark}"),
        issuer_id=c.agencies["i"],
        issued_on=c.day,
        subject="'Dự thảo kết luận ' || i",
        text=f"repeat({text(SENTENCE)}, {PARAGRAPHS})",
        entered_at=f"{c.day} - i",
        entered_by_id=str(c.secretary.pk),
    )
    stretch = {"start": f"{len(SENTENCE)} * (i % {PARAGRAPHS})", "end": f"{len(SENTENCE)} * (1 + i % {PARAGRAPHS})"}
    c.paragraphs = fill(
        Paragraph,
        c.drafts.many * PARAGRAPHS,
        notice_id=c.drafts[f"i / {PARAGRAPHS}"],
        position=f"1 + i % {PARAGRAPHS}",
        label=f"'II.' || (1 + i % {PARAGRAPHS})",
        proposed_as="CASE WHEN i % 2 = 0 THEN 'directive' ELSE 'information' END",
        handled_as="CASE WHEN i % 10 = 0 THEN 'directive' ELSE '' END",
        **stretch,
    )
    found = '{"leads": [], "coordinating": [], "deadline": null, "product": "", "grounds": [], "doubts": []}'
    c.proposals = fill(
        Proposal,
        f"(SELECT * FROM directives_paragraph WHERE id {c.paragraphs.ids} AND position % 4 = 3) AS p",
        notice_id="p.notice_id",
        paragraph_id="p.id",
        start="p.start",
        end='p."end"',
        found=text(found),
    )


def _entered(c: Crowd) -> None:
    """What was made a directive of the drafts already."""
    c.entered = fill(
        Directive,
        f"(SELECT * FROM directives_paragraph WHERE id {c.paragraphs.ids} AND handled_as = 'directive') AS p",
        notice_id="p.notice_id",
        paragraph_id="p.id",
        position="p.position",
        quote=text(SENTENCE),
        quote_start="p.start",
        quote_end='p."end"',
        quote_hash="md5(p.id::text)",
        wording="'Nhiệm vụ của mục ' || p.label",
        deadline_kind="'date'",
        due_on=f"{c.day} + 60",
    )
    fill(Addressee, c.entered.many, directive_id=c.entered["i"], role="'share'", group_id=c.groups["i"])
    fill(Addressee, c.entered.many, directive_id=c.entered["i"], role="'coordinating'", agency_id=c.agencies["i"])


def _assignments(c: Crowd, many: int) -> None:
    """Five to a directive, one of which leads; one in a hundred belongs to the notice that gives to everybody.

    Of what is older than eight months nine tenths are finished.
    """
    wide = many // 100
    numbered = f"""
        SELECT i, {_of_hundred()} AS of_hundred,
               CASE WHEN i < {wide} THEN i % {MANY_PARTS} ELSE {MANY_PARTS} + (i - {wide}) / 5 END AS directive,
               CASE WHEN i < {wide} THEN 'share' WHEN (i - {wide}) % 5 = 0 THEN 'lead' ELSE 'coordinating' END AS role
        FROM generate_series(0, {many - 1}) AS i"""
    dated = f"SELECT *, {c.day} - 1 - (directive / 20 * 37) % 1000 AS given FROM ({numbered}) AS numbered"
    states = " ".join(f"WHEN of_hundred < {below} THEN '{state}'" for below, state in STATES)
    old = f"given < {c.day} - 250 AND of_hundred < 65"
    work = f"SELECT *, CASE WHEN {old} THEN 'done' {states} END AS state FROM ({dated}) AS dated"
    due = "CASE WHEN directive % 10 <> 9 THEN given + 14 + (directive * 13 + 100) % 180 END"
    c.assignments = fill(
        Assignment,
        f"({work}) AS work",
        directive_id=c.directives["directive"],
        agency_id=c.agencies["i"],
        role="role",
        state="state",
        original_due_on=due,
        due_on=due,
        assigned_on="given",
        armed_on="given",
        handed_in_on="CASE WHEN state IN ('handed_in', 'done') THEN given + 10 + i % 40 END",
        done_on="CASE WHEN state = 'done' THEN given + 10 + i % 40 END",
        look_on=f"CASE WHEN state IN ('assigned', 'acknowledged', 'in_progress') THEN {c.day} + 1 + i % 30 END",
        resume_to="CASE WHEN state = 'suspended' THEN 'in_progress' ELSE '' END",
    )


def _of_hundred() -> str:
    """SQL that spreads a hundred assignments over `STATES`; the first ten have one of each that a page is about."""
    return f"CASE WHEN i < 10 THEN (ARRAY{list(FIRST_TEN)})[i + 1] ELSE (i * 61) % 100 END"
