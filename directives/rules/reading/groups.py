"""Group addressees: "các bộ, ngành, địa phương", "UBND các xã, phường", which stay groups until a notice is issued."""

import re
from dataclasses import dataclass

MINISTRIES = "Các bộ, ngành"
PROVINCES = "Các địa phương"
BODIES = "Các cơ quan liên quan"
DEPARTMENTS = "Các sở, ban, ngành"
COMMUNES = "UBND cấp xã"
DISTRICTS = "UBND cấp huyện"
PRESS = "Các cơ quan báo chí"

# What a list of a group is made of; the longest is tried first.
ATOMS = {
    MINISTRIES: (
        "bộ trưởng", "trưởng ngành", "thủ trưởng cơ quan ngang bộ", "thủ trưởng các cơ quan ngang bộ",
        "thủ trưởng cơ quan thuộc chính phủ", "thủ trưởng các cơ quan thuộc chính phủ", "cơ quan ngang bộ",
        "cơ quan thuộc chính phủ", "cơ quan trực thuộc chính phủ", "cơ quan chính phủ", "cơ quan trung ương", "bộ",
        "ngành", "ban, ngành trung ương", "ban, bộ, ngành", "bộ ngành", "ban", "ban, ngành",
        "thủ trưởng cơ quan trực thuộc chính phủ", "cơ quan ở trung ương", "ban ngành",
    ),
    DEPARTMENTS: (
        "sở", "sở ngành", "sở - ngành", "sở-ngành", "giám đốc sở", "giám đốc các sở", "thủ trưởng các sở",
    ),
    PROVINCES: (
        "địa phương", "tỉnh", "thành phố", "thành phố trực thuộc trung ương", "các cấp", "cấp",
        "ngành của địa phương", "ban, ngành địa phương", "ubnd cấp tỉnh", "ủy ban nhân dân cấp tỉnh",
        "chủ tịch ubnd cấp tỉnh", "ubnd các cấp", "ủy ban nhân dân các cấp", "chính quyền địa phương",
        "chính quyền các cấp", "cấp ủy", "tỉnh ủy", "thành ủy", "bí thư tỉnh ủy", "bí thư thành ủy",
        "chính quyền địa phương các cấp", "tỉnh/thành phố", "chính quyền",
    ),
    BODIES: (
        "cơ quan", "đơn vị", "tổ chức", "cá nhân", "đoàn thể",
    ),
    COMMUNES: (
        "xã", "phường", "đặc khu", "thị trấn", "ubnd cấp xã", "ủy ban nhân dân cấp xã",
    ),
    DISTRICTS: (
        "quận", "huyện", "thị xã", "ubnd cấp huyện", "ủy ban nhân dân cấp huyện",
    ),
}  # fmt: skip
GROUP_OF = {atom: group for group, atoms in ATOMS.items() for atom in atoms}
GROUP_OF |= {"cấp xã": COMMUNES, "cấp huyện": DISTRICTS}
ATOM = re.compile("(?:" + "|".join(sorted(map(re.escape, GROUP_OF), key=len, reverse=True)) + r")(?!\w)")
PLURAL = re.compile(
    r"(?:(?:ban thường vụ|thường trực|lãnh đạo|thủ trưởng|người đứng đầu|giám đốc|chủ tịch|bộ trưởng|"
    r"đồng chí|bí thư|các đồng chí|toàn thể|"
    r"tất cả) )?"
    r"(?:các|những|tất cả các|từng|mọi|mỗi|toàn bộ các|tất cả)(?: đồng chí)? (?:lãnh đạo (?:các )?|"
    r"bí thư(?: tỉnh ủy)?(?: và|,|;) )?"
)
COMMITTEES = re.compile(
    r"(?:các )?(?:đồng chí )?(?:bí thư(?: các)?(?: tỉnh ủy| tỉnh, thành ủy| thành ủy)?(?:, thành ủy|, thành phố)?"
    r"(?:,|;| và)? )?(?:(?:các )?(?:đồng chí )?(?:phó )?chủ tịch )?(?:ubnd|ủy ban nhân dân|hđnd và ubnd|"
    r"hđnd, ubnd) (?:các )?"
)
GOVERNED = re.compile(
    r"(?:địa phương|tỉnh/thành phố|tỉnh|thành phố|cấp tỉnh|các cấp|cấp xã|cấp huyện|cấp|xã|phường|đặc khu|"
    r"thị trấn|quận|"
    r"huyện|thị xã)(?!\w)(?! [A-ZĐ])"
)
OWN_BOARD = re.compile(r" (?:quản lý|chỉ đạo|chỉ huy|tổ chức|thường vụ|giám|chấp hành|điều hành|vận động|đại diện)")
JOIN = re.compile(r"(?:, |; | và |, và | / |/| cùng )(?:lãnh đạo )?(?P<again>các |tất cả các |từng )?")
QUALIFIED = re.compile(
    r"(?: (?:có |)liên quan|, có liên quan| trung ương| ở trung ương| trực thuộc(?: trung ương)?| nêu trên| khác|"
    r" trên cả nước|"
    r" trên địa bàn(?: (?:tỉnh|thành phố|cả nước|toàn quốc))?| thuộc (?:tỉnh|thành phố|trung ương|ubnd tỉnh|"
    r"ubnd thành phố)| của tỉnh|"
    r"(?<=ngành) chức năng| có rừng| ven biển| biên giới| miền núi| các cấp| trong cả nước| toàn quốc| của trung ương|"
    r" trong vùng| bị ảnh hưởng|"
    r" chịu ảnh hưởng| có dự án(?: đi qua)?)(?!\w)"
)
PRESS_BODIES = re.compile(
    r"(?:(?:hệ thống )?các )?cơ quan (?:thông tấn|thông tin|báo chí|truyền thông)"
    r"(?:,? (?:và )?(?:báo chí|truyền thông|thông tấn(?! xã)|báo đài)){0,3}(?: khác)?(?!\w)"
)

