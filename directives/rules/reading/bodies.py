"""Bodies in a line: single agencies, groups, and lists of them that share one head ("các Bộ A, B và C")."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from directives.rules.reading.groups import IsTaken, group_at
from directives.rules.reading.line import Line
from directives.rules.reading.register import MINISTRY, PROVINCE, Found, Names, plain
from directives.rules.reading.words import NOT_A_TASK, STOP, TASK

TITLE = re.compile(
    r"(?:(?:giao |và )?(?:các )?(?:đồng chí|đ/c) )?(?:(?:bộ trưởng|thứ trưởng|tổng thanh tra|thống đốc|"
    r"phó thống đốc|chủ nhiệm|phó chủ nhiệm|"
    r"phó chủ tịch|chủ tịch hội đồng (?:thành viên|quản trị)|chủ tịch|chánh thanh tra|chánh(?= văn phòng)|"
    r"chánh án|viện trưởng|tổng giám đốc|phó giám đốc|"
    r"giám đốc|cục trưởng|tổng cục trưởng|trưởng ban|trưởng|thủ trưởng|người đứng đầu|lãnh đạo|bí thư (?:tỉnh ủy|"
    r"thành ủy|đảng ủy)?|hiệu trưởng|"
    r"tư lệnh)(?:,| và| kiêm)? ){1,3}"
)
COMRADE = re.compile(r"(?:các )?(?:đồng chí|đ/c) ")
# Heads that several agencies share, and which agencies follow them by their short names.
SHARED = (
    (re.compile(r"(?:bộ trưởng |lãnh đạo )?(?:các |liên )?bộ(?::| gồm:?)? "), MINISTRY, ""),
    (re.compile(r"(?:bộ trưởng |lãnh đạo )?(?:các) bộ,? (?:ngành|cơ quan):? "), MINISTRY, ""),
    (
        re.compile(
            r"(?:(?:đồng chí |các đồng chí )?bí thư (?:các )?(?:tỉnh ủy|thành ủy)?(?:, thành ủy)?(?:,|;|"
            r" và)? ?)?(?:chủ tịch )?(?:(?:ubnd|ủy ban nhân dân) )?"
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
LIST_JOIN = re.compile(r"(?:, |; | và |, và | - )(?:bộ |tỉnh |thành phố |tp\. ?|sở |tập đoàn )?")
CHAIN_JOIN = re.compile(r"(?: ?[,;] ?(?:và |cùng |giao )?| và | cùng | & |/)(?:lãnh đạo (?=các ))?")
BRACKET = re.compile(r" ?\([^()]{0,200}\)")
# A body that no register knows: a head word and what follows up to a verb, a comma or a word that ends a name.
HEADS = re.compile(
    r"(?:(?:các |từng |những )?(?:"
    r"bộ tư lệnh|bộ chỉ huy|ban chỉ huy|ban chỉ đạo|ban quản lý|ban qlda|ban tổ chức|ban thường vụ|"
    r"ban tuyên giáo|ban dân vận|ban nội chính|"
    r"ban kinh tế|ban|sở|cục|tổng cục|chi cục|vụ|văn phòng|thanh tra|trung tâm|công an|viện|học viện|trường|"
    r"đại học|bệnh viện|"
    r"ủy ban|hội đồng|hội|hiệp hội|liên đoàn|liên minh|mặt trận tổ quốc|đảng ủy|tỉnh ủy|thành ủy|huyện ủy|"
    r"quân khu|quân chủng|"
    r"tập đoàn|tổng công ty|công ty|ngân hàng|kho bạc|bảo hiểm xã hội|thuế|hải quan|đài|báo|tòa án|viện kiểm sát|"
    r"phòng thương mại|cơ quan|ubnd|đoàn|tổ công tác|tổ|quỹ|nhà xuất bản|bưu điện|liên hiệp|"
    r"chủ đầu tư|nhà đầu tư|nhà thầu|doanh nghiệp|lực lượng|đơn vị|hộ gia đình|hộ dân|cơ sở|nhà cung cấp|"
    r"chủ rừng|tổ chức|"
    r"chính quyền|thành viên|nhà máy|xã|phường|huyện|tỉnh|thành phố|thành viên ban chỉ đạo|"
    r"phó thủ tướng(?: thường trực)?(?: chính phủ)?|hợp tác xã"
    r"))(?!\w)"
)
# These need no capital after them to be a body.
COMMON = re.compile(
    r"(?:các |từng |những )?(?:chủ đầu tư|nhà đầu tư|nhà thầu|doanh nghiệp|lực lượng|hộ gia đình|hộ dân|"
    r"nhà cung cấp|chủ rừng|hiệp hội|"
    r"ngân hàng|tập đoàn|tổng công ty|cơ quan (?:chủ quản|quản lý|chức năng|chuyên môn|thường trực|thanh tra|của|"
    r"hành chính)|đơn vị|thành viên|chính quyền|"
    r"tổ chức|trường|cơ sở|trung tâm|viện|các cơ quan|phó thủ tướng|hội|hợp tác xã|đoàn thể|ban quản lý|tổ công tác)"
)
OTHERS = re.compile(r"(?:các )?[^,;.]{0,40} khác$")
PLACE_WORDS = frozenset({"tỉnh", "xã", "phường", "huyện", "thành phố"})


@dataclass(frozen=True)
class Reference:
    """One addressee: its `name`, the register's `code` where it is known, and whether it is a group."""

    name: str
    code: str = ""
    is_group: bool = False
    existed: bool = True
    typo: bool = False
    is_registered: bool = False


