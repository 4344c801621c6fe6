"""The sheet a paper is printed on: A4, with the margins of GB/T 9704 or narrower ones."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sheet:
    """Size of type in points, margins in millimetres."""

    size: int
    top: int
    bottom: int
    left: int
    right: int

    @property
    def width(self) -> int:
        """What is left for text, in millimetres."""
        return 210 - self.left - self.right


# 三号 as GB/T 9704 has it; smaller type for papers that ought to stay on one page.
SHEETS: dict[int, Sheet] = {
    sheet.size: sheet
    for sheet in (Sheet(16, 37, 35, 28, 26), Sheet(14, 34, 28, 26, 24), Sheet(12, 32, 22, 24, 22))
}
