"""Groups that a condition narrows: "các tỉnh có dự án đi qua", "các địa phương ven biển", "các bộ được giao"."""

import re

from directives.rules.reading.bodies import Bodies
from directives.rules.reading.following import which_of_them
from directives.rules.reading.references import Mention, Reference

CONCERNED = re.compile(r"\b(?:có )?liên quan\b|\bchức năng\b")
REGION = re.compile(
    r"(?:^|[ ,]) ?(?:(?:thuộc|ở|tại|trong|của) )?(?:các )?"
    r"(?:vùng|miền|khu vực|duyên hải|ven biển|tây nguyên|đồng bằng)\b"
)
# Right behind the group, or as its last words.
CONDITION = re.compile(
    r" (?:có (?!trách nhiệm|kế hoạch|phương án|giải pháp|biện pháp|văn bản|báo cáo|ý kiến|hướng dẫn|hình thức|"
    r"cơ chế|chính sách|chế tài|lộ trình|đánh giá|chương trình|quy định|liên quan|thẩm quyền)|có kế hoạch vốn(?!\w)|"
    r"có kế hoạch (?:đầu tư|giải ngân|giao)[^,;.:()]{0,40}? (?:lớn|nhỏ|cao|thấp|chậm)(?!\w)|"
    r"chậm (?!nhất|trễ)|để xảy ra |không (?:hoàn thành|đạt) |làm (?:chưa )?tốt |hiện (?:đang|còn|chưa) |"
    r"thuộc (?:diện|đối tượng|danh (?:mục|sách)|nhóm) |(?:tại|trong|theo) (?:phụ lục|danh (?:mục|sách))|"
    r"nơi |nằm (?:trong|trên|ở)|ven |giáp |dọc |biên giới|miền núi|hải đảo|trong vùng|vùng |"
    r"(?:bị|chịu|được|chưa|còn|đã|đang) (?!(?:yêu cầu|đề nghị|lưu ý) )|"
    r"(?:nêu|nói|kể) trên|đăng ký|tham gia (?!ý kiến|góp ý|phối hợp)|sử dụng vốn|phụ trách|trọng điểm|"
    r"thí điểm|đi qua|tuyến đầu|thụ hưởng)"
)
# A condition within the words of the group.
WITHIN = re.compile(
    r"(?<!\w)(?:có (?:rừng|biển|dự án)|ven biển|biên giới|miền núi|trong vùng|(?:bị|chịu) ảnh hưởng|(?:nêu|nói) trên|"
    r"đi qua)(?!\w)"
)
# What leads over to the members: "các tỉnh có dự án đi qua (gồm: A, B)", "...: A, B và C".
NAMES = re.compile(r",? ?(?:\((?:gồm|bao gồm|cụ thể|là)?:? ?|: (?:gồm )?|(?:,? (?:gồm|bao gồm|là)):? )")
GOES = 90  # letters between a group and the names of its members, at most
TELLS = re.compile(r"[^,;:.()]{0,90}")


def is_narrowed(low: str, start: int, end: int) -> bool:
    """Whether the group whose words are letters `start`:`end` is narrowed by a condition, in them or behind them."""
    return bool(WITHIN.search(low, start, end) or CONDITION.match(low, end)) or which_of_them(low, end) > end


def is_of_those_concerned(low: str, reference: Reference, start: int, end: int) -> bool:
    """Whether a group is narrowed to "those concerned", within its words or right behind them."""
    is_said = CONCERNED.search(low, start, end) or CONCERNED.match(low, end + 1)
    return reference.is_group and is_said is not None


def is_of_a_region(low: str, reference: Reference, start: int, end: int) -> bool:
    """Whether a group is narrowed to a region that its own name does not hold: "các tỉnh vùng Tây Nguyên"."""
    is_said = REGION.search(low, start, end) or REGION.match(low, end)
    return reference.is_group and is_said is not None and REGION.search(reference.name.lower()) is None


def is_conditioned(low: str, reference: Reference, start: int, end: int) -> bool:
    """Whether a group, of no region, is narrowed by what its members have, suffered or were charged with."""
    is_whole = not reference.is_group or is_of_a_region(low, reference, start, end)
    return not is_whole and is_narrowed(low, start, end)


def is_for_some(low: str, reference: Reference, start: int, end: int) -> bool:
    """Whether only some of a group are meant, and it is not told who."""
    ways = (is_of_those_concerned, is_of_a_region, is_conditioned)
    return any(way(low, reference, start, end) for way in ways)


def members_named(bodies: Bodies, chain: Mention, end: int) -> Mention | None:
    """Those who are named as meant by a narrowed group, `chain`; None where nobody is. Without a bracket, provinces."""
    low = bodies.low
    if not chain.references or not chain.references[-1].is_group or not is_narrowed(low, chain.start, chain.end):
        return None
    words = TELLS.match(low, chain.end, min(end, chain.end + GOES))
    opened = NAMES.match(low, words.end()) if words else None
    if opened is None:
        return None
    references, after = bodies.lists.provinces_at(opened.end())
    is_bracket = "(" in opened[0]
    if is_bracket and not references and (named := bodies.chain_at(opened.end())):
        references = [each for each in named.references if each.is_registered and not each.is_group]
        after = named.end if len(references) == len(named.references) else opened.end()
    if not references or (is_bracket and not low.startswith(")", after)):
        return None
    before: tuple[Reference, ...] = chain.references[:-1]
    return Mention(chain.start, after + is_bracket, (*before, *references))
