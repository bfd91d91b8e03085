"""Builds the library's documentation and proves what it says; see `make docs`.

Every public symbol has a comment, every type is in a group of the landing page, docc has nothing to
complain about, links lead somewhere, and the Swift of the articles, of the README and of the comments
compiles and runs. The archive goes to .build/DriftKit.doccarchive. (Shell commands and configurations
of the same pages are run by Tests/DriftCheckTests/Readme.)

The pages of the catalog are also read on the forge, so they link to each other as files do,
`[Limits](KnownLimits.md)`. The copy that docc reads has links of its own kind.

It needs a release build of the library (`make docs` has it made), whose module and object files it uses as
they are.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HERE = Path(__file__).resolve().parent
MODULE = "DriftKit"
CATALOG = ROOT / "Sources" / MODULE / f"{MODULE}.docc"
BUILD = Path(os.environ.get("DRIFT_BUILD", ROOT / ".build" / "release")).resolve()
SCRATCH = ROOT / ".build" / "docs"
ARCHIVE = ROOT / ".build" / f"{MODULE}.doccarchive"
# Every page with links or code.
PAGES = [ROOT / "README.md", *sorted(CATALOG.glob("*.md"))]
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^()\s]+)\)")
# What examples in comments use without saying where it comes from.
NAMES = """
let x = numbers(500, from: 0)
let y = numbers(400, from: 77, plus: 0.5)
let (trained, served) = (try SampleMatrix(columns: [x]), try SampleMatrix(columns: [y]))
let training = try Dataset([Column("x", x)])
let batches = [try Dataset([Column("x", y)])]
"""


def run(words: list[str | Path], **options) -> subprocess.CompletedProcess:
    return subprocess.run(
        [str(word) for word in words], text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, timeout=600, check=False, **options)


def imports() -> list[str]:
    """The flags with which the compiler finds the module and the C modules below it."""
    flags = ["-I", str(BUILD / "Modules")]
    for folder in sorted((ROOT / "Sources").glob("C*")):
        maps = [BUILD / f"{folder.name}.build" / "module.modulemap", folder / "module.modulemap"]
        for path in maps:
            if path.exists():
                flags += ["-Xcc", f"-fmodule-map-file={path}", "-I", str(folder / "include")]
    return flags


@cache
def parts() -> list[str]:
    """The targets that the products are made of, the module first."""
    dump = subprocess.run(
        ["swift", "package", "dump-package"], cwd=ROOT, stdout=subprocess.PIPE, timeout=600, check=True)
    package = json.loads(dump.stdout)
    targets = {target["name"]: target for target in package["targets"] if target["type"] != "system"}
    found = [MODULE, "DriftReport"]
    for part in found:
        needed = [each["byName"][0] for each in targets[part]["dependencies"]]
        found += [each for each in needed if each in targets and each not in found]
    return found


def swift_files(part: str) -> list[Path]:
    return sorted((ROOT / "Sources" / part).rglob("*.swift"))


def exported_modules() -> list[str]:
    """The module, and those whose public names it hands on as its own."""
    found = set()
    for path in swift_files(MODULE):
        found.update(re.findall(r"^@_exported (?:public )?import (\w+)", path.read_text(), re.M))
    return [MODULE, *sorted(found)]


def symbol_graph() -> dict:
    """What the module makes public, from the module as it was built."""
    graphs = SCRATCH / "graphs"
    graphs.mkdir(parents=True)
    names = ",".join(exported_modules()[1:])
    handed_on = [f"-experimental-allowed-reexported-modules={names}"] if names else []
    target = json.loads(run(["swift", "-print-target-info"]).stdout)["target"]["triple"]
    result = run([
        "swift", "symbolgraph-extract", "-module-name", MODULE, "-target", target,
        "-minimum-access-level", "public", "-skip-synthesized-members", "-skip-inherited-docs",
        "-output-dir", graphs, *imports(), *handed_on])
    file = graphs / f"{MODULE}.symbols.json"
    if not file.exists():
        sys.exit(f"no symbols of {MODULE} in {BUILD}; `make build` makes them\n{result.stdout}")
    return json.loads(file.read_text())


def name(symbol: dict) -> str:
    return ".".join(symbol["pathComponents"])


def check_comments(graph: dict) -> list[str]:
    """Symbols that are written in the sources, and not by the compiler, without a comment."""
    written = [symbol for symbol in graph["symbols"] if "location" in symbol]
    if len(written) < 200:
        return [f"only {len(written)} symbols have a place in the sources, expected some hundreds"]
    modules = exported_modules()
    bare = [symbol for symbol in written if symbol.get("docComment", {}).get("module") not in modules]
    return [f"{name(symbol)} has no documentation comment" for symbol in bare]


def anchors(path: Path) -> set[str]:
    """The places of a page that links may name, as the forge makes them of headings."""
    text = re.sub(r"^```.*?^```$", "", path.read_text(), flags=re.M | re.S)
    headings = re.findall(r"^#+ (.+)$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def check_links() -> list[str]:
    """Links to files that are not there, or to headings that they do not have."""
    faults = []
    for page in PAGES:
        text = re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.M | re.S)
        targets = [link[2] for link in LINK.findall(text)] + re.findall(r'src(?:set)?="([^"]+)"', text)
        for target in targets:
            file, _, anchor = target.partition("#")
            if re.match(r"[a-z]+:", file):
                continue
            path = (page.parent / file).resolve() if file else page
            if not path.exists() or not path.is_relative_to(ROOT):
                faults.append(f"{page.relative_to(ROOT)}: {target} is not there")
            elif anchor and anchor not in anchors(path):
                faults.append(f"{page.relative_to(ROOT)}: {target} names no heading")
    return faults


def for_docc(match: re.Match) -> str:
    """A link between files as docc wants it; of files outside the catalog the archive has the path."""
    picture, text, target = match.groups()
    file = target.partition("#")[0]
    if picture or not file or re.match(r"[a-z]+:", file):
        return match[0]
    path = (CATALOG / file).resolve()
    if path.parent == CATALOG and path.suffix == ".md":
        return f"[{text}](doc:{path.stem})"
    shown = f"`{path.relative_to(ROOT)}`"
    return shown if text == shown else f"{text} ({shown})"


def catalog() -> Path:
    """A copy of the catalog with links for docc."""
    copy = SCRATCH / CATALOG.name
    shutil.copytree(CATALOG, copy)
    for path in copy.glob("*.md"):
        blocks = re.split(r"(^```.*?^```$)", path.read_text(), flags=re.M | re.S)
        path.write_text("".join(
            block if block.startswith("```") else LINK.sub(for_docc, block) for block in blocks))
    return copy


def check_archive(graph: dict) -> list[str]:
    """Builds the archive; what docc says, and types that no group of the landing page has."""
    shutil.rmtree(ARCHIVE, ignore_errors=True)
    result = run([
        "docc", "convert", catalog(), "--additional-symbol-graph-dir", SCRATCH / "graphs",
        "--output-dir", ARCHIVE, "--analyze", "--warnings-as-errors", "--fallback-display-name",
        MODULE, "--fallback-bundle-identifier", MODULE], cwd=ROOT)
    if result.returncode != 0 or result.stdout.strip():
        return [f"docc, exit code {result.returncode}:\n{result.stdout}"]
    page = json.loads((ARCHIVE / "data/documentation" / f"{MODULE.lower()}.json").read_text())
    grouped = {
        identifier.rsplit("/", 1)[-1] for group in page["topicSections"]
        if not group.get("generated") for identifier in group["identifiers"]}
    types = {name(symbol) for symbol in graph["symbols"] if len(symbol["pathComponents"]) == 1}
    articles = {path.stem for path in CATALOG.glob("*.md")} - {MODULE}
    missing = sorted((types | articles) - grouped)
    return [f"{item} is in no group of {MODULE}.md" for item in missing]


def blocks_of_page(path: Path) -> list[tuple[int, str]]:
    """The Swift of a page with the lines where it starts; `<!-- swift` hides what readers know."""
    text = path.read_text()
    found = re.finditer(r"^(?:```swift|<!-- swift)\n(.*?)^(?:```|-->)$", text, re.M | re.S)
    return [(text.count("\n", 0, match.start(1)) + 1, match.group(1)) for match in found]


def blocks_of_comments(path: Path) -> list[tuple[int, str]]:
    """The Swift of the documentation comments of a file, each block in a scope of its own."""
    text = path.read_text()
    found = re.finditer(r"^ */// ```swift\n(.*?)^ */// ```$", text, re.M | re.S)
    return [
        (text.count("\n", 0, match.start(1)) + 1,
         "do {\n" + re.sub(r"(?m)^ *///? ?", "", match.group(1)) + "}\n")
        for match in found]


def program(path: Path, blocks: list[tuple[int, str]]) -> str:
    """One program of all blocks; messages name the line where a reader finds it."""
    text = ""
    for line, block in blocks:
        offset = 1 if block.startswith("do {") else 0
        place = f'file: "{path.relative_to(ROOT)}", line: {line - offset}'
        text += f"#sourceLocation({place})\n{block}#sourceLocation()\n"
    return text


def objects_of(part: str) -> list[Path]:
    """The object files of a target; those of sources that are gone stay in the folder."""
    sources = {path.name for path in (ROOT / "Sources" / part).rglob("*")}
    objects = sorted((BUILD / f"{part}.build").rglob("*.o"))
    return [path for path in objects if path.name.removesuffix(".o") in sources]


def check_program(title: str, source: str) -> list[str]:
    """Compiles a program with the module, warnings being errors, and runs it."""
    folder = SCRATCH / title
    folder.mkdir(parents=True)
    (folder / "main.swift").write_text("import DriftKit\n" + source)
    objects = [file for part in parts() for file in objects_of(part)]
    binary = folder / "program"
    compiled = run([
        "swiftc", "-swift-version", "6", "-warnings-as-errors", "-module-name", "Snippets",
        *imports(), folder / "main.swift", *sorted(HERE.glob("*.swift")), *objects, "-lopenblas",
        "-lm", "-o", binary], cwd=ROOT)
    if compiled.returncode != 0:
        return [f"{title} does not compile:\n{compiled.stdout}"]
    result = run([binary], cwd=ROOT, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"})
    if result.returncode != 0:
        return [f"{title} ends with exit code {result.returncode}:\n{result.stdout}"]
    return []


def programs() -> dict[str, str]:
    """A program for each page, and one for all comments."""
    found = {path.stem: program(path, blocks_of_page(path)) for path in PAGES}
    found["comments"] = NAMES + "".join(
        program(path, blocks_of_comments(path))
        for part in exported_modules() for path in swift_files(part))
    return {title: source for title, source in found.items() if source}


def main() -> None:
    start = time.monotonic()
    shutil.rmtree(SCRATCH, ignore_errors=True)
    graph = symbol_graph()
    faults = check_comments(graph) + check_links() + check_archive(graph)
    sources, _ = programs(), parts()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(lambda title: check_program(title, sources[title]), sources):
            faults += found
    for fault in faults:
        print(fault)
    if faults:
        sys.exit(1)
    print(f"{len(graph['symbols'])} symbols documented, the Swift of {', '.join(sources)} runs "
          f"({time.monotonic() - start:.0f} s): {ARCHIVE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
