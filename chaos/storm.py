"""How long and how hard it storms; everything that chance decides follows from the seed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Storm:
    """Times in seconds. `deliveries` are prepared, e-mail and in-app by halves, and fall due while it storms."""

    seed: int
    seconds: float
    deliveries: int
    kills: int
    lease: float
    patience: float
    grace: float

    @property
    def people(self) -> int:
        """Two officers of an agency each."""
        return max(10, min(200, self.deliveries // 30)) // 2 * 2

    @property
    def faults(self) -> dict[str, int]:
        """How many faults of each kind there shall be."""
        return {
            "sender killed over a mail": self.kills - self.kills // 4,
            "sender killed": self.kills // 8,
            "delivery worker killed": self.kills // 4 - self.kills // 8,
            "general worker killed": 1 + self.kills // 20,
            "beat killed": 1 + self.kills // 10,
            "sender suspended": 1 + self.kills // 20,
            "delivery worker suspended": self.kills // 50,
            "Redis emptied": 1 + self.kills // 30,
            "Redis killed": 1 + self.kills // 50,
            "PostgreSQL killed": 1 + self.kills // 60,
        }
