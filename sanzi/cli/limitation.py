"""`sanzi limitation FILE.json`: the limitation clock of one claim, without a database."""

import json
from pathlib import Path

from sanzi.kernel.refusals import Invalid
from sanzi.receivables.limitation.answer import WORDS, days_said, document
from sanzi.receivables.limitation.clock import Reading, read
from sanzi.receivables.limitation.facts import read_facts


def run(path: Path, *, as_text: bool) -> int:
    """Print the last day and the reasoning. Raises Invalid for a file that cannot be read."""
    try:
        given = json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        where = f"第 {error.lineno} 行" if isinstance(error, json.JSONDecodeError) else "编码"
        raise Invalid("limitation.json", f"{path} 不是有效的 JSON（{where}），请核对") from None
    reading = read(read_facts(given))
    if as_text:
        _print(reading)
    else:
        print(json.dumps(document(reading), ensure_ascii=False, indent=2))
    return 0


def _print(reading: Reading) -> None:
    print(f"最后一日：{reading.last_day}　{WORDS[reading.status]}")
    print(days_said(reading.days_left))
    for place, sentence in enumerate(reading.reasoning, start=1):
        print(f"{place}. {sentence}")
    for doubt in reading.doubts:
        print(f"※ {doubt}")
