"""Reading a notice: twenty pages, and a megabyte of what no notice holds."""

from datetime import date

from bench.measuring import median, seconds
from directives.rules.notice_proposals import read_notice
from tracker.documents.register import register_of_the_seeds

RUNS = 5
ISSUED = date(2025, 9, 12)
PAGE = """\
{number}. Bộ Nội vụ chủ trì, phối hợp với các Bộ: Tài chính, Tư pháp, Y tế và các cơ quan liên quan:
a) Rà soát kho lưu trữ của các cơ quan thuộc phạm vi quản lý, thống kê hồ sơ chưa được số hóa; báo cáo
Thủ tướng Chính phủ kết quả thực hiện trước ngày 30 tháng 9 năm 2025.
b) Xây dựng Đề án bảo quản tài liệu quý hiếm, lấy ý kiến các bộ, ngành, địa phương, trình trong quý IV năm 2025.
Thời gian qua, việc bảo quản tài liệu đã được các cấp quan tâm, tuy nhiên nhiều kho còn chật hẹp và thiếu thiết bị.
c) Chủ tịch Ủy ban nhân dân các tỉnh: Gia Lai, Lâm Đồng, Đắk Lắk bố trí quỹ đất xây dựng kho lưu trữ tỉnh; Bộ Tài
chính cân đối vốn đầu tư công giai đoạn 2026 - 2030 theo Thông báo số 12/TB-VPCP ngày 10 tháng 01 năm 2025, xong trước
31/12/2025.
d) Các bộ, ngành, địa phương định kỳ trước ngày 25 hằng tháng gửi báo cáo về Bộ Nội vụ để tổng hợp.
"""
MANGLED = ("các Bộ A, ", "Bộ Tài chính; ", "UBND xã A, ", "1. Bộ Y tế:\n- rà soát\n", "để, ", "(")
PAGE_LETTERS = 3000


def main() -> None:
    """Print the medians."""
    register = register_of_the_seeds()
    text = "".join(PAGE.format(number=number) for number in range(1, 20 * PAGE_LETTERS // len(PAGE) + 2))
    read_notice("", ISSUED, register)  # the names are made ready once for a day

    def took(notice: str) -> float:
        return median([seconds(lambda: read_notice(notice, ISSUED, register)) for _run in range(RUNS)])

    found = len(read_notice(text, ISSUED, register).directives)
    print(f"20 pages, {len(text):,} letters, {found} directives: {took(text):.2f} s")
    for piece in MANGLED:
        print(f"1 MB of {piece!r}: {took(piece * (1_000_000 // len(piece))):.2f} s")
