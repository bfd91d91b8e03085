"""Makes every call of the program fail, one after the other, and looks at what comes of it.

For each command, kind of call and errno value: only the k-th call fails, then all from the k-th on, for
every k (of very many calls some: what was covered is printed). Whatever fails, there must be no torn or lost
output, no exit code 0 or 2 without the whole report, no signal, no hang, and a message.

    check_faults.py [--quick] [--only TEXT] [--kind KIND] [--show N]
"""

import argparse
import errno
import http.server
import itertools
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from injection import KINDS, Fault, Result, Workplace, problem
from scenarios import BINARY, PROJECT, Scenario, make_inputs, scenarios

# kind, errno (0: short), and whether all from there on may fail as well: a call that was interrupted is tried
# again, so that would never end.
WAYS = [
    ("alloc", errno.ENOMEM, True), ("mmap", errno.ENOMEM, True),
    ("open", errno.EMFILE, True), ("open", errno.EIO, True), ("open", errno.EINTR, False),
    ("read", errno.EIO, True), ("read", errno.EINTR, False), ("read", 0, True),
    ("write", errno.ENOSPC, True), ("write", errno.EIO, True), ("write", errno.EINTR, False), ("write", 0, True),
    ("sync", errno.EIO, True), ("sync", errno.ENOSPC, True), ("sync", errno.EINTR, False),
    ("rename", errno.EIO, True), ("rename", errno.ENOSPC, True), ("rename", errno.EACCES, True),
    ("close", errno.EIO, True), ("close", errno.EINTR, False),
    ("stat", errno.EIO, True), ("stat", errno.EACCES, True), ("stat", errno.ENOMEM, True),
    ("mkdir", errno.ENOSPC, True), ("mkdir", errno.EACCES, True),
    ("thread", errno.EAGAIN, True),
    ("net", errno.ECONNRESET, True), ("net", errno.ENOMEM, True),
    # A bug at this point: a signal in place of an errno value.
    ("crash", signal.SIGSEGV, False), ("crash", signal.SIGABRT, False),
]
# Every k up to EACH, then about STRIDES more up to the last. Without memory the program ends, so that all
# calls from k on are what the k-th alone is: of these STRIDES in all.
EACH, STRIDES = 2000, 300
QUICK_EACH, QUICK_STRIDES = 0, 5


class Gateway(http.server.BaseHTTPRequestHandler):
    """A Pushgateway that takes everything."""

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


class Tally:
    """What was done and what came of it."""

    def __init__(self) -> None:
        self.outcomes: dict[str, Counter[str]] = defaultdict(Counter)
        # One example of each, and how many there are.
        self.problems: dict[tuple[str, str, bytes], str] = {}
        self.counts: Counter[tuple[str, str, bytes]] = Counter()

    def add(self, scenario: Scenario, free: Result, fault: Fault, result: Result) -> None:
        wrong = problem(scenario, free, fault, result)
        outcome = "as without" if result.code == free.code else f"exit {result.code}"
        if result.injected == 0:
            outcome = "not reached"
        if wrong:
            outcome = "WRONG"
            words = " ".join(scenario.arguments)
            settings = " ".join(f"{k}={v}" for k, v in fault.environment.items())
            key = (fault.kind, wrong, result.message[:80])
            self.counts[key] += 1
            self.problems.setdefault(
                key, f"{scenario.name}: {fault}: {wrong}\n    {settings} drift-check {words}\n"
                f"    {result.message[:300].decode(errors='replace').strip()}")
        self.outcomes[fault.kind][outcome] += 1

    def table(self) -> str:
        total = Counter(itertools.chain.from_iterable(c.elements() for c in self.outcomes.values()))
        names = sorted(total)
        rows = [["kind of call", "faults", *names]]
        for kind in [k for k in KINDS if k in self.outcomes]:
            counts = self.outcomes[kind]
            rows.append([kind, str(counts.total()), *[str(counts[n] or "") for n in names]])
        rows.append(["all", str(total.total()), *[str(total[n]) for n in names]])
        widths = [max(map(len, column)) for column in zip(*rows)]
        return "\n".join("  ".join(cell.rjust(w) if i else cell.ljust(w)
                                   for i, (cell, w) in enumerate(zip(row, widths))) for row in rows)


