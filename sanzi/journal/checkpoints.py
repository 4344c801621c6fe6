"""What the journal was at some moments, kept outside the database it vouches for."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.timezone import now

from .models import Entry


@dataclass(frozen=True)
class Checkpoint:
    """How many entries there were and the head of the last; `at` in UTC."""

    size: int
    head: str
    at: str


def ledger() -> Path:
    """The file beside the database: one checkpoint a line. Copies of it belong elsewhere too."""
    return Path(settings.DATA) / "checkpoints.jsonl"


def checkpoint(at: datetime | None = None) -> Checkpoint | None:
    """Write down where the journal stands. None when it is empty or nothing is new."""
    last = Entry.objects.order_by("-seq").values_list("seq", "head").first()
    if last is None or last in {(point.size, point.head) for point in known()[-1:]}:
        return None
    made = Checkpoint(*last, at=(at or now()).isoformat(timespec="seconds"))
    with ledger().open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(made)) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return made


def known(file: Path | None = None) -> list[Checkpoint]:
    """The checkpoints written down, oldest first. Raises ValueError naming a damaged line."""
    source = file or ledger()
    if not source.exists():
        return []
    points = []
    for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            points.append(Checkpoint(**json.loads(line)))
        except (ValueError, TypeError):
            raise ValueError(f"检查点文件第 {number} 行无法读取：{source}") from None
    return points
