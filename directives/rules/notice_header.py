"""The header of a notice: who issued it, under which number, when, about what and signed by whom.

It is read from the head and the foot of an official text. A press report has neither; there, number
and date are taken from the sentence that says the document was issued.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from directives.rules.notice_parts import HEAD_SIZE, TELEGRAM, Parts, parts_of
from directives.rules.spelling import fold, one_tone, squeeze

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM ĐỘC LẬP - TỰ DO - HẠNH PHÚC ĐẢNG CỘNG SẢN VIỆT NAM"
# What a title or the type in a symbol says of the kind of document (decree 30/2020/NĐ-CP, Appendix III).
TITLES = {
    "THÔNG BÁO": "conclusion", "KẾT LUẬN": "conclusion", "CHỈ THỊ": "instruction", "CÔNG ĐIỆN": "telegram",
    "QUYẾT ĐỊNH": "decision", "NGHỊ QUYẾT": "resolution", "KẾ HOẠCH": "plan",
}  # fmt: skip
TYPES = {
    "TB": "conclusion", "KL": "conclusion", "CT": "instruction", "CĐ": "telegram",
    "QĐ": "decision", "NQ": "resolution", "KH": "plan",
}  # fmt: skip
URGENCIES = {"HỎA TỐC": "express", "THƯỢNG KHẨN": "very_urgent", "KHẨN": "urgent"}
SECRECIES = {"TUYỆT MẬT": "tuyet_mat", "TỐI MẬT": "toi_mat", "MẬT": "mat"}

LETTERS = r"[A-ZĐƯ][^\W_]{0,15}"
SYMBOL = rf"(?:(?:19|20)\d\d ?/ ?)?{LETTERS}(?:(?:[-/.&]{LETTERS})|(?: ?- ?[A-ZĐƯ]{{2}}[^\W_]{{0,13}})){{0,5}}"
NUMBERED = re.compile(rf"\b(?:Số|SỐ) ?: ?(?P<number>\d{{0,6}}) ?/ ?(?P<symbol>{SYMBOL})")
PARTY_NUMBERED = re.compile(rf"\b(?:Số|SỐ) ?:? ?(?P<number>\d{{1,6}}) ?- ?(?P<symbol>{LETTERS} ?/ ?{LETTERS})")
DATE = r"(?P<d>\d{1,2})(?: ?tháng ?(?P<m>\d{1,2}) ?năm ?(?P<y>\d{4})|[/.-](?P<mn>\d{1,2})[/.-](?P<yn>\d{4}))(?!\d)"
TIME_OF_DAY = re.compile(r"\b(?:Sáng|Chiều|Tối|Trưa|[Tt]hứ|[Hh]ồi)\b")
PLACE_AND_DATE = re.compile(rf"(?P<place>[^\d,;:()]{{2,40}}), ?ngày ?{DATE}")
MET = re.compile(
    rf"(?:Sáng|Chiều|Tối|Trưa|Ngày)\b(?: [^\d\W]{{1,6}}){{0,4}},? ?(?:ngày )?{DATE}(?=(?P<rest>.{{0,400}}))"
)
MEETING = re.compile(r"chủ trì|\bhọp\b|hội nghị|làm việc|kiểm tra", re.IGNORECASE)
ABOUT = re.compile(r"^(?:V/v|Về việc):? ?", re.IGNORECASE)
OPENING = re.compile(r"(?:Sáng|Chiều|Tối|Trưa|Ngày|Từ ngày|Trong|Thực hiện|Căn cứ|Sau khi|Theo|Vừa qua|Tại|Kính gửi)\b")

KIND_WORDS = r"(?i:thông báo|công điện|chỉ thị|công văn)"
REFERENCE = rf"{KIND_WORDS}(?: kết luận)?(?: số)?:? (?P<number>\d{{1,6}}) ?/ ?(?P<symbol>{SYMBOL})"
ISSUED = re.compile(rf"(?:ban hành|(?:đã|vừa|phủ|tỉnh) (?:có|ra)) {REFERENCE}(?: năm \d{{4}})?(?:,? \(?ngày {DATE})?")
ON_A_DAY = re.compile(rf"\b[Nn]gày {DATE}, ?(?P<issuer>[^\d.;:]{{2,120}})$")
ON_A_DAY_OF_SOME_YEAR = re.compile(r"\b[Nn]gày (?P<d>\d{1,2})/(?P<m>\d{1,2}), ?[^\d.;:]{2,120}$")
SPEAKS = re.compile(rf"(?:(?:\bTại|[Kk]ết luận tại|\bTheo|[Tt]oàn văn|TẢI VỀ|\bMục \w{{1,4}}) |\(){REFERENCE}")
SIGNING = re.compile(
    r"(?:TM|KT|TL|TUQ|Q|T/M)\.|(?:PHÓ |QUYỀN )?(?:THỦ TƯỚNG|CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|CHỦ NHIỆM|CHÁNH|TRƯỞNG|"
    r"GIÁM ĐỐC|BÍ THƯ|TỔNG|THỐNG ĐỐC|VIỆN TRƯỞNG|CỤC TRƯỞNG|PHÓ)"
)


@dataclass(frozen=True)
class Header:
    """What the header says; empty or None where it says nothing. `kind` and `urgency` as notices store them.

    `issuer_lines`: the lines of `issuer_name`; a superior body may stand above the one that issues (decree
    30/2020/NĐ-CP, Appendix I).
    """

    number: int | None = None
    symbol: str = ""
    issued_on: date | None = None
    issuer_name: str = ""
    issuer_lines: tuple[str, ...] = ()
    signer: str = ""
    signer_title: str = ""
    met_on: date | None = None
    subject: str = ""
    kind: str = "conclusion"
    urgency: str = "normal"
    secrecy: str = ""


def reference_of(number: int | None, symbol: str) -> str:
    """Number and symbol as they are cited: "09/TB-VPCP", and "104-CTr/TU" for the Party; "" without a number."""
    if number is None:
        return ""
    is_of_the_party = symbol[:1].isalpha() and "/" in symbol
    return f"{number:02d}{'-' if is_of_the_party else '/'}{symbol}"


def read_header(text: str) -> Header:
    """The header of the notice `text`. Never raises; what is not found stays empty."""
    folded = fold(text).text
    parts = parts_of(folded)
    if not parts.head_end:
        return _reported(folded)
    head = folded[: min(parts.body_start, HEAD_SIZE)]
    pieces = list(_pieces(head))
    header = _numbered(squeeze(head))
    dated = _place_and_date(squeeze(head))
    issued_on = _date(dated) if dated else None
    at = _title_at(pieces)
    signer, signer_title = _signed(folded, parts)
    issuer = _issuer(pieces)
    kind = _kind(header.symbol, pieces[at].upper() if at is not None else head)
    return replace(
        header,
        issued_on=issued_on,
        issuer_name=" ".join(issuer),
        issuer_lines=issuer,
        subject=_subject(pieces, at),
        kind=kind,
        met_on=_met_on(squeeze(head)[dated.end() if dated else 0 :], issued_on) if kind == "conclusion" else None,
        urgency=next((URGENCIES[piece] for piece in map(str.upper, pieces) if piece in URGENCIES), "normal"),
        secrecy=_secrecy(pieces),
        signer=signer,
        signer_title=signer_title,
    )


def _pieces(text: str) -> Iterator[str]:
    """Lines and columns of the head as separate strings; an empty one where a cell or a block ends."""
    for line in text.split("\n"):
        if not line.strip() or "|" in line:
            yield ""
        for piece in re.split(r" {3,20}|\t|\|", line):
            if words := squeeze(piece).strip("-–=. "):
                yield words


def _numbered(head: str) -> Header:
    found = NUMBERED.search(head) or PARTY_NUMBERED.search(head)
    if found is None:
        return Header()
    return Header(number=int(found["number"] or 0) or None, symbol=_symbol(found["symbol"]))


def _symbol(written: str) -> str:
    return re.sub(r" ?([-/]) ?", r"\1", written)


def _place_and_date(head: str) -> re.Match[str] | None:
    """ "Hà Nội, ngày 09 tháng 8 năm 2024", not "Sáng thứ Sáu, ngày 19 tháng 7 năm 2024"."""
    found = PLACE_AND_DATE.finditer(head)
    return next((each for each in found if not TIME_OF_DAY.search(each["place"])), None)


def _date(found: re.Match[str]) -> date | None:
    written = found.groupdict()
    try:
        return date(int(written.get("y") or written["yn"]), int(written.get("m") or written["mn"]), int(written["d"]))
    except ValueError:
        return None


def _issuer(pieces: list[str]) -> tuple[str, ...]:
    """The capitals at the top left, the superior body first, without the motto beside them."""
    name: list[str] = []
    for piece in filter(None, pieces):
        if (name and not piece.isupper()) or piece in TITLES or piece.upper().startswith(("SỐ", "V/V")):
            break
        is_mark = piece.upper() in URGENCIES or _secret(piece)
        if piece.isupper() and one_tone(piece).upper() not in MOTTO and not is_mark:
            name.append(piece)
    return tuple(name)


def _title_at(pieces: list[str]) -> int | None:
    return next((at for at, piece in enumerate(pieces) if piece.upper() in TITLES), None)


def _kind(symbol: str, title: str) -> str:
    """By the symbol ("TB-VPCP", "2020/QĐ-TTg", "CTr/TU"), else by the title; a letter has neither type."""
    kind = re.split(r"[-/]", re.sub(r"^\d{4}/", "", symbol))[0]
    if kind in TYPES:
        return TYPES[kind]
    if title in TITLES:
        return TITLES[title]
    if symbol:
        return "letter"
    return "telegram" if TELEGRAM.search(title) else "conclusion"


def _subject(pieces: list[str], title_at: int | None) -> str:
    about = next((at for at, piece in enumerate(pieces) if ABOUT.match(piece)), None)
    start = title_at + 1 if title_at is not None else about
    lines: list[str] = []
    for piece in pieces[start : start + 20] if start is not None else ():
        flips = bool(lines) and len(lines[-1]) > 3 and lines[-1].isupper() and not piece.isupper()
        if (lines and not piece) or OPENING.match(piece) or piece.endswith("điện:") or flips:
            break
        lines += [piece] if piece else []
    return ABOUT.sub("", " ".join(lines)).strip(" .,;")


def _met_on(opening: str, issued_on: date | None) -> date | None:
    for found in MET.finditer(opening):
        met_on, rest = _date(found), found["rest"]
        is_in_time = met_on and (issued_on is None or met_on <= issued_on)
        if is_in_time and MEETING.search(rest) and not ISSUED.search(rest[:200]):
            return met_on
    return None


def _secret(piece: str) -> str:
    return SECRECIES.get(re.sub(r"^ĐỘ MẬT ?:? ?", "", piece.upper()), "")


def _secrecy(pieces: list[str]) -> str:
    for above, piece in pairwise(["", *pieces]):
        # "... BẢO VỆ BÍ / MẬT" is a title that was broken, not a stamp.
        if (secrecy := _secret(piece)) and not above.upper().endswith(" BÍ"):
            return secrecy
    return ""


def _signed(text: str, parts: Parts) -> tuple[str, str]:
    titles: list[str] = []
    for piece in _pieces(text[parts.body_end : parts.body_end + HEAD_SIZE]):
        if piece.isupper() and (SIGNING.match(piece) or (titles and titles[-1].endswith(","))):
            titles.append(piece)
        elif titles and _is_name(piece):
            return piece, " / ".join(titles).replace(", / ", ", ")
    return "", ""


def _is_name(piece: str) -> bool:
    words = piece.split()
    return 2 <= len(words) <= 5 and all(word.isalpha() and word[0].isupper() and word[1:].islower() for word in words)


def _reported(text: str) -> Header:
    """From a press report: the document it says was issued, else the one it says it speaks of."""
    line = squeeze(text)
    for found in ISSUED.finditer(line):
        before = line[max(0, found.start() - 200) : found.start()].rstrip()
        on_a_day = ON_A_DAY.search(before)
        issued_on = _date(found) if found["d"] else _date(on_a_day) if on_a_day else _year_elsewhere(before, line)
        issuer = re.sub(r" (?:đã|vừa|mới)$", "", on_a_day["issuer"].strip()) if on_a_day else ""
        symbol = _symbol(found["symbol"])
        kind = _kind(symbol, "")
        met_on = _met_on(line[:HEAD_SIZE], issued_on) if kind == "conclusion" else None
        return Header(int(found["number"]), symbol, issued_on, issuer, kind=kind, met_on=met_on)
    spoken_of = Counter((int(found["number"]), _symbol(found["symbol"])) for found in SPEAKS.finditer(line))
    for (number, symbol), _ in spoken_of.most_common(1):
        return Header(number, symbol, kind=_kind(symbol, ""))
    return Header()


def _year_elsewhere(before: str, line: str) -> date | None:
    """ "Ngày 28/1, Thủ tướng ra chỉ thị": the year of the same day, where it is written further on."""
    if (day := ON_A_DAY_OF_SOME_YEAR.search(before)) is None:
        return None
    found = re.search(rf"\bngày (?P<d>0?{int(day['d'])})/(?P<mn>0?{int(day['m'])})/(?P<yn>\d{{4}})\b", line)
    return _date(found) if found else None
