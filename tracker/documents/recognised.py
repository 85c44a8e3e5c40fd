"""What text recognition leaves behind is set right: columns that ran together, cut sentences, Roman numbers."""

import re

from directives.rules.notice_paragraphs import ROMAN

LETTERS_OF_ROMAN = {number: letters for letters, number in ROMAN.items()}
# The head has two columns (decree 30/2020/NĐ-CP, Appendix I): these begin the right one.
RIGHT_HEAD = re.compile(r"(?<=\S)[ \t]+(?=(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập ?[-–]))")
# So has the foot: who receives the notice, line by line, and beside it who signs.
RECEIVERS = re.compile(r"^Nơi nhận:", re.MULTILINE)
RECEIVER = re.compile(r"^(Nơi nhận:|[-–+•] ?Lưu:(?: ?[A-ZĐ]{2,10}[.,;]?){1,6}|[-–+•] ?[^;\n]{1,200}?[;.])[ \t]+(\S.*)$")
CUT = re.compile(r"(?<=[^\s.;:!?])\n[ \t]*\n(?=[a-zà-ỹđ](?![).]))")
HEADING = re.compile(r"^(?P<number>[IVX]{1,5})[.,]? (?=[A-ZÀ-ỸĐ]{2})", re.MULTILINE)
YEAR = re.compile(r"\bn[aăắâấ]m(?=\s(?:19|20)\d\d\b)")


def set_right(text: str) -> str:
    """The recognised text of a notice as its pages mean it."""
    text = RIGHT_HEAD.sub("\n", text)
    text = YEAR.sub("năm", CUT.sub("\n", text))
    return _signed(_counted(text))


def _counted(text: str) -> str:
    """A heading that repeats the number of the heading before it lost a stroke, and has the next one."""
    last = 0

    def number(found: re.Match[str]) -> str:
        nonlocal last
        said = ROMAN.get(found["number"], 0)
        last = last + 1 if last and said == last else said
        return f"{LETTERS_OF_ROMAN.get(last, found['number'])}. "

    return HEADING.sub(number, text)


def _signed(text: str) -> str:
    """Who signs comes after who receives, and not beside it line by line."""
    begin = RECEIVERS.search(text)
    if begin is None:
        return text
    left, right = list[str](), list[str]()
    for line in text[begin.start() :].split("\n"):
        found = RECEIVER.match(line)
        left.append(found[1] if found else line)
        right.extend([found[2]] if found else [])
    return text[: begin.start()] + "\n".join([*left, "", *right] if right else left)
