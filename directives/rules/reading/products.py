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
# What a paper is about, begun as a list: "quy định về kết nối" and, behind the comma, "chia sẻ dữ liệu".
LISTS = re.compile(r" (?:về|quy định|hướng dẫn)(?: (?:về|việc))?(?: [^\W\d_]{1,8}){1,3}$")
GOES_ON = re.compile(
    r", (?!(?:trình|gửi|báo cáo|hoàn thành|xong|ban hành|bảo đảm|đảm bảo|công bố|công khai|trước|trong|chậm nhất|"
    r"đồng thời|nhất là|trong đó|phục vụ|tạo|làm|để|nhằm|tổ chức|phối hợp|chủ trì|trên cơ sở|theo|đề xuất|xin|lấy|"
    r"tổng hợp|khẩn trương|kịp thời|phù hợp|đáp ứng|qua đó|từ đó|không|phê duyệt|triển khai|rà soát|thực hiện)(?!\w))"
    r"[^,;.:()]{1,160}"
)
# "Gửi báo cáo về Bộ A": to whom, and not of what.
TO_WHOM = re.compile(r" (?:về|cho|tới|đến) (?=(?:bộ|ubnd|ủy ban|văn phòng|sở|thủ tướng|chính phủ|ban) )")
# What follows the name of a paper but is no part of it.
BEYOND = re.compile(
    r" (?:trước|trong (?:tháng|quý|năm|ngày)|để|nhằm|chậm nhất|theo (?:quy định|chỉ đạo)|bảo đảm|đảm bảo|gửi|"
    r"báo cáo (?!về)|trình|hoàn thành|và trình|và báo cáo)(?!\w)"
)


def _over_the_comma(low: str, start: int, at: int, end: int) -> int:
    """Where a paper's name ends that goes on behind a comma: "... quy định về kết nối, chia sẻ dữ liệu"."""
    more = LISTS.search(low, start, at) and GOES_ON.match(low, at, end)
    if not more:
        return at
    beyond = BEYOND.search(low, at, more.end())
    return beyond.start() if beyond else more.end()


def product_in(low: str, start: int, end: int) -> tuple[int, int] | None:
    """The letters of the line that name the product, or None where none is named."""
    found = MADE.search(low, start, end)
    if found is None:
        return None
    beyond = BEYOND.search(low, found.start("paper"), found.end("paper"))
    finish = beyond.start() if beyond else _over_the_comma(low, found.start("paper"), found.end("paper"), end)
    if low.startswith("báo cáo", found.start("paper")) and (told := TO_WHOM.search(low, found.start("paper"), finish)):
        finish = told.start()
    while finish > found.start("paper") and low[finish - 1] == " ":
        finish -= 1
    return found.start("paper"), finish
