"""Run the benchmarks: `python -m bench [NAME [OPTIONS]]`; without a name, all at full size.

Each prints a ratio against a baseline of the same run, so that the machine matters little.
"""

import subprocess
import sys

BENCHES = (
    "check_speed",
    "import_speed",
    "region_pages",
    "city_sheet",
    "letters",
    "netting",
    "rules_speed",
    "overlaps_speed",
    "experts",
    "scorecards",
    "warnings",
)


def main(arguments: list[str]) -> int:
    if arguments and arguments[0] not in BENCHES:
        print(__doc__, "\nNames:", *BENCHES)
        return 2
    failed = False
    # Each in a process of its own: settings are read once in a process.
    for name in arguments[:1] or BENCHES:
        print(f"== {name}", flush=True)
        command = [sys.executable, "-m", f"bench.{name}", *arguments[1:]]
        failed |= bool(subprocess.run(command, check=False).returncode)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
