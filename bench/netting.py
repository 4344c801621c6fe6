"""Netting made-up networks: the certified optimum beside OR-tools alone and beside networkx.

Processor time of one machine; each measurement in a process of its own. Then what short circles
keep, beside the best bound known. Each promise can be run alone: `bench netting large rural`.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from .networks import FAMILIES, Arcs

TIMES_MAX = 0.7
FASTER_MIN = 100
PEAK_MAX_MIB = 600
KEPT_MIN = 0.9
BEFORE_SECONDS = 6
LENGTHS = (3, 4, 5, 6)
# The promise of short circles is made for this length.
PROMISED = 5


def plain(arcs: Arcs) -> dict[str, Any]:
    """OR-tools on the network as it is."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    _, debtor, creditor, amount = arcs
    began = time.process_time()
    solver = SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(debtor, creditor, amount, np.full(len(amount), -1))
    assert solver.solve() == SimpleMinCostFlow.OPTIMAL
    total = int(solver.flows(np.arange(len(amount))).sum())
    return {"cpu": time.process_time() - began, "cancelled": total}


def networkx(arcs: Arcs) -> dict[str, Any]:
    """networkx's network simplex on merged pairs, which is all it can take."""
    import networkx as nx

    _, debtor, creditor, amount = arcs
    began = time.process_time()
    graph: Any = nx.DiGraph()
    for one, other, fen in zip(debtor.tolist(), creditor.tolist(), amount.tolist(), strict=True):
        if graph.has_edge(one, other):
            graph[one][other]["capacity"] += fen
        else:
            graph.add_edge(one, other, capacity=fen, weight=-1)
    cost, _ = nx.network_simplex(graph)
    return {"cpu": time.process_time() - began, "cancelled": -cost}


def ours(arcs: Arcs) -> dict[str, Any]:
    """Reduced, solved, spread back and proved; then decomposed, compiled beforehand."""
    from sanzi.netting.engine.certificate import certify
    from sanzi.netting.engine.circles import (
        by_pair,
        connected_groups,
        decompose,
        papers_and_signatures,
    )
    from sanzi.netting.engine.network import network
    from sanzi.netting.engine.optimum import largest
    from sanzi.netting.engine.reduction import reduce, spread

    decompose(3, *(np.array(a) for a in ([0, 1, 2], [1, 2, 0], [5, 5, 5])))
    began = time.process_time()
    net = network(*arcs)
    reduced = reduce(net)
    flow = largest(reduced)
    certificate = certify(net, spread(net, reduced.arc, flow))
    solved = time.process_time()
    pairs = by_pair(reduced.parties, reduced.debtor, reduced.creditor, flow)
    circles, left = decompose(reduced.parties, *pairs)
    split = time.process_time()
    # Before what follows, which belongs to the report and not to the promise.
    peak = _peak()
    assert certificate.proves
    assert not left.any()
    assert circles.cancelled == certificate.reached
    papers, signatures = papers_and_signatures(circles)
    groups, signers = connected_groups(circles)
    return {
        "cpu": solved - began,
        "split_cpu": split - solved,
        "peak_mib": peak,
        "cancelled": certificate.reached,
        "share": certificate.reached / net.total,
        "circles": len(circles),
        "papers": papers,
        "signatures": signatures,
        "groups": groups,
        "signers": signers,
        "mean": circles.length.mean().item(),
    }


def short(arcs: Arcs) -> dict[str, Any]:
    """What circles of each length keep of the optimum, and of the best bound known."""
    from sanzi.netting.engine.circles import by_pair, decompose
    from sanzi.netting.engine.clearing import clear
    from sanzi.netting.engine.network import network
    from sanzi.netting.engine.reduction import reduce

    net = network(*arcs)
    reduced = reduce(net)
    pairs = by_pair(reduced.parties, reduced.debtor, reduced.creditor, reduced.capacity)
    rows = []
    for longest in LENGTHS:
        began = time.process_time()
        cleared = clear(net, longest=longest)
        took = time.process_time() - began
        greedy, _ = decompose(reduced.parties, *pairs, longest)
        rows.append({
            "longest": longest,
            "of_optimum": cleared.total_cancelled / cleared.optimum,
            "bound": cleared.bound / cleared.optimum,
            "of_bound": cleared.total_cancelled / cleared.bound,
            "greedy": greedy.cancelled / cleared.bound,
            "cpu": took,
        })  # fmt: skip
    return {"rows": rows}


MEASURES: dict[str, Callable[[Arcs], dict[str, Any]]] = {
    "plain": plain, "networkx": networkx, "ours": ours, "short": short,
}  # fmt: skip


