"""The book of an .xlsx: which sheet is read, which figures in it are days, and where its texts stand."""

import re
from datetime import date

from django.utils.translation import gettext_lazy as _

from directives.rules.refusals import Invalid
from tracker.documents.xlsx_parts import Attributes, Package, beside, relations_of

NO_SHEET = _("This file holds no sheet that can be seen.")

# Formats of days that have numbers of their own (ECMA-376, part 1, 18.8.30), some in East Asian versions only.
DAY_FORMATS = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
NOT_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
DAY_FORMAT = re.compile(r"[dy]|mmm", re.IGNORECASE)
KEPT_LIMIT = 70_000  # styles and the like; Excel keeps 64,000
FORMAT_LIMIT = 500  # characters


class Book:
    """The first sheet that can be seen. Raises Invalid('file'), or what the package raises."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._related: dict[str, tuple[str, str]] = {}
        self._formats: dict[int, str] = {}
        self._style_formats: list[int] = []
        self._is_in_styles = False
        self.sheet_name, self._sheet_id, self._is_1904 = "", "", False
        self._read_relations("")
        book = self._named("", "officeDocument") or "xl/workbook.xml"
        package.read(book, begin={"workbookPr": self._of_book, "sheet": self._of_sheet})
        if not self._sheet_id:
            raise Invalid("file", NO_SHEET)
        self._read_relations(book)
        self.sheet = beside(book, self._related[self._sheet_id][1])
        self.strings = self._named(book, "sharedStrings")
        self.styles = self._named(book, "styles")
        if self.styles:
            begins = {"numFmt": self._of_format, "cellXfs": self._begin_styles, "xf": self._of_style}
            package.read(self.styles, begin=begins, end={"cellXfs": self._end_styles})

    @property
    def first_day(self) -> date:
        """The day whose serial is 0."""
        return date(1904, 1, 1) if self._is_1904 else date(1899, 12, 30)

    @property
    def day_styles(self) -> frozenset[int]:
        """The styles whose figures are days."""
        return frozenset(style for style, number in enumerate(self._style_formats) if self._is_day(number))

    def _is_day(self, number: int) -> bool:
        code = self._formats.get(number)
        return number in DAY_FORMATS if code is None else bool(DAY_FORMAT.search(NOT_FORMAT.sub("", code)))

    def _named(self, part: str, kind: str) -> str:
        """The part that `part` refers to as `kind`; empty where there is none."""
        found = [target for said, target in self._related.values() if said.endswith(f"/{kind}")]
        name = beside(part, found[0]) if found else ""
        return name if self._package.has(name) else ""

    def _read_relations(self, part: str) -> None:
        self._related = {}
        if self._package.has(relations_of(part)):
            self._package.read(relations_of(part), begin={"Relationship": self._of_relation})

    def _of_relation(self, attributes: Attributes) -> None:
        if attributes.get("TargetMode") != "External" and len(self._related) < KEPT_LIMIT:
            self._related[attributes["Id"]] = attributes["Type"], attributes["Target"]

    def _of_book(self, attributes: Attributes) -> None:
        self._is_1904 = attributes.get("date1904") in ("1", "true")

    def _of_sheet(self, attributes: Attributes) -> None:
        if not self._sheet_id and attributes.get("state", "visible") == "visible":
            self.sheet_name = attributes.get("name", "")[:FORMAT_LIMIT]
            self._sheet_id = next((value for key, value in attributes.items() if key.endswith(" id")), "")

    def _of_format(self, attributes: Attributes) -> None:
        if len(self._formats) < KEPT_LIMIT:
            self._formats[int(attributes["numFmtId"])] = attributes.get("formatCode", "")[:FORMAT_LIMIT]

    def _begin_styles(self, _attributes: Attributes) -> None:
        self._is_in_styles = True

    def _end_styles(self) -> None:
        self._is_in_styles = False

    def _of_style(self, attributes: Attributes) -> None:
        if self._is_in_styles and len(self._style_formats) < KEPT_LIMIT:
            self._style_formats.append(int(attributes.get("numFmtId", 0)))