CORPORATIONS = re.compile(r"(?:các )tập đoàn(?: kinh tế)?(?:,| và) (?:các )?tổng công ty(?: nhà nước)?(?!\w)")
# "Phó Chủ tịch UBND tỉnh": one, of the province that is meant.
ONE_COMMITTEE = re.compile(
    r"(?:các )?(?:đồng chí )?(?:(?:phó )?chủ tịch )?(?:ubnd|ủy ban nhân dân) (?:tỉnh|thành phố)(?!\w)"
)
POLICE = re.compile(r"công an (?:các )?(?:đơn vị(?:,| và) )?(?:địa phương|tỉnh, thành phố)(?!\w)")
INSPECTORS = re.compile(r"thanh tra các bộ, ngành(?:(?:,| và) (?:các )?địa phương)?(?!\w)")
OFFICES = re.compile(
    r"(?:các )phòng,? ban(?:,? (?:ngành|đơn vị|đoàn thể|cơ quan)){0,3}(?: chuyên môn)?"
    r"(?: có liên quan| liên quan)?(?!\w)"
)
PARTIES = re.compile(r"các bên(?: có)? liên quan(?!\w)")
AUTHORITIES = re.compile(r"(?:(?<=với )|(?<=cùng )|(?<=và ))chính quyền địa phương(?! (?:các|02|2|hai) cấp)(?!\w)")
WHOLE_PHRASES = (
    (AUTHORITIES, "Chính quyền địa phương"),
    (PARTIES, "Các bên liên quan"),
    (OFFICES, "Các phòng, ban chuyên môn"),
    (INSPECTORS, "Thanh tra các bộ, ngành, địa phương"),
    (POLICE, "Công an các địa phương"),
    (PRESS_BODIES, PRESS),
    (CORPORATIONS, "Các tập đoàn, tổng công ty"),
)


@dataclass(frozen=True)
class Grouped:
    """The groups that a phrase names up to `end`, in the order in which they stand.

    `open_end` is where the last word of the phrase ends if it is one that may begin another name ("cơ quan"); then
    `groups_before` and `end_before` are what the phrase names without it.
    """

    end: int
    groups: tuple[str, ...]
    open_end: bool = False
    end_before: int = 0
    groups_before: tuple[str, ...] = ()


class IsTaken:
    """Asked with a place of the line: whether the own name of a single agency begins there."""

    def __call__(self, at: int) -> bool:
        """Nothing is taken, unless a line says otherwise."""
        return False


@dataclass(frozen=True)
class _Atom:
    word: str
    end: int
    group: str
    is_apart: bool
    is_qualified: bool


