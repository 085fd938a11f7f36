"""`make chaos`: prints what was lost, what came twice, who was killed; status 1 if a promise broke.

The default takes a few minutes; `--full` is 5,000 invitations with ten seeds and takes hours.
"""

import argparse
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.chaos.houses import databases, house
from tests.chaos.others import (
    busiest_minute,
    cancelled_half_way,
    phases,
    poison,
    still_open,
    until,
    working,
)
from tests.chaos.sink import FaultySink
from tests.chaos.workers import Chaos, Plan

SEEDED = ("kills", "stops", "cancel")
KINDS = ("kills", "stops", "phases", "limit", "cancel")


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--only", choices=KINDS, action="append")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    parser.add_argument("--letters", type=int, default=600)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--connections", type=int, default=1, help="of each worker")
    parser.add_argument("--full", action="store_true", help="5,000 letters, ten seeds")
    chosen = parser.parse_args()
    if chosen.full:
        chosen.letters, chosen.seeds = 5000, 10
    return chosen


@contextmanager
def running(sink: FaultySink) -> Iterator[FaultySink]:
    sink.start()
    try:
        yield sink
    finally:
        sink.stop(no_assert=True)


def kills(server: str | None, chosen: argparse.Namespace, seed: int) -> bool:
    share = chosen.letters / 5000
    plan = Plan(
        chosen.letters,
        kills=max(6, round(40 * share)),
        web_kills=max(2, round(10 * share)),
        freezes=max(3, round(12 * share)),
        connections=chosen.connections,
    )
    return loop(server, chosen, seed, plan, FaultySink(seed))


def stops(server: str | None, chosen: argparse.Namespace, seed: int) -> bool:
    plan = Plan(
        chosen.letters,
        stops=max(5, round(20 * chosen.letters / 5000)),
        connections=chosen.connections,
    )
    return loop(server, chosen, seed, plan, FaultySink(seed, cuts=False))


def loop(
    server: str | None, chosen: argparse.Namespace, seed: int, plan: Plan, sink: FaultySink
) -> bool:
    connections = str(plan.connections)
    with (
        running(sink),
        house(server, sink.port, plan.letters, OUTBOX_CONNECTIONS=connections) as app,
    ):
        result = Chaos(app, sink, plan, seed).run()
    print(f"    seed {seed}: {result.told()}", flush=True)
    return result.holds


def steps(server: str | None, chosen: argparse.Namespace, seed: int) -> bool:
    sink = FaultySink(seed, faults=False)
    with running(sink), house(server, sink.port, max(50, chosen.letters // 5)) as app:
        broken = poison(app, sink)
        wrong = phases(app) + ([f"poison: {broken}"] if broken else [])
    print(f"    32 faults at 8 steps and a poison letter: {'; '.join(wrong) or 'as promised'}")
    return not wrong


def limit(server: str | None, chosen: argparse.Namespace, seed: int) -> bool:
    most = chosen.letters // 2
    sink = FaultySink(seed, faults=False)
    with (
        running(sink),
        house(server, sink.port, most + most // 2, OUTBOX_PER_MINUTE=str(most)) as app,
        working(app, 3),
    ):
        done = until(lambda: not still_open(), 240)
    busiest = busiest_minute(sink)
    fine = done and busiest <= most
    print(f"    limit {most} a minute, 3 workers: busiest minute {busiest}, all went: {done}")
    return fine


def cancel(server: str | None, chosen: argparse.Namespace, seed: int) -> bool:
    sink = FaultySink(seed)
    sink.delay = 0.03
    with running(sink), house(server, sink.port, chosen.letters) as app:
        result = cancelled_half_way(app, sink, chosen.letters, 3)
    wrong = "; ".join(result.wrong)
    print(f"    seed {seed}, a meeting cancelled half-way, 2 workers killed around it: "
          f"{result.figures()}: {wrong or 'as promised'}", flush=True)  # fmt: skip
    return not wrong


Deed = Callable[[str | None, argparse.Namespace, int], bool]
DEEDS: dict[str, Deed] = {
    "kills": kills, "stops": stops, "phases": steps, "limit": limit, "cancel": cancel,
}  # fmt: skip


def main() -> int:
    logging.disable(logging.ERROR)  # of the faults that are made on purpose
    chosen, broken = options(), 0
    with databases(chosen.database or ["sqlite", "postgresql"]) as found:
        for name, server in found.items():
            print(name, flush=True)
            for kind in chosen.only or KINDS:
                print(f"  {kind}", flush=True)
                seeds = range(chosen.seeds) if kind in SEEDED else (1,)
                broken += sum(not DEEDS[kind](server, chosen, seed) for seed in seeds)
    print("a promise was broken" if broken else "every promise held")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
