"""A province with five communes and a department below it, and a part of a notice that it may hand down."""

from dataclasses import dataclass, field
from datetime import date

from accounts.models import Agency, AgencyKind, Committee, Role, User
from directives.actions.handing_down import Units, hand_down
from directives.models import Assignment
from tests.make import at, make_agency, make_committee, make_issued, make_ladder, make_user

ISSUED, DUE = date(2025, 3, 3), date(2025, 3, 28)  # a Monday, a Friday
GIVEN, EARLIER = date(2025, 3, 4), date(2025, 3, 21)  # a Tuesday, a Friday
NEXT_DAY = date(2025, 3, 5)


@dataclass
class Province:
    """Who is there; `whole` is what the committee gave to the province."""

    committee: Committee = field(default_factory=make_committee)
    agency: Agency = field(default_factory=lambda: make_agency("Tỉnh Hà Tĩnh", kind=AgencyKind.PROVINCE))
    due_on: date | None = DUE

    def __post_init__(self) -> None:
        make_ladder()
        self.secretary = make_user(Role.SECRETARIAT, self.committee)
        self.officer, self.head = make_user(Role.OFFICER, self.agency), make_user(Role.HEAD, self.agency)
        self.communes = [self.commune(number) for number in range(1, 6)]
        self.people = [make_user(Role.OFFICER, commune) for commune in self.communes]
        (self.whole,) = make_issued(self.agency, committee=self.committee, issued_on=ISSUED, due_on=self.due_on)

    def commune(self, number: int) -> Agency:
        """One more commune below the province."""
        code = f"xa-{self.agency.pk}-{number:03}"
        return make_agency(f"Xã {number}", code=code, kind=AgencyKind.COMMUNE, parent=self.agency)

    def gives(
        self, *units: Agency, whole: Assignment | None = None, by: User | None = None, **said: object
    ) -> list[Assignment]:
        """Hand down a part, by the province's officer on `GIVEN` unless said; to all five communes if to nobody."""
        to = said.pop("to", Units(units or self.communes))
        said = {"wording": "Rà soát tại xã", "due_on": EARLIER, "at": at(GIVEN), **said}
        return hand_down(whole or self.whole, to=to, by=by or self.officer, **said)

    def now(self, row: Assignment) -> Assignment:
        """The row as it stands in its table."""
        return Assignment.objects.select_related("directive", "agency").get(pk=row.pk)
