"""Marks put back on a deadline that was typed in a hurry: "hang thang ngay 5" is "hằng tháng ngày 5".

Only the words of deadlines are known, and each has one meaning there; "ngay" (at once, or "ngày"), "sau" (after, or
"sáu") and the names of weekdays are told by what stands beside them.
"""

import re

WORDS = {
    "thang": "tháng", "quy": "quý", "qui": "quý", "nam": "năm", "tuan": "tuần", "hang": "hằng", "moi": "mỗi",
    "tung": "từng", "dinh": "định", "ky": "kỳ", "truoc": "trước", "cham": "chậm", "muon": "muộn", "nhat": "nhất",
    "het": "hết", "cuoi": "cuối", "dau": "đầu", "giua": "giữa", "den": "đến", "vong": "vòng", "ke": "kể", "tu": "từ",
    "tinh": "tính", "hanh": "hành", "lam": "làm", "viec": "việc", "lan": "lần", "mot": "một", "nua": "nửa",
    "khong": "không", "co": "có", "thoi": "thời", "han": "hạn", "chua": "chưa", "xac": "xác", "khan": "khẩn",
    "truong": "trương", "cap": "cấp", "som": "sớm", "kip": "kịp", "thuong": "thường", "xuyen": "xuyên", "lien": "liên",
    "tuc": "tục", "dut": "dứt", "diem": "điểm", "hoa": "hỏa", "toc": "tốc", "tet": "tết", "mung": "mùng",
    "mong": "mùng", "hoan": "hoàn", "thanh": "thành", "la": "là", "vao": "vào", "dan": "đán", "nguyen": "nguyên",
}  # fmt: skip
WEEKDAYS = {
    "2": "hai", "3": "ba", "4": "tư", "5": "năm", "6": "sáu", "7": "bảy",
    "tu": "tư", "nam": "năm", "sau": "sáu", "bay": "bảy",
}  # fmt: skip
WEEKDAY = re.compile(r"\b(?:thu|thứ) (?P<day>[2-7]|hai|ba|tu|tư|nam|năm|sau|sáu|bay|bảy)\b(?! (?:nhat|nhất))", re.I)
SUNDAY = re.compile(r"\bchu nhat\b", re.IGNORECASE)
# "Sau thang mot lan": six, unless a month's number follows.
SIX = re.compile(r"\bsau (?=(?:thang|tháng)\b(?! \d))", re.IGNORECASE)
DAY = re.compile(
    r"(?:(?<=\d )|(?<=\bhang )|(?<=\bhằng )|(?<=\bhàng )|(?<=\bmoi )|(?<=\bmỗi )|(?<=\btu )|(?<=\btừ ))ngay\b|"
    r"\bngay(?= (?:\d|mung|mong|mùng|mồng|lam|làm|ky|ký|ban|cuoi|cuối|dau|đầu))",
    re.IGNORECASE,
)
QUARTER = re.compile(r"\bq ?(?=(?:[1-4]|i{1,3}|iv)\b)", re.IGNORECASE)
SIGNED = re.compile(r"\bngày ky\b", re.IGNORECASE)
WORD = re.compile(r"\b[a-z]{2,6}\b", re.IGNORECASE | re.ASCII)


def with_marks(words: str) -> str:
    """`words` on one line with their marks; what has them already, and what no deadline holds, stays as it is."""
    line = " ".join(words.split())
    line = SUNDAY.sub("chủ nhật", WEEKDAY.sub(lambda found: f"thứ {_weekday(found['day'].lower())}", line))
    line = SIX.sub("sáu ", QUARTER.sub("quý ", DAY.sub("ngày", line)))
    return WORD.sub(_marked, SIGNED.sub("ngày ký", line))


def _weekday(day: str) -> str:
    return WEEKDAYS.get(day, day)


def _marked(found: re.Match[str]) -> str:
    word = found[0]
    marked = WORDS.get(word.lower(), word)
    return marked.capitalize() if word[0].isupper() and marked != word else marked