def group_at(low: str, at: int, is_taken: IsTaken) -> Grouped | None:
    """The group addressed at `at` of a line; `is_taken` says where the name of a single agency begins."""
    for pattern, name in WHOLE_PHRASES:
        if found := pattern.match(low, at):
            return Grouped(found.end(), (name,))
    plural = PLURAL.match(low, at)
    atoms = _atoms(low, at, plural.end() if plural else at, is_taken)
    if not atoms or (len(atoms) == 1 and (atoms[0].word == "đoàn thể" or ONE_COMMITTEE.match(low, at))):
        return None
    last = atoms[-1]
    is_concerned = last.group == BODIES and low.endswith(" liên quan", at, last.end) and low.endswith("và ", 0, at)
    is_alone = not plural and len(atoms) < 2 and last.word in SINGULAR and not last.is_apart and not is_concerned
    if is_alone:
        return None
    is_open = last.group == BODIES and not last.is_qualified
    before = atoms[:-1]
    return Grouped(last.end, _named(atoms), is_open, before[-1].end if before else at, _named(before))


# Alone and without "các" these are words of the text, not addressees.
SINGULAR = frozenset(GROUP_OF) - {
    "ubnd cấp tỉnh", "ủy ban nhân dân cấp tỉnh", "chủ tịch ubnd cấp tỉnh", "ubnd cấp xã", "ủy ban nhân dân cấp xã",
    "ubnd cấp huyện", "ủy ban nhân dân cấp huyện", "ubnd các cấp", "ủy ban nhân dân các cấp", "địa phương",
    "cấp tỉnh", "các cấp", "sở ngành", "sở - ngành", "sở-ngành",
    "thủ trưởng các cơ quan ngang bộ", "cơ quan ngang bộ", "thủ trưởng cơ quan ngang bộ",
}  # fmt: skip


def _atoms(low: str, start: int, at: int, is_taken: IsTaken) -> list[_Atom]:
    """The words of a group from `at` on; a list of its own begins where "và các" or "UBND các" stands."""
    atoms: list[_Atom] = []
    first = _atom(low, start, again=False) or _atom(low, at, again=False)
    if first is None or is_taken(start) or is_taken(at):
        return []
    atoms.append(first)
    for _turn in range(20):
        join = JOIN.match(low, atoms[-1].end)
        if join is None or is_taken(join.start("again") if join["again"] else join.end()) or is_taken(join.end()):
            break
        place = join.start("again") if join["again"] else join.end()
        again = bool(join["again"])
        following = _atom(low, place, again=again) or _atom(low, join.end(), again=again)
        if following is None:
            break
        atoms.append(following)
    return _before_names(low, atoms)


def _before_names(low: str, atoms: list[_Atom]) -> list[_Atom]:
    """The words without those that only lead to names of single ones: "UBND các tỉnh, thành phố: A, B"."""
    if not low.startswith(": ", atoms[-1].end):
        return atoms
    return atoms[: max((at for at, atom in enumerate(atoms) if at and atom.is_apart), default=len(atoms))]


def _atom(low: str, at: int, *, again: bool) -> _Atom | None:
    """The word of a group at `at`; people's committees and their chairmen are those of what they govern."""
    committees = COMMITTEES.match(low, at)
    found = GOVERNED.match(low, committees.end()) if committees else ATOM.match(low, at)
    if found is None or (found[0] == "ban" and OWN_BOARD.match(low, found.end())):
        return None
    end = found.end()
    for _turn in range(3):
        qualified = QUALIFIED.match(low, end)
        if qualified is None:
            break
        end = qualified.end()
    group = GROUP_OF.get(found[0], PROVINCES)
    return _Atom(found[0], end, group, bool(committees) or again, end > found.end())


def _named(atoms: list[_Atom]) -> tuple[str, ...]:
    """The groups of the atoms. "Các bộ, cơ quan" are the ministries; "các bộ, và các cơ quan" are two groups."""
    named: list[str] = []
    of_list: set[str] = set()
    for atom in atoms:
        if atom.is_apart:
            of_list = set()
        group = atom.group
        if group == MINISTRIES and DEPARTMENTS in of_list:
            group = DEPARTMENTS
        if group == PROVINCES and atom.word == "thành phố" and DISTRICTS in of_list:
            continue
        if group == BODIES and of_list & {MINISTRIES, DEPARTMENTS}:
            continue
        of_list.add(group)
        if group not in named:
            named.append(group)
    return tuple(named)
