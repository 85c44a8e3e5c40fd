"""A committee and a ministry, each with a system that acts by its key."""

from datetime import date

from directives.actions.drafting import To
from directives.models import Role as Part
from tests.edges.calling import Caller, with_key
from tests.make import make_agency, make_committee, make_issued, make_ladder

DUE_ON = date(2027, 3, 31)
AGENCY = ("read", "report", "ask")
COMMITTEE = ("read", "verify", "decide", "assign")
SECRETARIAT = (*COMMITTEE, "draft", "measure")


class World:
    """A committee that gave a ministry one directive, and the systems of both."""

    def __init__(self) -> None:
        make_ladder()
        self.committee, self.ministry, self.other = make_committee(), make_agency("Bộ Công an"), make_agency("Bộ Y tế")
        (self.work,) = make_issued(To(Part.LEAD, self.ministry), committee=self.committee, due_on=DUE_ON)
        self.agency, self.desk = with_key(self.ministry, *AGENCY), with_key(self.committee, *COMMITTEE)

    @property
    def tag(self) -> str:
        """What whoever has just read it sends as If-Match."""
        return self.agency.get(self.address())["ETag"]

    def address(self, verb: str = "") -> str:
        return f"assignments/{self.work.uuid}/" + (f"{verb}/" if verb else "")

    def state(self) -> str:
        self.work.refresh_from_db()
        return self.work.state

    def do(self, caller: Caller, verb: str, body: object = None) -> dict:
        """The verb, seen fresh; it must be done."""
        answer = caller.post(self.address(verb), body, seen=self.tag)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()
