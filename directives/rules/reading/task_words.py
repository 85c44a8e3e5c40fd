"""The words with which a task begins, and what only looks like one.

They are what administrations of every field ask for, in lower case with the newer tone placement.
"""

import re

# How a task begins: the verbs and the adverbs before them. Alphabetical by first word within their line.
TASK_WORDS = """
mua|mua sắm|họp|tuần tra|tuần tra kiểm soát|phủ sóng|đưa tin|xử phạt|rà phá|thăm dò|khuyến nông|cảnh tỉnh|
đối chiếu|hợp tác|
hội đàm|
được giao chủ trì|phải|cần|có trách nhiệm|chịu trách nhiệm|có giải pháp|có phương án|có văn bản|có kế hoạch|
có hướng dẫn|có biện pháp|
có báo cáo|có ý kiến|có hình thức|có cáo
khẩn trương|kịp thời|tiếp tục|chủ động|tập trung|tích cực|thường xuyên|sớm|ngay|trực tiếp|nhanh chóng|tăng cường|
đẩy mạnh|đẩy nhanh|quyết liệt|nghiêm túc|phấn đấu|ưu tiên|đồng thời|định kỳ|hằng|hàng ngày|hàng tuần|hàng tháng|
hàng quý|hàng năm|trước mắt|liên tục|chậm nhất|tuyệt đối|kiên quyết|không|chú trọng|đặc biệt|dứt khoát|rứt khoát|
hết sức|cùng|cùng với|trước ngày|trước|đến ngày|trong ngày|cương quyết|nghiêm cấm|nâng cao|mạnh mẽ|đồng loạt|
lưu ý|chú ý|
quan tâm|cố gắng|nỗ lực|quyết tâm|thống nhất phương án|thống nhất nội dung|thống nhất với|tự|cơ bản|thực sự|
trong tháng|trong quý|trong năm
chủ trì|phối hợp|làm đầu mối|tham mưu|hướng dẫn|rà soát|xây dựng|hoàn thiện|trình|báo cáo|tổng hợp|đôn đốc|theo dõi|
nghiên cứu|chỉ đạo|tổ chức|triển khai|thực hiện|đề xuất|kiến nghị|ban hành|kiểm tra|thanh tra|giám sát|đánh giá|
thẩm định|thẩm tra|phê duyệt|quyết định|xử lý|giải quyết|tháo gỡ|khắc phục|bảo đảm|đảm bảo|bố trí|huy động|cân đối|
phân bổ|giải ngân|cập nhật|công bố|công khai|cung cấp|chia sẻ|kết nối|tích hợp|đồng bộ|chuẩn hóa|số hóa|vận hành|
khai thác|quản lý|sử dụng|phát triển|đầu tư|mở rộng|nâng cấp|cải tạo|sửa chữa|sửa đổi|bổ sung|điều chỉnh|thay thế|
bãi bỏ|cắt giảm|đơn giản hóa|rút ngắn|giảm|tăng|tạo|hình thành|thành lập|kiện toàn|sắp xếp|củng cố|phân công|
phân cấp|phân quyền|ủy quyền|giao|yêu cầu|đề nghị|vận động|tuyên truyền|phổ biến|quán triệt|thông tin|truyền thông|
tập huấn|đào tạo|bồi dưỡng|hỗ trợ|giúp đỡ|động viên|thăm hỏi|khen thưởng|tuyên dương|biểu dương|khích lệ|nhân rộng|
phát hiện|ngăn chặn|phòng ngừa|chống|đấu tranh|xác lập|xác định|xác minh|làm rõ|làm việc|trao đổi|
lấy ý kiến|lấy lại|tiếp thu|giải trình|hoàn chỉnh|hoàn thành|kết thúc|nghiệm thu|bàn giao|tiếp nhận|lưu trữ|bảo quản|
bảo vệ|duy trì|phát huy|khuyến khích|thúc đẩy|thu hút|xúc tiến|mời|gửi|thông báo|trả lời|phản hồi|phúc đáp|
ký kết|đàm phán|đấu thầu|lựa chọn|chọn|lập|thiết lập|thiết kế|soạn thảo|dự thảo|đăng ký|kê khai|thống kê|
khảo sát|điều tra|
phân tích|dự báo|cảnh báo|khuyến cáo|quan trắc|đo đạc|kiểm kê|kiểm soát|kiểm điểm|kiểm định|chấn chỉnh|chấm dứt|
tạm dừng|dừng|đình chỉ|thu hồi|cấp|xuất cấp|cấp phép|chi trả|thanh toán|quyết toán|nộp|miễn|hoàn|khôi phục|
sơ tán|di dời|cứu hộ|cứu trợ|ứng phó|bố trí|chuẩn bị|sẵn sàng|cung ứng|tiếp tế|vận chuyển|điều tiết|
điều động|điều phối|điều hành|lãnh đạo|quy định|quy hoạch|áp dụng|vận dụng|thí điểm|nhận diện|đổi mới|cải cách|
cải thiện|đa dạng hóa|đa dạng|tham gia|tham dự|tham vấn|đồng hành|gương mẫu|tiên phong|đề cao|nêu cao|nêu|
rút kinh nghiệm|
sơ kết|tổng kết|tổng rà soát|khởi công|khánh thành|thi công|giải phóng|đền bù|bồi thường|treo|đưa|cử|
bám sát|nắm|nắm bắt|nhắc nhở|xem xét|cho ý kiến|tính toán|cụ thể hóa|thể chế hóa|hiện đại hóa|xã hội hóa|
lồng ghép|gắn|
tiết kiệm|thu thập|khẳng định|công nhận|xếp hạng|chăm lo|thương lượng|tăng tốc|bứt phá|siết chặt|chuyển|chuyển giao|
chuyển đổi|tiến hành|tận dụng|tranh thủ|phân loại|phân luồng|phân làn|dành|đặt|kéo dài|lắp đặt|xóa|thông xe|
thay mặt|thừa ủy quyền|coi|lấy|tái cơ cấu|cơ cấu|hạn chế|xác nhận|truy xuất|niêm yết|chào bán|thoái vốn|

dự trữ|phân giao|phân phối|tiêu hủy|kéo giảm|ổn định|bình ổn|kiềm chế|ghi nhận|thể hiện|cho phép|
định hướng|gia hạn|
liên hệ|tra cứu|đăng tải|phát động|phát sóng|biên soạn|dọn dẹp|vệ sinh|khơi thông|nạo vét|gia cố|
trồng|nuôi|
tư vấn|hòa giải|đối thoại|tiếp cận|cảnh giác|khoanh vùng|cách ly|xét nghiệm|tiêm|điều trị|kích hoạt

mở|mở lớp|mở đợt|mở cửa|trực ban|trực chiến|túc trực|ứng trực|tiết giảm|kêu gọi|giữ|giữ vững|giữ gìn|
giữ nguyên|gìn giữ|làm tốt|làm chủ|lo|chăm sóc|tặng|trao|trao tặng|phát hành|nhận|chấp hành|tuân thủ|chấp thuận|
thỏa thuận|cam kết|ký|ký cam kết|ký ban hành|mua bán|thuê|cho thuê|
kiểm toán|kiểm đếm|soát xét|đối soát|chốt|đóng cửa|cắm|cắm mốc|cắm biển|hoàn trả|bồi hoàn|thu|thu nộp|
truy thu|thu gom|thu dọn|tiêu thoát|bơm|xả|tích nước|tích trữ|trữ|vớt|tìm|tìm kiếm|cứu chữa|
dập lửa|dập dịch|phòng chống|phòng, chống|phòng tránh|trấn áp|triệt phá|triệt xóa|bắt giữ|truy tố|xét xử|
khởi tố|truy quét|truy bắt|tố giác|nuôi dưỡng|giảng dạy|rèn luyện|
tuyển dụng|tuyển chọn|bổ nhiệm|miễn nhiệm|luân chuyển|biệt phái|tinh giản|cắt|cắt bỏ|cắt tỉa|bỏ|loại bỏ|
xóa bỏ|dỡ bỏ|tháo dỡ|phá dỡ|cưỡng chế|giải tỏa|phục hồi|sửa|tu bổ|tu sửa|tôn tạo|trùng tu|bảo dưỡng|duy tu|bảo trì|
bảo hành|bảo mật|canh gác|chốt chặn|chốt trực|ứng cứu|phản bác|phản biện|cải chính|đính chính|
phê phán|phê bình|cảnh cáo|răn đe|giải thích|giải đáp|tiếp công dân|lắng nghe|ủng hộ|hưởng ứng|
kỷ niệm|chào mừng|trang trí|quảng bá|giới thiệu|trưng bày|triển lãm|biểu diễn|đăng|đăng tin|in ấn|xuất bản|
thu hoạch|gieo cấy|gieo trồng|xuống giống|tiêm phòng|khử trùng|phun|phong tỏa|giãn cách|khai báo|truy vết|
sàng lọc|phân khai|phân chia|phân định|phân nhóm|phân kỳ|điều hòa|điều chuyển|cấp phát|cấp cứu|cho vay|trả nợ|
cơ cấu lại|cổ phần hóa|sáp nhập|hợp nhất|chia tách|giải thể|chạy thử|thử nghiệm|thanh lý|đấu nối|liên thông|
khai trương|cài đặt|hoàn tất|khép kín|hợp long|san lấp|đào|đắp|chỉnh lý|chỉnh sửa|chỉnh trang|hiệu chỉnh|
so sánh|cân nhắc|lường trước|nhận thức|thấm nhuần|nắm chắc|nắm vững|học hỏi|tìm hiểu|khơi dậy|cổ vũ|
khen|vinh danh|thu xếp|đề phòng|ngừng|tạm ngừng|tạm hoãn|hoãn|rút|thu gọn|thu hẹp|siết|thắt chặt|
nới lỏng|gỡ|gỡ bỏ|khai thông|đột phá|vượt qua|hướng tới|hướng đến|đi đầu|dẫn dắt|nêu gương|gánh vác|đảm nhận|
đảm đương|đảm nhiệm|phụ trách|trích|trích lập|tạm ứng|ứng vốn|chi hỗ trợ|cấp bù|bù đắp|khấu trừ|niêm phong|
tịch thu|tạm giữ|truy cứu|xử trí|luân phiên|lan tỏa|sát cánh|bám địa bàn|bám cơ sở|xuống cơ sở|về cơ sở|đi cơ sở|
tổng kiểm tra|thực thi|quy tập|trợ giúp|trợ cấp|tiếp sức|góp ý|tham gia ý kiến|xác thực|định danh|
chứng thực|cấm|khống chế|khoanh nợ|giãn nợ|xóa nợ|miễn giảm|sâu sát|gấp rút|gấp|thần tốc|dốc sức|chung tay|
chung sức|đồng lòng|đoàn kết|liên kết|gắn kết|hiệp đồng|chú tâm|lưu tâm|dồn lực|trang bị|chi viện|tăng viện|duyệt|
ra quân|có cơ chế|có chính sách|có chế tài|có lộ trình|có đánh giá|có chương trình|có quy định|
bốc xếp|thông quan|kiểm dịch|tái thiết|linh hoạt|đẩy lùi|
đẩy|kết hợp|lên phương án|lên kế hoạch|lập danh sách|dựng|trình diễn|ủy thác|đặt hàng|trang cấp|nhắn tin|
kiến tạo|khởi động|kích cầu|hoàn nguyên|hậu kiểm|tiền kiểm|đo kiểm|xin ý kiến|lấy mẫu|bình xét|bầu|bầu cử|
hiệp thương|kết nạp|lấy phiếu
"""
TASK = re.compile(
    r"(?:" + "|".join(sorted({w.strip() for w in TASK_WORDS.replace("\n", "|").split("|"
    r"") if w.strip()}, key=len, reverse=True))
    + r")(?!\w)"
)  # fmt: skip
# Only the beginning of these is a task word.
NOT_A_TASK = re.compile(
    r"(?:đồng thời với|cần thiết|không gian|không khí|cấp (?:xã|tỉnh|huyện|ủy|có thẩm quyền|thẩm quyền|trên|dưới|"
    r"cơ sở)|"
    r"trước (?:đó|đây|thực trạng|tình hình|nguy cơ|yêu cầu|thềm|hết|bối cảnh)|thu nhập|chi phí|chi nhánh|chi cục|"
    r"tăng trưởng|"
    r"phòng (?:họp|ban|chuyên môn|thương mại)|giao thông|đầu tư công|thông tin (?:này|trên)|nhập khẩu|xuất khẩu|"
    r"có (?:báo cáo|tờ trình|văn bản|công văn|công điện|thông báo) (?:số )?\d{1,5}|cơ cấu tổ chức (?:của|gồm)|"
    r"lãnh đạo (?:tp|thành phố|tỉnh|ubnd|bộ|chính phủ|huyện|sở|các|văn phòng|cơ quan|đơn vị|xã|phường|địa phương)|"
    r"quyết định số|thông báo (?:số|kết luận|này|\d)|báo cáo (?:của|tại|trên|này)|chỉ thị số|kế hoạch|báo cáo số|"
    r"hàng hóa|đồng bộ hóa và|giữ vai trò|"
    r"tạo điều kiện (?:để|cho) đất nước|đổi mới sáng tạo là|ngay sau đó|chuyển đổi số (?:đã|là|được|đang)|"
    r"kết nối [^,;.]{0,40} là|phát triển [^,;.]{0,60} (?:đã|còn gặp|là một|có vai trò)|trong (?:năm|tháng|"
    r"quý) [^,;]{0,30},|"
    r"thực hiện (?:ở mức|chưa|còn|được)|tiếp đó|tiếp theo đó|in từ|lấy làm|thay mặt|hoàn toàn|dự án|dự kiến|"
    r"dự thảo nghị quyết)(?!\w)"
)
# The second half of a word is no task: "công trình", "độc lập".
HALF = re.compile(
    r"(?:(?:công|chương|quy|lộ|tờ|tiến|hành|giáo) trình|(?:công|độc|thành|thiết|xác|tự|đối|trung) lập|"
    r"(?:cung|các|sơ|trung|nâng|cao|đô|phân|trợ|thứ|cấp|tỉnh|xã|huyện) cấp|(?:bàn|chuyển|ngoại|phân) giao|"
    r"(?:lựa) chọn|"
    r"(?:gia|gặp|trong|bên) tăng|(?:suy|giảm|trừ) giảm|(?:mục|chỉ) tiêu|(?:thời|kỳ|giới) hạn|(?:cuộc|phiên|dự|"
    r"hội) họp|"
    r"(?:trung|quân|tự) trực|(?:bao|sáng|chế) tạo)(?!\w)"
)
HALF_REACH = 9  # letters of a syllable and a blank, at most


def is_task(low: str, at: int) -> bool:
    """Whether a task word stands at `at`."""
    return bool(TASK.match(low, at)) and not NOT_A_TASK.match(low, at) and not is_half(low, at)


def is_half(low: str, at: int) -> bool:
    """Whether the word at `at` is the second half of a longer one ("công trình")."""
    before = low.rfind(" ", max(0, at - HALF_REACH), max(0, at - 1)) + 1
    return bool(at and low[at - 1] == " " and HALF.match(low, before or max(0, at - HALF_REACH)))
