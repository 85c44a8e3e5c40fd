"""The words of a notice: those that give a task, those that assign it, and those that only report.

They are the vocabulary of conclusion notices, telegrams and instructions of the Government and of
people's committees, in lower case with the newer tone placement.
"""

import re

MODAL = re.compile(r"(?:phải|cần(?! thiết)|có trách nhiệm|chịu trách nhiệm)(?!\w)")
# Who speaks to whom: the words that hand a task to the body after them.
ASSIGN = re.compile(
    r"(?:(?:trân trọng |nhất trí |"
    r"thống nhất )?(?:(?<!được )(?<!bàn )(?<!chuyển )(?<!phân )giao(?! nhiệm vụ cụ thể| \d)(?: nhiệm vụ)?(?: cho)?|"
    r"yêu cầu(?: sau đây)?(?: đối với)?|đề nghị|phân công|lưu ý|quyết nghị(?: giao)?|ủy quyền|"
    r"(?<!ban )chỉ đạo)|đồng ý (?:chủ trương |để |giao |với việc |cho |về chủ trương )|đồng ý)(?: cho)? ?"
)
# Whose word it is. These are not told to do something by it.
PRINCIPAL = re.compile(
    r"(?:(?:cũng |tiếp đó )?(?:theo|tại|trong|căn cứ(?: theo)?(?: mục [ivx\d]{1,4})?) )?(?:thủ tướng|"
    r"phó thủ tướng|bộ chính trị|ban bí thư|ban chấp hành|thường trực (?:chính phủ|"
    r"tỉnh ủy|thành ủy|huyện ủy|đảng ủy|hđnd)|"
    r"ban thường vụ|chính phủ|"
    r"người đứng đầu (?:chính phủ|tỉnh|thành phố|ubnd)|người đứng đầu(?= yêu cầu| đề nghị| giao)|"
    r"đồng chí (?!bí thư|bộ trưởng|chủ tịch|phó thủ tướng)|"
    r"chủ tịch ủy ban quốc gia|trưởng ban chỉ đạo|văn bản|chỉ thị|công điện|thông báo|kết luận|công văn|nghị quyết|"
    r"(?:ông|bà)(?= (?:cũng |đã )?(?:yêu cầu|đề nghị|giao|lưu ý) )|"
    r"chủ tịch ubnd tỉnh|phó chủ tịch|chủ tịch ubnd (?:thành phố|tp|huyện|xã|phường)|ubnd tỉnh|lãnh đạo (?:ubnd|tỉnh|"
    r"thành phố|tp|huyện|chính phủ|bộ)|bí thư (?:tỉnh ủy|thành ủy)|chủ tọa|chủ trì (?:cuộc họp|phiên họp|hội nghị))"
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
    r"công điện|chỉ thị|quyết định|kết luận|luật|nghị định|"
    r"công tác|chương trình)[^,;]{0,160}, |"
    r"[^,;:]{2,80} gửi lời (?:thăm hỏi|chia buồn|cảm ơn|chúc)(?![^;]{0,160} và (?:yêu cầu|giao|đề nghị))|"
    r"căn cứ (?:ý kiến chỉ đạo trên|nội dung trên|mục|vào mục|theo mục)|được biết|cụ thể, tính đến|"
    r"trong giai đoạn|năm \d{4}, |"
    r"với sự |có được kết quả|kết quả đạt được|những kết quả|bên cạnh những kết quả|cũng tại|theo đó, kết luận|"
    r"nhân dịp|"
    r"thủ tướng[^,;.]{0,60} giao nhiệm vụ cụ thể|xem chi tiết|>|https?:|nêu tại|"
    r"thực hiện (?:chỉ đạo của [^,;.]{2,60} tại )?(?:công văn|văn bản) số [^;]{3,300} về (?:việc|triển khai)(?!\w)|"
    r"trường hợp không|phát biểu tại)"
)
# What a paper lays down, to whom it is sent, of what a body consists: whoever is named in it is told nothing.
TELLS_ONLY = re.compile(
    r"(?:nghị định|thông tư|luật|quyết định|nghị quyết)(?: số)? \d[^,;]{0,60} (?:quy định|dành|có hiệu lực|phê duyệt)|"
    r"(?:công điện|chỉ thị|công văn|văn bản|thông báo)(?: này)?(?: được)? gửi|kính gửi|nơi nhận|cơ cấu tổ chức |"
    r"ban hành kèm theo |(?:quyết định|chỉ thị|nghị quyết|thông tư|nghị định)(?: này)? có hiệu lực"
)
# After the one who is named: what has been, is or will be, not what is to be done.
TELLS = re.compile(
    r"(?:đã|đang|vừa|mới(?! được)|chưa|vẫn|còn|sẽ|là|có vai trò|có ý nghĩa|có vị trí|"
    r"được(?! (?:giao|phân công|yêu cầu|lưu ý|đề nghị) )|bị|nhận được|"
    r"cho biết|cho rằng|"
    r"nhấn mạnh|"
    r"khẳng định|nêu rõ|đồng ý|thống nhất(?! phương án| nội dung)|đánh giá cao|ghi nhận|biểu dương|cũng (?:đã|"
    r"đang)|luôn|hiện|"
    r"ban hành công văn|ban hành (?:văn bản|kế hoạch|hướng dẫn|quyết định) số|"
    r"ban hành thông báo|ban hành công điện|có (?:thông báo|công văn|công điện|chỉ thị)|"
    r"có ý kiến(?: chỉ đạo| kết luận)? (?:như sau|về)|có ý kiến chỉ đạo|giao nhiệm vụ cụ thể|"
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
    r"ông|bà|nhận được|ngay khi|nay|bộ chính trị|ban bí thư|chính phủ|thường trực|ban thường vụ|người đứng đầu|"
    r"nghị quyết|bí thư|tỉnh ủy|thành ủy|hđnd|đại diện|"
    r"đồng chí|chủ tịch|phó chủ tịch|phát biểu|kết luận|đồng ý|lãnh đạo|nhất trí|thống nhất|ubnd|ủy ban)(?!\w)"
)
# Between the one who is named and the task: by what right, in what role, until when.
ADJUNCT = re.compile(
    r",? ?(?:và các [^,;.]{0,40} liên quan |có (?:liên quan|rừng|biển|dự án)[^,;.]{0,60} |liên quan |nêu trên |khác )?"
    r"(?:theo (?:chức năng|thẩm quyền|nhiệm vụ|phạm vi|lĩnh vực|quy định|dõi)|căn cứ|trên cơ sở|trên tinh thần|"
    r"với (?:vai trò|tinh thần|"
    r"trách nhiệm|tư cách)|trong phạm vi|trong thẩm quyền|trong quá trình|tại (?:khu vực|địa bàn|vùng)|"
    r"thuộc phạm vi|ở|thừa ủy quyền|"
    r"(?:đóng )?trên địa bàn|trực thuộc|thuộc|của (?:tỉnh|thành phố|xã|phường|huyện|bộ|ngành)|trong (?:tỉnh|ngành|"
    r"xã|phường|cả nước|vùng|khu vực)|"
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