def numbers(count: int, each: int, strides: int) -> list[int]:
    """Which calls of so many fail: the first ones each, and some of the others, the last among them."""
    rest = range(each + 1, count + 1, max(1, (count - each) // strides))
    return sorted({*range(1, min(each, count) + 1), *rest, *([count] if count else [])})


def faults(free: Result, kinds: list[str], is_quick: bool) -> list[Fault]:
    each, strides = (QUICK_EACH, QUICK_STRIDES) if is_quick else (EACH, STRIDES)
    return [
        Fault(kind, error, at, goes_on)
        for kind, error, may_go_on in WAYS if kind in kinds
        for goes_on in ([False, True] if may_go_on else [False])
        for at in numbers(free.counts[kind], 0 if kind == "alloc" and goes_on else each, strides)
    ]


def run(scenario: Scenario, places: list[Workplace], kinds: list[str], is_quick: bool, tally: Tally) -> None:
    free = places[0].run(None)
    again = places[-1].run(None)
    assert (free.code, free.files, free.output) == (again.code, again.files, again.output), scenario
    assert free.code == scenario.code, (scenario, free)
    work = faults(free, kinds, is_quick)
    idle = list(places)

    def one(fault: Fault) -> tuple[Fault, Result]:
        place = idle.pop()
        try:
            return fault, place.run(fault)
        finally:
            idle.append(place)

    begin, wrong = time.monotonic(), tally.counts.total()
    with ThreadPoolExecutor(len(places)) as pool:
        for fault, result in pool.map(one, work):
            tally.add(scenario, free, fault, result)
    if not is_quick:
        calls = ", ".join(
            f"{kind} {count}" + (f" (each to {EACH}, then one in {max(1, (count - EACH) // STRIDES)})"
                                 if count > EACH else "")
            for kind, count in free.counts.items() if count and kind in kinds)
        print(f"{scenario.name}: exit code {free.code}; {len(work)} faults in {time.monotonic() - begin:.0f} s, "
              f"{tally.counts.total() - wrong} of them wrong; "
              f"calls: {calls}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--kind", action="append", choices=KINDS)
    parser.add_argument("--show", type=int, default=20)
    options = parser.parse_args()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    tally = Tally()
    shared = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=shared) as scratch, \
            tempfile.TemporaryDirectory(dir=PROJECT / ".build", prefix="faults-") as built:
        library = Path(built, "faults.so")
        source = Path(__file__).with_name("faults.c")
        subprocess.run(["clang", "-O2", "-Wall", "-Wextra", "-Werror", "-fno-builtin", "-shared", "-fPIC", "-o",
                        library, source, "-ldl"], check=True)
        inputs = Path(scratch, "inputs")
        inputs.mkdir()
        make_inputs(inputs)
        for scenario in scenarios(f"http://127.0.0.1:{server.server_port}"):
            if options.only not in scenario.name or options.quick and not scenario.is_quick:
                continue
            places = [Workplace(Path(scratch, f"place-{n}"), inputs, library, scenario)
                      for n in range(max(2, len(os.sched_getaffinity(0))))]
            run(scenario, places, options.kind or KINDS, options.quick, tally)
    server.shutdown()
    print(tally.table())
    for key, text in list(tally.problems.items())[:options.show]:
        print(f"{tally.counts[key]} x {text}")
    if tally.problems:
        print(f"{tally.counts.total()} faults of {BINARY.name} are wrong")
    return 1 if tally.problems else 0


if __name__ == "__main__":
    sys.exit(main())
