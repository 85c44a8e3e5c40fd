"""The words of a notice: those that give a task, those that assign it, and those that only report.

They are the vocabulary of conclusion notices, telegrams and instructions of the Government and of
people's committees, in lower case with the newer tone placement.
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
MODAL = re.compile(r"(?:phải|cần(?! thiết)|có trách nhiệm|chịu trách nhiệm)(?!\w)")
# Who speaks to whom: the words that hand a task to the body after them.
ASSIGN = re.compile(
    r"(?:(?:trân trọng |nhất trí |"
    r"thống nhất )?(?:(?<!được )(?<!bàn )(?<!chuyển )(?<!phân )giao(?! nhiệm vụ cụ thể| \d)(?: nhiệm vụ)?(?: cho)?|"
    r"yêu cầu(?: sau đây)?(?: đối với)?|đề nghị|phân công|lưu ý|"
    r"(?<!ban )chỉ đạo)|đồng ý (?:chủ trương |để |giao |với việc |cho |về chủ trương )|đồng ý)(?: cho)? ?"
)
# Whose word it is. These are not told to do something by it.
PRINCIPAL = re.compile(
    r"(?:(?:cũng |tiếp đó )?(?:theo|tại|trong|căn cứ(?: theo)?(?: mục [ivx\d]{1,4})?) )?(?:thủ tướng|"
    r"phó thủ tướng|thường trực chính phủ|chính phủ|đồng chí (?!bí thư|bộ trưởng|chủ tịch|phó thủ tướng)|"
    r"chủ tịch ủy ban quốc gia|trưởng ban chỉ đạo|văn bản|chỉ thị|công điện|thông báo|kết luận|công văn|nghị quyết|"
    r"chủ tịch ubnd tỉnh|phó chủ tịch|chủ tịch ubnd thành phố|ubnd tỉnh|lãnh đạo ubnd)"
)
# A sentence that begins like this reports, thanks, cites or closes.
REPORTS = re.compile(
    r"(?:thời gian qua|trong thời gian qua|trong thời gian vừa qua|thời gian tới, tình hình|vừa qua|tuy nhiên|đến nay|"
    r"hiện nay|hiện tại|trước đó|trước đây|mặc dù|sáng|chiều|tối|ngày \d|tại (?:phiên|cuộc|hội nghị|buổi|kỳ) |"
    r"sau khi nghe|"
    r"đánh giá cao|biểu dương|ghi nhận|hoan nghênh|thay mặt|trên đây|theo (?:công văn|báo cáo|chương trình, |"
    r"thông báo)|"
    r"báo cáo tại|mục tiêu|kết luận (?:phiên|cuộc|hội nghị)|nguyên nhân|nhìn chung|về cơ bản|có thể nói|"
    r"văn phòng chính phủ (?:xin |trân trọng )?thông báo|văn phòng (?:ubnd|"
    r"ủy ban nhân dân) [^.;,]{0,40}(?<!này )(?:thông báo|báo) (?:để|đến|tới|ý kiến|nội dung|kết luận)|"
    r"tham dự|dự họp|cùng dự|cùng tham dự|trân trọng|xin (?:trân trọng )?cảm ơn|thực hiện (?:chỉ đạo|ý kiến|"
    r"nhiệm vụ|quy định|kế hoạch|nghị quyết|"
    r"công văn|thông báo|"
    r"công tác|chương trình)[^,;]{0,160}, |"
    r"căn cứ (?:ý kiến chỉ đạo trên|nội dung trên|mục|vào mục|theo mục)|được biết|cụ thể, tính đến|"
    r"trong giai đoạn|năm \d{4}, |"
    r"với sự |có được kết quả|kết quả đạt được|những kết quả|bên cạnh những kết quả|cũng tại|theo đó, kết luận|"
    r"nhân dịp|"
    r"thủ tướng[^,;.]{0,60} giao nhiệm vụ cụ thể|xem chi tiết|>|https?:|nêu tại|"
    r"trường hợp không|phát biểu tại)"
)
# After the one who is named: what has been, is or will be, not what is to be done.
TELLS = re.compile(
    r"(?:đã|đang|vừa|mới(?! được)|chưa|vẫn|còn|sẽ|là|có vai trò|có ý nghĩa|có vị trí|được(?! giao chủ trì)|bị|"
    r"cho biết|cho rằng|"
    r"nhấn mạnh|"
    r"khẳng định|nêu rõ|đồng ý|thống nhất(?! phương án| nội dung)|đánh giá cao|ghi nhận|biểu dương|cũng (?:đã|"
    r"đang)|luôn|hiện|"
    r"ban hành công văn|"
    r"ban hành thông báo|ban hành công điện|có (?:thông báo|công văn|công điện|chỉ thị)|"
    r"có ý kiến(?: chỉ đạo)? như sau|giao nhiệm vụ cụ thể|"
    r"kết luận|họp|chủ trì (?:cuộc|phiên|hội nghị|buổi)|thông báo (?:để|đến|ý kiến|tới)|trân trọng|đề xuất giao|"
    r"đề xuất thủ tướng|kiến nghị thủ tướng|kiến nghị giao|kiến nghị chính phủ)(?!\w)"
)
# Not the Prime Minister's word but what somebody asks of him.
PLEADS = re.compile(
    r"(?:kiến nghị|đề xuất) (?:thủ tướng|chính phủ|giao|cấp có thẩm quyền giao)|đề nghị (?:thủ tướng|chính phủ)"
)
# Where a sentence may speak of something else before it names who is to do it.
OPENS = re.compile(
    r"(?:để|trên cơ sở|sau khi|đối với|về|trong|căn cứ|từ|với|khi|nếu|nhằm|theo|cũng|bên cạnh|trước|tại|"
    r"thực hiện|trường hợp|"
    r"ngoài ra|riêng|do vậy|do đó|vì vậy|đồng thời|cùng với|qua|nhân|chậm nhất|định kỳ|hằng|hàng|thứ|đến|chỉ đạo|ngay|"
    r"ngày|trên|"
    r"cụ thể|bảo đảm|tiếp tục|yêu cầu|đề nghị|giao|phân công|thủ tướng|phó thủ tướng|chỉ thị|công điện|thông báo|"
    r"văn bản|"
    r"đồng chí|chủ tịch|phó chủ tịch|phát biểu|kết luận|đồng ý|lãnh đạo|nhất trí|thống nhất|ubnd|ủy ban)(?!\w)"
)
# Between the one who is named and the task: by what right, in what role, until when.
ADJUNCT = re.compile(
    r",? ?(?:và các [^,;.]{0,40} liên quan |có (?:liên quan|rừng|biển|dự án)[^,;.]{0,60} |liên quan |nêu trên |khác )?"
    r"(?:theo (?:chức năng|thẩm quyền|nhiệm vụ|phạm vi|lĩnh vực|quy định|dõi)|căn cứ|trên cơ sở|trên tinh thần|"
    r"với (?:vai trò|tinh thần|"
    r"trách nhiệm|tư cách)|trong phạm vi|trong thẩm quyền|trong quá trình|tại (?:khu vực|địa bàn|vùng)|"
    r"thuộc phạm vi|ở|thừa ủy quyền|"
    r"trước (?:ngày|\d)|trong (?:ngày|tháng|quý|năm)|đến ngày|chậm nhất|định kỳ|hằng|hàng|từ nay|từ ngày|"
    r"ngay sau|sau khi|khi|"
    r"là (?:cơ quan|đầu mối|chủ)|đang triển khai|qua |bằng |nhất là |đặc biệt là |bên cạnh)"
)
STOP = re.compile(
    r"(?:để|về|tại|theo|trong|với|trên|cho|từ|đã|đang|có|là|được|sẽ|như|do|vì|nhằm|căn cứ|thông qua|khi|nếu|này|"
    r"đó|trước|sau|"
    r"bằng|qua|cũng|vừa|bị|đến|mà|rồi|nên|hoặc|hay|đối|ở|thừa|giữa|gồm|bao gồm|nói|trực tiếp|ra|vào|thuộc|"
    r"trực thuộc|đóng|chịu|nhất|"
    r"liên quan|nêu|dự kiến|ước|đạt)(?!\w)"
)
HALF_REACH = 9  # letters of a syllable and a blank, at most


def is_task(low: str, at: int) -> bool:
    """Whether a task word stands at `at`."""
    return bool(TASK.match(low, at)) and not NOT_A_TASK.match(low, at) and not is_half(low, at)


def is_half(low: str, at: int) -> bool:
    """Whether the word at `at` is the second half of a longer one ("công trình")."""
    before = low.rfind(" ", max(0, at - HALF_REACH), max(0, at - 1)) + 1
    return bool(at and low[at - 1] == " " and HALF.match(low, before or max(0, at - HALF_REACH)))
