"""A conclusion notice as its file reads, made up."""

NOTICE = """\
VĂN PHÒNG CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 07/TB-VPCP
Hà Nội, ngày 09 tháng 01 năm 2025

THÔNG BÁO
Kết luận của Phó Thủ tướng tại cuộc họp về số hóa hồ sơ lưu trữ

Sáng thứ Sáu, ngày 03 tháng 01 năm 2025, tại Trụ sở Chính phủ, Phó Thủ tướng chủ trì cuộc họp về số hóa.
Sau khi nghe báo cáo, Phó Thủ tướng kết luận như sau:
I. ĐÁNH GIÁ CHUNG
Việc số hóa đã được khởi động theo Thông báo số 12/TB-VPCP ngày 10 tháng 01 năm 2024.
II. NHIỆM VỤ
1. Bộ Nội vụ
- Chủ trì rà soát, trình trước ngày 31/3/2025.
- Hướng dẫn các địa phương:
+ Về kho lưu trữ;
+ Về nhân lực.
2. Bộ Tài chính:
a) Bố trí kinh phí;
b) Kiểm tra việc sử dụng;
c) Báo cáo hằng quý;
d) Phối hợp với Bộ Nội vụ;
đ) Tổng hợp;
e) Công khai;
g) Thực hiện nhiệm vụ khác.
Các bộ liên quan phối hợp.
Văn phòng Chính phủ thông báo để các cơ quan biết, thực hiện./.
Nơi nhận:
- Thủ tướng, các Phó Thủ tướng;
- Lưu: VT.
KT. BỘ TRƯỞNG, CHỦ NHIỆM
PHÓ CHỦ NHIỆM
Nguyễn Văn Mẫu
"""