def _peak() -> float:
    """Peak memory of this process so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(
    name: str, family: str, count: int, seed: int, *, cpu_max: float | None = None
) -> dict[str, Any] | None:
    """One measurement in a process of its own; None when it used up `cpu_max` seconds."""
    command = [sys.executable, "-m", "bench.netting", "--measure", name, family, str(count)]

    def limit() -> None:
        if cpu_max is not None:
            # Processor time, not the clock's: others may be using the machine.
            whole = int(cpu_max) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 5))

    done = subprocess.run(
        [*command, str(seed)], capture_output=True, text=True, preexec_fn=limit, check=False
    )
    if cpu_max is not None and done.returncode < 0:
        return None
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def main(arguments: list[str] | None = None) -> bool:
    """Print every comparison asked for; True when all promises hold."""
    parser = argparse.ArgumentParser(prog="bench netting", description=__doc__)
    parser.add_argument("promise", nargs="?", choices=(*PROMISES, "all"), default="all")
    parser.add_argument("family", nargs="?", choices=(*FAMILIES, "both"), default="both")
    parser.add_argument("--large", type=int, default=1_000_000)
    parser.add_argument("--middle", type=int, default=100_000, help="beside networkx")
    parser.add_argument("--town", type=int, default=5_000, help="for short circles")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--whole", action="store_true", help="let networkx come to its end")
    parser.add_argument("--measure", nargs=4, metavar=("NAME", "FAMILY", "COUNT", "SEED"))
    options = parser.parse_args(arguments)
    if options.measure:
        name, family, count, seed = options.measure
        told = MEASURES[name](FAMILIES[family](int(count), int(seed)))
        print(json.dumps({"peak_mib": _peak(), **told}))
        return True
    families = FAMILIES if options.family == "both" else (options.family,)
    chosen = PROMISES if options.promise == "all" else (options.promise,)
    # Every promise is measured, also after one has failed.
    kept = [PROMISES[promise](family, options) for family in families for promise in chosen]
    return all(kept)


def _large(family: str, options: argparse.Namespace) -> bool:
    """At most 0.7 × OR-tools alone, circles in at most the same again, under 600 MB."""
    count = options.large
    alone, net = (measured(name, family, count, options.seed) for name in ("plain", "ours"))
    assert alone is not None
    assert net is not None
    assert alone["cancelled"] == net["cancelled"], "both must find the same optimum"
    times, split = net["cpu"] / alone["cpu"], net["split_cpu"] / net["cpu"]
    print(f"{family} {count:,}: OR-tools alone {alone['cpu']:.2f} s, certified {net['cpu']:.2f} s: "
          f"{times:.2f} × (at most {TIMES_MAX}); circles {net['split_cpu']:.2f} s: {split:.2f} × "
          f"(at most 1); peak {net['peak_mib']:.0f} MiB (at most {PEAK_MAX_MIB})")  # fmt: skip
    print(f"  cancelled {net['share']:.1%} of all debt in {net['circles']:,} circles of "
          f"{net['mean']:.1f} parties each, {net['papers']:,} papers with {net['signatures']:,} "
          f"signatures; one paper for all who hang together: {net['groups']:,} with "
          f"{net['signers']:,}", flush=True)  # fmt: skip
    return times <= TIMES_MAX and split <= 1 and net["peak_mib"] <= PEAK_MAX_MIB


def _middle(family: str, options: argparse.Namespace) -> bool:
    """At least 100 × faster than networkx: proved too when it is stopped after 100 × our time."""
    count = options.middle
    net = measured("ours", family, count, options.seed)
    assert net is not None
    # Our best of three: a few hundredths of a second are easily disturbed.
    again = [measured("ours", family, count, options.seed) for _ in range(2)]
    ours_cpu = min(net["cpu"], *(one["cpu"] for one in again if one is not None))
    # Reading the modules and making the network are not its work.
    limit = None if options.whole else FASTER_MIN * ours_cpu + BEFORE_SECONDS
    beside = measured("networkx", family, count, options.seed, cpu_max=limit)
    if beside is None:
        print(
            f"{family} {count:,}: certified {ours_cpu:.2f} s; networkx was stopped after "
            f"{FASTER_MIN} × that ({limit:.0f} s of processor time with its start) and was not "
            f"done: more than {FASTER_MIN} × faster",
            flush=True,
        )
        return True
    assert beside["cancelled"] == net["cancelled"], "both must find the same optimum"
    faster = beside["cpu"] / ours_cpu
    print(f"{family} {count:,}: networkx {beside['cpu']:.1f} s, certified {ours_cpu:.2f} s: "
          f"{faster:.0f} × faster (at least {FASTER_MIN})", flush=True)  # fmt: skip
    return faster >= FASTER_MIN


def _short(family: str, options: argparse.Namespace) -> bool:
    """At least 90 % of the best bound known at length 5."""
    count = options.town
    told = measured("short", family, count, options.seed)
    assert told is not None
    for row in told["rows"]:
        print(f"{family} {count:,}, at most {row['longest']} parties: {row['of_optimum']:.1%} "
              f"of the optimum; bound {row['bound']:.1%}; {row['of_bound']:.1%} of the bound "
              f"(greedy alone {row['greedy']:.1%}); {row['cpu']:.1f} s", flush=True)  # fmt: skip
    return all(row["of_bound"] >= KEPT_MIN for row in told["rows"] if row["longest"] == PROMISED)


PROMISES: dict[str, Callable[[str, argparse.Namespace], bool]] = {
    "large": _large, "middle": _middle, "short": _short,
}  # fmt: skip


if __name__ == "__main__":
    sys.exit(not main())
