"""The product of a directive: the paper that is to be drafted, submitted or issued."""

import re

# Papers by their kinds (decree 30/2020/NĐ-CP, Article 7, and the Law on the promulgation of legal documents).
PAPERS = (
    r"(?:hồ sơ |dự thảo |đề cương )?(?:luật|nghị quyết|nghị định|quyết định|thông tư|chỉ thị|đề án|dự án luật|"
    r"chiến lược|quy hoạch|kế hoạch|"
    r"chương trình|quy chế|quy định|quy trình|tờ trình|phương án|bộ tiêu chí|tiêu chuẩn|quy chuẩn|danh mục|"
    r"báo cáo|định mức|đơn giá|"
    r"văn bản hướng dẫn|hướng dẫn|cơ sở dữ liệu|hệ thống|nền tảng)"
)
MADE = re.compile(
    r"(?<!\w)(?:xây dựng|hoàn thiện|soạn thảo|ban hành|sửa đổi|lập|trình(?: [^,;.:()]{2,40}?)?(?: ban hành|"
    r" phê duyệt| xem xét)?|"
    r"công bố|thiết lập|hoàn thành|có|gửi)(?:, (?:bổ sung|hoàn thiện|trình|"
    r"ban hành))?(?: và [^\W\d_]{2,6} [^\W\d_]{2,6})? "
    rf"(?P<paper>{PAPERS}(?!\w)(?! số \d)(?:[^,;.:()]|\((?:sửa đổi(?:, bổ sung)?|thay thế)\)){{0,160}})"
)
# "Gửi báo cáo về Bộ A": to whom, and not of what.
TO_WHOM = re.compile(r" (?:về|cho|tới|đến) (?=(?:bộ|ubnd|ủy ban|văn phòng|sở|thủ tướng|chính phủ|ban) )")
# What follows the name of a paper but is no part of it.
BEYOND = re.compile(
    r" (?:trước|trong (?:tháng|quý|năm|ngày)|để|nhằm|chậm nhất|theo (?:quy định|chỉ đạo)|bảo đảm|đảm bảo|gửi|"
    r"báo cáo (?!về)|trình|hoàn thành|và trình|và báo cáo)(?!\w)"
)


def product_in(low: str, start: int, end: int) -> tuple[int, int] | None:
    """The letters of the line that name the product, or None where none is named."""
    found = MADE.search(low, start, end)
    if found is None:
        return None
    beyond = BEYOND.search(low, found.start("paper"), found.end("paper"))
    finish = beyond.start() if beyond else found.end("paper")
    if low.startswith("báo cáo", found.start("paper")) and (told := TO_WHOM.search(low, found.start("paper"), finish)):
        finish = told.start()
    while finish > found.start("paper") and low[finish - 1] == " ":
        finish -= 1
    return found.start("paper"), finish
