"""A document as another system keeps it, and the committee whose system enters it."""

from typing import Any

from directives.models import Event, Notice
from tests.edges.calling import Caller, with_key
from tests.edges.two_systems import SECRETARIAT
from tests.make import make_agency, make_committee, make_ladder

TEXT = "1. Đưa tiện ích lên VNeID trước ngày 31/03/2027.\n2. Các địa phương kết nối phần mềm."
REF = "vb-2027-369"


class Office:
    """A committee with a system that may do all that its secretariat does."""

    def __init__(self) -> None:
        make_ladder()
        self.committee = make_committee()
        self.issuer, self.lead = make_agency("Văn phòng Chính phủ", code="vpcp"), make_agency("Bộ Công an", code="bca")
        self.desk = self.system()

    def system(self) -> Caller:
        """One more system with the same rights."""
        return with_key(self.committee, *SECRETARIAT)

    def header(self, **fields: Any) -> dict[str, Any]:
        return {
            "number": 369,
            "symbol": "TB-VPCP",
            "issuer": "vpcp",
            "issued_on": "2027-03-01",
            "subject": "Kết luận phiên họp",
            "text": TEXT,
            **fields,
        }

    def directive(self, **fields: Any) -> dict[str, Any]:
        return {
            "quote": "Đưa tiện ích lên VNeID",
            "due_on": "2027-03-31",
            "addressees": [{"role": "lead", "agency": "bca"}],
            **fields,
        }

    def drafted(self) -> dict[str, Any]:
        """A draft without directives, as it is answered; its tag is `tag`."""
        answer = self.desk.post("notices/", self.header())
        assert answer.status_code == 201, answer.content.decode()
        return {**answer.json(), "tag": answer["ETag"]}

    def do(self, address: str, body: object = None) -> dict[str, Any]:
        """The verb at this address, whatever the version; it must be done."""
        answer = self.desk.post(address, body, seen="*")
        assert answer.status_code in (200, 201, 204), answer.content.decode()
        return answer.json() if answer.content else {}

    @staticmethod
    def verbs() -> list[str]:
        """What history tells, in order."""
        return list(Event.objects.order_by("pk").values_list("verb", flat=True))

    @staticmethod
    def notice() -> Notice:
        """The only one."""
        return Notice.objects.get()