@dataclass(frozen=True)
class Mention:
    """A body, a group or a list of bodies at `start`:`end` of a line."""

    start: int
    end: int
    references: tuple[Reference, ...]


class Bodies:
    """Finds the bodies in one line."""

    def __init__(self, line: Line, names: Names) -> None:
        self.line = line
        self.low = line.low
        self.names = names
        self.taken = _Taken(self)
        self._chains: dict[int, Mention | None] = {}

    def chain_at(self, at: int) -> Mention | None:
        """All bodies that are named together from `at` on: "Bộ A, các Bộ B, C và UBND tỉnh D"."""
        if at not in self._chains:
            self._chains[at] = self._chain(at)
        return self._chains[at]

    def _chain(self, at: int) -> Mention | None:
        first = self.mention_at(at)
        if first is None:
            return None
        references, end = list(first.references), first.end
        for _turn in range(80):
            after = self._after_bracket(end)
            join = CHAIN_JOIN.match(self.low, after)
            start = join.end() if join else after + 1 if self.low.startswith(" các tỉnh ", after) else -1
            following = self.mention_at(start) if start >= 0 else None
            if following is None:
                break
            references.extend(following.references)
            end = following.end
        return Mention(at, end, tuple(_once(references)))

    def _after_bracket(self, end: int) -> int:
        found = BRACKET.match(self.low, end)
        return found.end() if found else end

    def mention_at(self, at: int, titles: int = 3) -> Mention | None:
        """The single body, group or list below a shared head that begins at `at`, after at most so many titles."""
        if at >= len(self.low) or not self.low[at].isalnum() or (at and self.low[at - 1].isalnum()):
            return None
        start = at
        if own := self._registered(at):
            return own
        shared = self._shared(at)
        if shared:
            return shared
        grouped = group_at(self.low, at, self.taken)
        if grouped and not self._goes_on(grouped.end):
            return Mention(start, grouped.end, tuple(self._group(name) for name in grouped.groups))
        title = TITLE.match(self.low, at) or COMRADE.match(self.low, at)
        if title and titles:
            below = self.mention_at(title.end(), titles - 1)
            return replace(below, start=start) if below else None
        return self._unknown(at)

    def _goes_on(self, end: int) -> bool:
        """Whether a word after a group's phrase makes it another thing: "các cơ quan chuyên môn"."""
        if self.low[end : end + 1] != " ":
            return False
        return self._in_name(end + 1) and not BRACKET.match(self.low, end)

    def _group(self, name: str) -> Reference:
        group = self.names.groups.get(plain(name))
        return Reference(name, group.code if group else "", is_group=True, is_registered=group is not None)

    def _registered(self, at: int) -> Mention | None:
        found = self.names.find(self.line.text, self.low, at)
        if found is None or self._belongs_below(found.end):
            return None
        return Mention(at, found.end, (_reference(found),))

    def _belongs_below(self, end: int) -> bool:
        """ "Cục Hải quan" is no longer that agency in "Cục Hải quan thành phố Hải Phòng"."""
        return self.low.startswith((" thành phố ", " tỉnh ", " các tỉnh", " khu vực"), end)

    def _shared(self, at: int) -> Mention | None:
        for head, kind, own in SHARED:
            found = head.match(self.low, at)
            if found is None:
                continue
            references, end = self._listed(found.end(), kind, own)
            if references:
                return Mention(at, end, tuple(references))
        return None

    def _listed(self, at: int, kind: str, own: str) -> tuple[list[Reference], int]:
        """The short names that follow a shared head, and where they end."""
        references: list[Reference] = []
        end = at
        for _turn in range(70):
            one = self._short(at, kind, own)
            if one is None:
                break
            reference, end = one
            references.append(reference)
            join = LIST_JOIN.match(self.low, end)
            if join is None:
                break
            at = join.end()
        return references, end

    def names_in_brackets(self, at: int) -> tuple[Reference, ...]:
        """The provinces that are listed from `at` up to the closing bracket; empty where anything else is."""
        references, end = self._listed(at, PROVINCE, "")
        return tuple(references) if self.low.startswith(")", end) else ()

    def _short(self, at: int, kind: str, own: str) -> tuple[Reference, int] | None:
        if not self.line.text[at : at + 1].isupper():
            return None
        if kind == PROVINCE and (rank := re.match(r"(?:tỉnh|thành phố|tp\.?) ?", self.low[at : at + 12])):
            at += rank.end()
        if kind == "department":
            found = self.names.find_short(self.low, at, MINISTRY)
            return (Reference(f"{own}{self.line.text[at : found.end]}"), found.end) if found else None
        found = self.names.find_short(self.low, at, kind)
        if found is None:
            return None
        return _reference(found), found.end

    def _unknown(self, at: int) -> Mention | None:
        head = HEADS.match(self.low, at)
        if head is None:
            return None
        end = self._name_end(at, head.end())
        name = self.line.text[at:end]
        if end == head.end() and not (COMMON.match(self.low, at) or head[0] in PLACE_WORDS):
            return None
        if not COMMON.match(self.low, at) and not _is_a_name(name):
            return None
        if OTHERS.search(self.low[at:end]):
            return None
        return Mention(
            at, end, (Reference(name[0].upper() + name[1:], is_group=self.low.startswith(("các ", "từng "), at)),)
        )

    def _name_end(self, at: int, end: int) -> int:
        for _turn in range(16):
            if self.low.startswith(" - ", end) and self.line.text[end + 3 : end + 4].isupper():
                end += 2
            if self.low[end : end + 1] != " " or not self._in_name(end + 1):
                break
            end = self._word_end(end + 1)
        # "Văn hóa, Thể thao và Du lịch": the field of a department may hold a comma.
        field = self.names.find_short(self.low, at + 3, MINISTRY) if self.low.startswith("sở ", at) else None
        return max(end, field.end) if field else end

    def _in_name(self, at: int) -> bool:
        """Whether the word at `at` may still belong to a name."""
        if not self.low[at : at + 1].isalnum():
            return False
        if self.line.text[at].isupper() or self.low[at].isdigit():
            return self.names.find(self.line.text, self.low, at) is None or self.low.startswith(
                ("tỉnh", "thành phố"), at
            )
        if self.low.startswith("và ", at):
            return self.line.text[at + 3 : at + 4].isupper() and not self._begins_a_body(at + 3)
        return not ((TASK.match(self.low, at) and not NOT_A_TASK.match(self.low, at)) or STOP.match(self.low, at))

    def _begins_a_body(self, at: int) -> bool:
        return bool(HEADS.match(self.low, at)) or self.taken(at)

    def _word_end(self, at: int) -> int:
        while at < len(self.low) and (self.low[at].isalnum() or self.low[at] in "./&"):
            if self.low[at] == "." and not self.low[at + 1 : at + 2].isalnum():
                break
            at += 1
        return at


class _Taken(IsTaken):
    def __init__(self, bodies: Bodies) -> None:
        self.bodies = bodies

    def __call__(self, at: int) -> bool:
        bodies = self.bodies
        return bodies.names.find(bodies.line.text, bodies.low, at) is not None


def _reference(found: Found) -> Reference:
    agency = found.agency
    return Reference(agency.name, agency.code, existed=found.existed, typo=found.typo, is_registered=True)


def _is_a_name(words: str) -> bool:
    """Whether a capital follows the head word, or it says whose it is: "Công an tỉnh"."""
    rest = words.split()[1:]
    return any(word[0].isupper() or word[0].isdigit() for word in rest) or (bool(rest) and rest[-1] in PLACE_WORDS)


def _once(references: list[Reference]) -> Iterator[Reference]:
    seen: set[str] = set()
    for reference in references:
        if reference.name not in seen:
            seen.add(reference.name)
            yield reference
