"""Which of 100,000 parcels share ground, against a plain STRtree query over the same shapes.

Parcels stand in rows like a county's: most only touch their neighbours, one in twenty reaches into
the next. Laying them flat, finding pairs and measuring what they share is timed together.
"""

import argparse
import sys
import time

import numpy
import shapely

from sanzi.contracts.terms import DEFAULT_POLICY
from sanzi.holdings.parcels import Outline, lay, pairs, shared_ground

SECONDS_MAX = 60.0
SEED = 20220101
# Degrees: a parcel of about 100 by 90 metres.
WIDE, HIGH = 0.0011, 0.0008


def main(arguments: list[str] | None = None) -> bool:
    """Print the time, the plain query's and their ratio; True when under a minute."""
    parser = argparse.ArgumentParser(prog="bench overlaps_speed", description=__doc__)
    parser.add_argument("--parcels", type=int, default=100_000)
    options = parser.parse_args(arguments)
    outlines, planted = _parcels(options.parcels)
    shapes = lay(outlines)
    began = time.process_time()
    one, _ = pairs(shapes)
    plain = time.process_time() - began
    began = time.process_time()
    policy = DEFAULT_POLICY
    found = list(shared_ground(outlines, policy.overlap_share, policy.overlap_floor_mu))
    took = time.process_time() - began
    assert len(found) == planted, (len(found), planted)
    print(f"{options.parcels:,} parcels, {len(one):,} pairs of boxes, {len(found):,} share ground")
    print(f"plain STRtree query     cpu {plain:6.2f} s")
    print(f"overlap check in all    cpu {took:6.2f} s  (at most {SECONDS_MAX:.0f} s)")
    print(f"ratio {took / plain:.1f}")
    return took <= SECONDS_MAX


def _parcels(count: int) -> tuple[list[Outline], int]:
    """Outlines in a grid, and how many pairs were made to share ground."""
    chance = numpy.random.default_rng(SEED)
    side = int(numpy.ceil(numpy.sqrt(count)))
    places = numpy.arange(count)
    west, south = 112 + (places % side) * WIDE, 35 + (places // side) * HIGH
    # Reaching a fifth into the eastern neighbour; the last of a row has none.
    reaches = (chance.random(count) < 0.05) & (places % side < side - 1) & (places < count - 1)
    east = west + WIDE * (1 + 0.2 * reaches)
    shapes = shapely.box(west, south, east, south + HIGH)
    outlines = [Outline(("v", str(place)), shape) for place, shape in enumerate(shapes)]
    return outlines, int(reaches.sum())


if __name__ == "__main__":
    sys.exit(not main())
