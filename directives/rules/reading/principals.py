"""Whose word it is: the principals who assign and are not told to do anything, and those who plead with them."""

import re

from directives.rules.reading.words import PLEADS, PRINCIPAL

ASKS = re.compile(
    r"(?: \([^()]{2,120}\))? (?:trân trọng |cũng |thống nhất |nhất trí |tiếp tục |điện và |điện |quyết nghị |vừa )?"
    r"(?:đề nghị|yêu cầu|giao) "
)
# News of a paper: "Thủ tướng vừa ký công điện ...".
NEWS = re.compile(
    r"[^;:]{2,160}? (?:(?P<when>vừa|đã|mới)(?: vừa| mới)? (?:ký(?: ban hành)?|ban hành|có|gửi|phát đi|phát hành|ra)"
    r"(?: các| một số)? (?:công điện|chỉ thị|nghị quyết|quyết định|công văn|văn bản|thông báo|kế hoạch|ý kiến)|"
    r"(?<=\w )ký (?:ban hành )?(?:công điện|chỉ thị) số(?= )|"
    r"có (?:công điện|công văn|văn bản)(?: hỏa tốc)?(?= (?:yêu cầu|đề nghị|chỉ đạo|truyền đạt|giao|số) ))(?!\w)"
)


GREETS = re.compile(r"gửi lời|biểu dương|đánh giá cao|ghi nhận|hoan nghênh|nhất trí|thống nhất|đồng ý|cơ bản tán thành")


def announced(low: str, start: int, end: int) -> tuple[int, bool] | None:
    """Where the words end with which the clause tells of a paper, and whether it is fresh; None where it does not."""
    found = NEWS.match(low, start, end)
    return (found.end(), found["when"] != "đã") if found else None


def pleads(words: str) -> bool:
    """Whether somebody asks the Prime Minister for something; what he then says is another matter."""
    plea = PLEADS.search(words)
    return bool(plea and not words.startswith(("giao", "yêu cầu", "về ")) and not _speaks(words[: plea.start()]))


def _speaks(before: str) -> bool:
    return bool(re.search(r"thủ tướng(?: chính phủ)?[^,;]{0,60}(?:yêu cầu|giao|chỉ đạo|đề nghị)", before))


def may_assign(low: str, start: int, at: int, *, is_principal: bool = False) -> bool:
    """Whether the word at `at` assigns: after a stop or a principal, not in "kiến nghị giao" or "đã chỉ đạo"."""
    before = low[max(start, at - 40) : at]
    if before.endswith(" và ") and PRINCIPAL.match(low, start) and GREETS.search(low, start, at):
        return True  # "Thủ tướng gửi lời chia buồn và yêu cầu Bộ A ..."
    if is_principal and before.endswith("điện và "):
        return True
    if re.search(
        r"(?:kiến nghị|đề xuất|đề nghị|được|đã|sẽ|việc|về|để|và|theo|các|sự|có|nhấn mạnh|đáp ứng|những|một số) $",
        before,
    ):
        return bool(re.search(r"(?:đã|đã có|có) $", before)) and low.startswith("yêu cầu", at)
    if is_principal and re.search(r"(?<!\w)(?:đã|sẽ|đang) ", low[start:at]):
        return False
    if low[at - 2 : at] in (", ", ": ", "; ", ") ") or at == start:
        return True
    if is_principal:
        return True
    words = max(low.rfind(stop, start, at) for stop in (", ", ": ", "; "))
    begins = words + 2 if words >= 0 else start
    return bool(PRINCIPAL.match(low, begins)) and not re.search(r"(?<!\w)(?:đã|sẽ|đang) ", low[begins:at])
