"""What a proof of the books finds."""

from dataclasses import asdict, dataclass, field

KEPT_MAX = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as its vouchers make it: where, which row, and in words."""

    where: str
    row: str
    message: str


@dataclass
class Proof:
    """What was computed again, and what differs. The first thousand faults are kept."""

    books: int = 0
    vouchers: int = 0
    lines: int = 0
    faults: list[Fault] = field(default_factory=list)
    faults_count: int = 0

    def found(self, where: str, row: str, message: str) -> None:
        """Note a fault."""
        self.faults_count += 1
        if len(self.faults) < KEPT_MAX:
            self.faults.append(Fault(where, row, message))

    def document(self) -> dict[str, object]:
        """As published: docs/schema/books-verify.schema.json."""
        return {
            "ok": not self.faults_count,
            "books": self.books,
            "vouchers": self.vouchers,
            "lines": self.lines,
            "faults_count": self.faults_count,
            "faults": [asdict(fault) for fault in self.faults],
        }
