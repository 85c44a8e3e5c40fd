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
        "cơ quan thuộc chính phủ", "cơ quan trực thuộc chính phủ", "cơ quan chính phủ", "cơ quan trung ương",
        "bộ", "ngành",
        "ban, ngành trung ương", "ban, bộ, ngành", "bộ ngành", "thủ trưởng cơ quan trực thuộc chính phủ",
        "cơ quan ở trung ương",
        "ban ngành",
    ),
    DEPARTMENTS: ("sở", "giám đốc sở", "giám đốc các sở", "thủ trưởng các sở"),
    PROVINCES: (
        "địa phương", "tỉnh", "thành phố", "thành phố trực thuộc trung ương", "ubnd cấp tỉnh",
        "ủy ban nhân dân cấp tỉnh",
        "chủ tịch ubnd cấp tỉnh", "ubnd các cấp", "ủy ban nhân dân các cấp", "chính quyền địa phương",
        "chính quyền các cấp",
        "cấp ủy", "tỉnh ủy", "thành ủy", "bí thư tỉnh ủy", "bí thư thành ủy", "bí thư", "chủ tịch",
        "chính quyền địa phương các cấp",
        "tỉnh/thành phố", "chính quyền",
    ),
    BODIES: ("cơ quan", "đơn vị", "tổ chức", "cá nhân"),
    COMMUNES: ("xã", "phường", "đặc khu", "thị trấn", "ubnd cấp xã", "ủy ban nhân dân cấp xã"),
    DISTRICTS: ("quận", "huyện", "thị xã", "ubnd cấp huyện", "ủy ban nhân dân cấp huyện"),
}  # fmt: skip
GROUP_OF = {atom: group for group, atoms in ATOMS.items() for atom in atoms}
ATOM = re.compile("(?:" + "|".join(sorted(map(re.escape, GROUP_OF), key=len, reverse=True)) + r")(?!\w)")
PLURAL = re.compile(
    r"(?:(?:lãnh đạo|thủ trưởng|người đứng đầu|giám đốc|chủ tịch|bộ trưởng|đồng chí|bí thư|các đồng chí|toàn thể|"
    r"tất cả) )?"
    r"(?:các|những|tất cả các|từng|mọi|mỗi|toàn bộ các|tất cả)(?: đồng chí)? (?:lãnh đạo (?:các )?|"
    r"bí thư(?: tỉnh ủy)?(?: và|,|;) )?"
)
COMMITTEES = re.compile(
    r"(?:(?:đồng chí |các đồng chí )?(?:bí thư (?:các )?(?:tỉnh ủy|tỉnh, thành ủy|thành ủy)?(?:, thành ủy|"
    r", thành phố)?(?:,|;| và)? ?)?"
    r"(?:chủ tịch |phó chủ tịch )?(?:ubnd|ủy ban nhân dân|hđnd và ubnd|hđnd, ubnd) (?:các |tất cả các )?)"
)
JOIN = re.compile(r"(?:, |; | và |, và | / |/| cùng )(?:lãnh đạo )?(?P<again>các |tất cả các |từng )?")
QUALIFIED = re.compile(
    r"(?: (?:có |)liên quan|, có liên quan| trung ương| ở trung ương| trực thuộc(?: trung ương)?| nêu trên| khác|"
    r" trên cả nước|"
    r" trên địa bàn(?: (?:tỉnh|thành phố|cả nước|toàn quốc))?| thuộc (?:tỉnh|thành phố|trung ương|ubnd tỉnh|"
    r"ubnd thành phố)| của tỉnh|"
    r" có rừng| ven biển| các cấp| trong cả nước| toàn quốc| của trung ương| trong vùng| chức năng)(?!\w)"
)
PRESS_BODIES = re.compile(
    r"(?:(?:hệ thống )?các )?cơ quan (?:thông tấn|thông tin|báo chí|truyền thông)(?:,? (?:và )?(?:báo chí|"
    r"truyền thông|thông tấn|báo đài))*"
    r"(?: khác)?(?!\w)".replace(")*", "){0,3}")
)


