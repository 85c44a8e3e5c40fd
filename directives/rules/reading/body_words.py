"""Words of names: titles, heads that several agencies share, and what a name may and may not hold."""

import re

from directives.rules.reading.register import MINISTRY, PROVINCE

TITLE = re.compile(
    r"(?:(?:giao |và )?(?:các )?(?:(?:đồng chí|đ/c) )?)?(?:(?:chỉ huy trưởng|chính ủy|tổng biên tập|"
    r"chi cục trưởng|bộ trưởng|thứ trưởng|tổng thanh tra|thống đốc|"
    r"phó thống đốc|chủ nhiệm|phó chủ nhiệm|"
    r"phó chủ tịch|chủ tịch hội đồng (?:thành viên|quản trị)|đoàn chủ tịch|chủ tịch|chánh thanh tra|"
    r"chánh(?= văn phòng)|"
    r"chánh án|viện trưởng|tổng giám đốc|phó giám đốc|"
    r"giám đốc|cục trưởng|tổng cục trưởng|trưởng|thủ trưởng|người đứng đầu|lãnh đạo|bí thư (?:tỉnh ủy|"
    r"thành ủy|đảng ủy)?|hiệu trưởng|"
    r"tư lệnh)(?:,| và| kiêm)? ){1,3}"
)
COMRADE = re.compile(r"(?:các )?(?:đồng chí|đ/c) ")
# Heads that several agencies share, and which agencies follow them by their short names.
SHARED = (
    (re.compile(r"(?:bộ trưởng |lãnh đạo )?(?:các |liên |hai |ba |bốn |\d{1,2} )?bộ(?::| gồm:?)? "), MINISTRY, ""),
    (re.compile(r"(?:bộ trưởng |lãnh đạo )?(?:các) bộ,? (?:ngành|cơ quan):? "), MINISTRY, ""),
    (
        re.compile(
            r"(?:(?:đồng chí |các đồng chí )?bí thư(?: các)?(?: tỉnh ủy| thành ủy)?(?:, thành ủy)?(?:,|;|"
            r" và)? )?(?:chủ tịch )?(?:(?:ubnd|ủy ban nhân dân) )?"
            r"(?:(?:các|\d{1,2}) )(?:tỉnh|thành phố|địa phương)(?:(?:,| và) thành phố|"
            r" và các thành phố)?(?: trực thuộc trung ương)?"
            r"(?: (?:ven biển|liên quan|có liên quan|sau))?(?::| \(|, gồm:?| gồm:?)? "
            .replace(r"| \(", "")
        ),
        PROVINCE,
        "ubnd tỉnh ",
    ),
    (re.compile(r"(?:giám đốc |lãnh đạo )?các sở:? "), "department", "Sở "),
    (re.compile(r"các (?:tập đoàn|tổng công ty|tập đoàn, tổng công ty|doanh nghiệp):? "), "other", "Tập đoàn "),
)  # fmt: skip
RANK = re.compile(r"(?:tỉnh|thành phố|tp\.?) ?")
OF_A_RANK = re.compile(r"(?:(?:chủ tịch )?(?:ủy ban nhân dân|ubnd) )?(?:tỉnh|thành phố|tp\.?) ")
LIST_JOIN = re.compile(r"(?:, | và |, và | - )(?:bộ |tỉnh |thành phố |tp\. ?|sở |tập đoàn )?")
WHERE = re.compile(r" (?:trực thuộc|thuộc|trên địa bàn|đóng quân|của) [^,;:.()]{2,50}")
INITIALS = re.compile(r"[A-ZĐ]{3,8}(?!\w)")
CHAIN_JOIN = re.compile(
    r"(?:; | ?, ?(?:và |cùng |giao |nhất là |đặc biệt là )?| và | cùng | & |/)(?:lãnh đạo (?=các ))?"
)
BRACKET = re.compile(r" ?\([^()]{0,200}\)")
# "Bộ A, cơ quan thường trực của Ủy ban, ...": what the one who is named is, not another one.
APPOSITION = re.compile(
    r"(?:,| -) (?:là |với vai trò (?:là )?)?(?:cơ quan|đơn vị) (?:thường trực|đầu mối|chủ trì|tham mưu|giúp việc)"
    r"(?: [^,;:.()]{1,120}?)?(?:(?=,)| -(?= ))"
)
# A body that no register knows: a head word and what follows up to a verb, a comma or a word that ends a name.
HEADS = re.compile(
    r"(?:báo và (?:đài )?phát thanh(?:,| và|-) ?truyền hình|văn phòng (?:hđnd|hội đồng nhân dân) và (?:ubnd|"
    r"ủy ban nhân dân)|văn phòng đoàn (?:đbqh|đại biểu quốc hội) và (?:hđnd|hội đồng nhân dân)|"
    r"(?:các |từng |những )?(?:viện nghiên cứu|viễn thông|điện lực|viettel|vnpt|viện trường|trường đại học|"
    r"cơ sở giáo dục|cơ sở đào tạo|"
    r"nhà thầu thi công|nhà thầu tư vấn giám sát|nhà thầu tư vấn|đoàn thể|"
    r"bộ tư lệnh|btl|bộ chỉ huy|bch|bql|ban chỉ huy|ban chỉ đạo|ban quản lý|ban qlda|ban tổ chức|ban thường vụ|"
    r"ban tuyên giáo|ban dân vận|ban nội chính|"
    r"ban kinh tế|ban|sở|cục|tổng cục|chi cục|vụ|văn phòng|thanh tra|trung tâm|công an|viện|học viện|trường(?! hợp)|"
    r"đại học|bệnh viện|"
    r"ủy ban|hội đồng|hội|hiệp hội|liên đoàn|liên minh|mặt trận tổ quốc|đảng ủy|tỉnh ủy|thành ủy|huyện ủy|"
    r"tỉnh đoàn|thành đoàn|"
    r"quân khu|quân chủng|"
    r"tập đoàn|tổng công ty|công ty|ngân hàng|kho bạc|bảo hiểm xã hội|thuế|hải quan|đài|báo(?! cáo)|tòa án|"
    r"viện kiểm sát|"
    r"phòng|cơ quan|ubnd|ủy ban nhân dân|đoàn|tổ công tác|tổ|quỹ|nhà xuất bản|bưu điện|liên hiệp|"
    r"chủ đầu tư|hãng|nhà đầu tư|nhà thầu|doanh nghiệp|lực lượng|đơn vị|hộ gia đình|hộ dân|cơ sở|nhà cung cấp|"
    r"chủ rừng|binh đoàn|quân đoàn|tổ chức|"
    r"các cấp chính quyền|thành viên|nhà máy|xã|phường|huyện|tỉnh|thành phố|thành viên ban chỉ đạo|"
    r"phó thủ tướng(?: thường trực)?(?: chính phủ)?|hợp tác xã|trạm|hạt|đội|chi nhánh|cảng vụ|lữ đoàn|sư đoàn|"
    r"trung đoàn|vùng hải quân|hđnd|hội đồng nhân dân|mttq|nhà trường|nhà mạng|thôn|ấp|khu phố|tổ dân phố"
    r"))(?!\w)"
)
# These need no capital after them to be a body.
COMMON = re.compile(
    r"(?:các |từng |những )?(?:chủ đầu tư|hãng|nhà đầu tư|nhà thầu|doanh nghiệp|lực lượng|hộ gia đình|hộ dân|"
    r"nhà cung cấp|chủ rừng|hiệp hội|"
    r"nhà trường|nhà mạng|ngân hàng|tập đoàn|tổng công ty|"
    r"cơ quan (?:chủ quản|quản lý|chức năng|chuyên môn|thường trực|thanh tra|của|"
    r"hành chính)|đơn vị|thành viên|các cấp chính quyền|"
    r"các tổ chức|các (?:cục|vụ|chi cục|trạm|hạt|công ty|bệnh viện|học viện|quân khu|quân chủng|thôn|ấp|khu phố|"
    r"tổ dân phố|hội đồng|tòa án|viện kiểm sát|cảng vụ|nhà máy|hội|phòng(?! học| chống| khám| ngừa))|"
    r"trường(?! hợp)|cơ sở|trung tâm|viện|các cơ quan|phó thủ tướng|hội|hợp tác xã|đoàn thể|ban quản lý|bql|"
    r"tổ công tác)"
)
# Words of names that by themselves would be a task.
INNER = re.compile(
    r"(?:ban chỉ đạo|ban quản lý|tổ công tác|phòng thủ dân sự|phòng cháy|phòng, chống|phòng chống|"
    r"phát triển quỹ đất|chuyển đổi số|"
    r"phục vụ hành chính|quản lý dự án|đầu tư xây dựng|dự án đầu tư xây dựng|kiểm soát bệnh tật|xúc tiến đầu tư|"
    r"thường trực|"
    r"chỉ đạo (?:quốc gia|trung ương|tỉnh|thành phố|\d)|quản lý (?:khu|các khu|dự án|thị trường)|kiểm dịch|"
    r"hỗ trợ (?:phát triển|pháp lý)|"
    r"thu phí|quản lý (?:nhà nước|chuyên ngành)|"
    r"công lập|hàng không|chính trị - xã hội|xã hội - nghề nghiệp|cung cấp dịch vụ(?: thu phí)?|về chuyển đổi số|"
    r"kinh doanh|"
    r"đăng kiểm)(?!\w)"
)
# What a centre or an office is for stands right after its head: "Trung tâm nghiên cứu ...".
PURPOSE = re.compile(
    r"(?:các )?(?:trung tâm|ban|phòng|cục|chi cục|viện|trạm|hội đồng|quỹ) (?:quản lý|nghiên cứu|đào tạo|dịch vụ|hỗ trợ|"
    r"phát triển|khai thác|kiểm định|kiểm nghiệm|kiểm soát|quan trắc|giám định|xúc tiến|khuyến nông|khuyến công|"
    r"đăng ký|"
    r"bảo vệ|bảo tồn|bảo trợ|bảo trì|bồi thường|thẩm định|thi hành án|cấp nước|thoát nước|tư vấn|tiếp công dân|thi đua|"
    r"đấu giá|chăn nuôi|tìm kiếm|cứu hộ|cứu trợ)(?!\w)"
)
# "Trung tâm Xúc tiến Đầu tư, Thương mại và Du lịch": a comma inside the name of an office.
FIELDS = re.compile(
    r", [^\W\d_a-zđ]\w{0,8}(?: \w{1,8}){0,4}(?:, [^\W\d_a-zđ]\w{0,8}(?: \w{1,8}){0,4})? và (?=[^\W\d_a-zđ])"
)
WITH_FIELDS = re.compile(r"(?:sở|trung tâm|phòng|ban|cục|chi cục|viện|trường|hội|hiệp hội) ")
OTHERS = re.compile(r"(?:các )?[^,;.]{0,40} khác$")
CAPITALIZED = r"[^\W\d_a-zđ]\w{0,8}"
PLACES = re.compile(
    rf"{CAPITALIZED}(?: {CAPITALIZED}){{0,3}}(?:(?:, | và ){CAPITALIZED}(?: {CAPITALIZED}){{0,3}}){{0,40}}"
)
# After a dash inside a name a capital follows, but for these.
DASHED = re.compile(r"(?:[A-ZĐ]|khoáng sản|thương binh|kiến trúc|truyền hình|kế hoạch)")
SHORT_FOR = {"BQL ": "Ban Quản lý "}
SECRETARY = re.compile(r"(?:các )?(?:đồng chí )?bí thư (?=(?:tỉnh|thành|huyện|đảng) ủy(?! ?[,;]| và))")
PERSON = re.compile(rf"(?: {CAPITALIZED}){{2,4}}(?= (?![A-ZĐ])|[,;:.]|$)")
THE_PLACE = re.compile(rf"(?:Tỉnh|Thành phố)(?=[,;:]| (?!{CAPITALIZED}))")
# "Phó Chủ tịch UBND tỉnh Nguyễn Văn A": a person, not a province that the register lacks.
NAMELESS = re.compile(
    r"(?:UBND|Ủy ban nhân dân|Công an) (?:tỉnh|thành phố)(?= (?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|"
    r"Phan(?! Thiết| Rang)|Vũ|Võ|Đặng|"
    r"Bùi|Đỗ|Hồ(?! Chí)|Ngô|Dương|Lý|Đinh|Trịnh|Mai|Lâm|Đoàn|Tạ|Lương|Lưu|Tô|Chu|Đào|Trương|Cao(?! Bằng| Lãnh)|"
    rf"Hà(?! Nội| Tĩnh| Nam| Giang)) {CAPITALIZED})"
)
# "Các tỉnh từ A đến B", "các tỉnh từ A trở ra".
RANGE = re.compile(
    rf" từ (?:tỉnh |thành phố )?{CAPITALIZED}(?: {CAPITALIZED}){{0,3}} (?:(?:đến|tới) (?:tỉnh |"
    rf"thành phố )?{CAPITALIZED}"
    rf"(?: {CAPITALIZED}){{0,3}}|trở (?:ra|vào|lên))"
)
OF_THEIRS = re.compile(rf" (?:(?:của|thuộc) )?(?:[Tt]ỉnh|[Tt]hành phố)(?: {CAPITALIZED}){{0,3}}(?!\w)")
COMMUNE_LIST = re.compile(
    r"(?:chủ tịch )?(?:(?:ubnd|ủy ban nhân dân) )?(?:các )(?P<rank>(?:xã|phường|đặc khu|thị trấn|huyện|quận)"
    r"(?:(?:, | và )(?:xã|phường|đặc khu|thị trấn)){0,2}):? "
)
PARTY_AND = re.compile(
    r"(?P<party>đảng ủy|huyện ủy|tỉnh ủy|thành ủy)(?:, | và )(?:hđnd, )?(?:ubnd|ủy ban nhân dân) (?P<rank>xã|"
    r"phường|huyện|tỉnh|thành phố) "
)
OF_A_PLACE = re.compile(r" (?:tỉnh|[Tt]hành phố|TP\.?)(?: [^\W\d_a-z]\w{0,8}){1,3}(?!\w)")
PERSONS = re.compile(r"(?:Các |Từng )?(?:thành viên|cán bộ|cá nhân)", re.IGNORECASE)
AT_A_PLACE = re.compile(r"(?:ubnd|ủy ban nhân dân|công an|đảng ủy|xã|phường|huyện|thành phố|tỉnh)(?!\w)")
ALONE = frozenset({"tỉnh đoàn", "thành đoàn", "tỉnh ủy", "thành ủy", "huyện ủy", "đảng ủy"})
PLACE_WORDS = frozenset({"tỉnh", "xã", "phường", "huyện", "thành phố"})
