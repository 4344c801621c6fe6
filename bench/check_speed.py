"""`sanzi check` of a large workbook against reading it with the chosen library alone.

The ratio is one of processor time: both run in one thread, and a busy machine then matters little.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from .child import python, sanzi
from .workbooks import city_villages, contracts, write

TIMES_MAX = 4.0
PEAK_MAX_MIB = 1024

_READ = """
import sys
from python_calamine import CalamineWorkbook
book = CalamineWorkbook.from_path(sys.argv[1])
for name in book.sheet_names:
    book.get_sheet_by_name(name).to_python()
"""


def main(arguments: list[str] | None = None) -> bool:
    """Print both times, their ratio and the peak memory; True when within the promise."""
    parser = argparse.ArgumentParser(prog="bench check_speed", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3, help="the best of so many is taken")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contracts.xlsx"
        write(path, {"contracts": contracts(options.rows, city_villages())})
        size = path.stat().st_size / 2**20
        print(f"{options.rows:,} contract rows, {size:.1f} MiB")
        rounds = range(options.rounds)
        read = min((python("-c", _READ, str(path)) for _ in rounds), key=lambda m: m.cpu)
        check = min((sanzi("check", str(path)) for _ in rounds), key=lambda m: m.cpu)
    times = check.cpu / read.cpu
    for name, took in (("calamine alone", read), ("sanzi check", check)):
        print(f"{name:15} cpu {took.cpu:6.2f} s  wall {took.seconds:6.2f} s  "
              f"{took.peak_mib:6.0f} MiB")  # fmt: skip
    print(f"ratio {times:.2f} (at most {TIMES_MAX}), peak at most {PEAK_MAX_MIB} MiB")
    return times <= TIMES_MAX and check.peak_mib <= PEAK_MAX_MIB


if __name__ == "__main__":
    sys.exit(not main())