@dataclass(frozen=True)
class Grouped:
    """The groups that a phrase names up to `end`, in the order in which they stand."""

    end: int
    groups: tuple[str, ...]


def group_at(low: str, at: int, is_taken: "IsTaken") -> Grouped | None:
    """The group addressed at `at` of a line; `is_taken` says where the name of a single agency begins."""
    if found := PRESS_BODIES.match(low, at):
        return Grouped(found.end(), (PRESS,))
    committees = COMMITTEES.match(low, at)
    plural = None if committees else PLURAL.match(low, at)
    pos = (committees or plural).end() if committees or plural else at  # type: ignore[union-attr]
    read = _atoms(low, pos, is_taken)
    if read is None:
        return None
    end, atoms = read
    first = atoms[0][0]
    if not (committees or plural) and len(atoms) < 2 and first in SINGULAR:
        return None
    if committees and not {GROUP_OF[atom] for atom, _apart in atoms} & {PROVINCES, COMMUNES, DISTRICTS}:
        return None
    return Grouped(end, _named(atoms))


# Alone and without "các" these are words of the text, not addressees.
SINGULAR = frozenset(GROUP_OF) - {
    "ubnd cấp tỉnh", "ủy ban nhân dân cấp tỉnh", "chủ tịch ubnd cấp tỉnh", "ubnd cấp xã", "ủy ban nhân dân cấp xã",
    "ubnd cấp huyện", "ủy ban nhân dân cấp huyện", "ubnd các cấp", "ủy ban nhân dân các cấp", "địa phương",
    "thủ trưởng các cơ quan ngang bộ", "cơ quan ngang bộ", "thủ trưởng cơ quan ngang bộ",
}  # fmt: skip


class IsTaken:
    """Asked with a place of the line: whether the own name of a single agency begins there."""

    def __call__(self, at: int) -> bool:
        """Nothing is taken, unless a line says otherwise."""
        return False


def _atoms(low: str, at: int, is_taken: IsTaken) -> tuple[int, list[tuple[str, bool]]] | None:
    """The words of a group and whether each begins a list of its own ("và các cơ quan")."""
    found = None if is_taken(at) else ATOM.match(low, at)
    if found is None:
        return None
    atoms = [(found[0], True)]
    end = _qualified(low, found.end())
    for _turn in range(20):
        join = JOIN.match(low, end)
        if join is None or is_taken(join.end()):
            break
        found = ATOM.match(low, join.end())
        committees = COMMITTEES.match(low, join.end())
        if found is None and committees:
            found = ATOM.match(low, committees.end())
            if found and GROUP_OF[found[0]] not in (PROVINCES, COMMUNES, DISTRICTS):
                found = None
        if found is None or is_taken(found.start()):
            break
        atoms.append((found[0], bool(join["again"] or committees)))
        end = _qualified(low, found.end())
    return end, atoms


def _qualified(low: str, end: int) -> int:
    for _turn in range(3):
        found = QUALIFIED.match(low, end)
        if found is None:
            break
        end = found.end()
    return end


def _named(atoms: list[tuple[str, bool]]) -> tuple[str, ...]:
    """The groups of the atoms. "Các bộ, cơ quan" are the ministries; "các bộ, và các cơ quan" are two groups."""
    named: list[str] = []
    of_list: set[str] = set()
    for atom, is_apart in atoms:
        if is_apart:
            of_list = set()
        group = GROUP_OF[atom]
        if group == MINISTRIES and DEPARTMENTS in of_list:
            group = DEPARTMENTS
        if group == BODIES and of_list & {MINISTRIES, DEPARTMENTS}:
            continue
        of_list.add(group)
        if group not in named:
            named.append(group)
    return tuple(named)
