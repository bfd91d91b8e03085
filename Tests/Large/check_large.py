"""A table ten times larger than the memory that the program may have, and one of 3,000,000 levels.

The size in GB may be given: 4 unless said otherwise. `ulimit -v` holds the address space of the
program to LIMIT; the verdict has to be that of a run with all the memory of the machine.
"""

import json
import random
import resource
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
BINARY = PROJECT / ".build/release/drift-check"
FOLDER = PROJECT / ".build/large"
LIMIT = 384 << 20
COLUMNS = 12


def block(rows: int, seed: int, shift: float) -> bytes:
    source = random.Random(seed)
    lines = (
        ",".join(f"{source.gauss(shift if j == 0 else 0, 1):.8f}" for j in range(COLUMNS))
        for _ in range(rows)
    )
    return ("\n".join(lines) + "\n").encode()


def table(path: Path, size: int, seed: int, shift: float) -> None:
    """Blocks of some thousand rows, again and again."""
    blocks = [block(4000, seed + index, shift) for index in range(8)]
    with path.open("wb") as file:
        file.write((",".join(f"x{j}" for j in range(COLUMNS)) + "\n").encode())
        while file.tell() < size:
            for one in blocks:
                file.write(one)


def identifiers(path: Path, rows: int, name: str, pro: int) -> None:
    """A level of its own in nine of ten rows, and a column of two levels."""
    with path.open("w") as file:
        file.write("user,plan\n")
        for start in range(0, rows, 10_000):
            file.writelines(
                f"{'guest' if row % 10 == 0 else f'{name}-{row}'},{'pro' if row % 7 < pro else 'free'}\n"
                for row in range(start, min(rows, start + 10_000))
            )


def run(
    *arguments: str | Path, limit: int | None, piped: Path | None = None
) -> tuple[int, float]:
    """The exit code, and the peak of the resident memory in MB; a file may be piped in."""

    def confine() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))

    command = [sys.executable, "-c", MEASURE, BINARY, *arguments]
    with subprocess.Popen(["cat", piped or "/dev/null"], stdout=subprocess.PIPE) as source:
        measured = subprocess.run(
            command, preexec_fn=confine, capture_output=True, text=True, stdin=source.stdout)
    if measured.returncode != 0:
        sys.exit(f"{command}: {measured.stderr}")
    code, peak = measured.stdout.split()[-2:]
    return int(code), int(peak) / 1024


MEASURE = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def features(path: Path) -> dict[str, str]:
    return {f["name"]: f["status"] for f in json.loads(path.read_text())["features"]}


def many_levels() -> None:
    """3,000,000 different levels on either side; the exact verdict is that of all memory."""
    before, after = FOLDER / "before.csv", FOLDER / "after.csv"
    identifiers(before, 3_400_000, "before", 2)
    identifiers(after, 3_400_000, "after", 5)
    files = ["--baseline", before, "--current", after, "--threads", "2", "--no-mmd"]
    reports = {}
    for name, limit in {"confined": LIMIT, "free": None}.items():
        path = FOLDER / f"levels-{name}.json"
        flags = ["--memory-limit", "128M"] if limit else []
        code, peak = run(*files, "--output", path, *flags, limit=limit)
        print(f"3,000,000 levels, {name}: exit code {code}, peak {peak:.0f} MB")
        assert code == 2, code
        reports[name] = json.loads(path.read_text())
    confined, free = ({f["name"]: f for f in report["features"]} for report in reports.values())
    # New levels of users are tested on a sample of them: the p-values that plans are adjusted with differ.
    for feature in (confined["plan"], free["plan"]):
        del feature["new_levels"]["p_value_adjusted"]
    assert confined["plan"] == free["plan"]
    assert (confined["user"]["status"], free["user"]["status"]) == ("OK", "OK")
    for share in ("share", "expected_share"):
        shares = [f["user"]["new_levels"][share] for f in (confined, free)]
        assert abs(shares[0] - shares[1]) < 0.02, shares
    assert any("one of" in note and "levels with all its rows" in note
               for note in reports["confined"]["notes"])
    assert any("more levels in the baseline" in note for note in reports["confined"]["notes"])
    assert not any("more levels" in note for note in reports["free"]["notes"])
    guests = [f["user"]["psi"]["bins"][0] for f in (confined, free)]
    assert guests[0] == guests[1] and guests[0]["label"] == "guest", guests
    reached = run("profile", before, "--output", FOLDER / "levels.profile", "--threads", "2",
                  "--memory-limit", "128M", limit=LIMIT)
    print(f"profile of 3,000,000 levels: exit code {reached[0]}, peak {reached[1]:.0f} MB")
    assert reached[0] == 0


def main() -> None:
    size = int(float(sys.argv[1]) * 1e9) if len(sys.argv) > 1 else 10 * LIMIT
    FOLDER.mkdir(parents=True, exist_ok=True)
    baseline, current = FOLDER / "baseline.csv", FOLDER / "current.csv"
    try:
        many_levels()
        table(baseline, size, 1, 0)
        table(current, LIMIT // 4, 100, 0.3)
        print(f"baseline: {baseline.stat().st_size / 1e9:.1f} GB, limit {LIMIT / 1e6:.0f} MB")
        files = ["--baseline", baseline, "--current", current, "--threads", "2", "--no-mmd"]
        reports = {}
        for name, limit in {"confined": LIMIT, "free": None}.items():
            reports[name] = FOLDER / f"{name}.json"
            flags = ["--memory-limit", "128M"] if limit else []
            code, peak = run(*files, "--output", reports[name], *flags, limit=limit)
            print(f"check, {name}: exit code {code}, peak {peak:.0f} MB")
            assert code == 2, code
        reports["piped"] = FOLDER / "piped.json"
        code, peak = run(
            "--baseline", "-", *files[2:], "--output", reports["piped"], "--memory-limit", "128M",
            limit=LIMIT, piped=baseline)
        print(f"check, baseline through a pipe: exit code {code}, peak {peak:.0f} MB")
        assert code == 2, code
        assert features(reports["confined"]) == features(reports["free"])
        assert features(reports["confined"]) == features(reports["piped"])
        profile = FOLDER / "baseline.profile"
        code, peak = run(
            "profile", baseline, "--output", profile, "--threads", "2", "--memory-limit", "128M",
            limit=LIMIT,
        )
        print(f"profile: exit code {code}, peak {peak:.0f} MB, {profile.stat().st_size} bytes")
        assert code == 0, code
    finally:
        for path in FOLDER.iterdir():
            path.unlink()


if __name__ == "__main__":
    main()
