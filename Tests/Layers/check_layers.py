"""Checks that modules, and the folders in them, only refer down.

A module imports those before it in MODULES. The folders of a module are a graph: an arrow for every name of
a top-level type of one that stands in a file of another. Fails on a circle, and says which names make it.
Names behind a dot (nested types, members) and members of extensions are not followed.
"""
import pathlib
import re
import sys

# From the ground to the roof.
MODULES = [
    "CInstructionSets", "CColumnKernels", "CDecompress", "CDriftKernels", "CFastFloat", "CProcess",
    "CTextKernels", "COpenBLAS", "CCurl", "CPopt", "CPush", "CYaml", "CZlib", "CZstd",
    "Checked", "Parallel", "DriftColumns", "Tabular", "DriftSummaries", "DriftStatistics",
    "DriftDetection", "DriftKit", "DriftReport", "DriftCheckCore", "drift-check",
]
# Modules whose folders may still go in circles.
NOT_YET_CLEAN: set[str] = set()

ATTRIBUTES = r"(?:@\w+(?:\([^)]*\))?\s+)*"
SEEN = r"(?:(?:public|package|internal|final|indirect|nonisolated)\s+)*"
KINDS = r"(?:struct|enum|class|protocol|actor|typealias|associatedtype)"
TOP = re.compile(rf"^{ATTRIBUTES}{SEEN}{KINDS}\s+([A-Z]\w*)", re.M)
# Types within others, private ones and generic parameters hide those of other files.
HIDING = re.compile(rf"^\s+.*?\b{KINDS}\s+([A-Z]\w*)|^(?:file)?private.*?\b{KINDS}\s+([A-Z]\w*)", re.M)
GENERIC = re.compile(r"[\w>]<([A-Z]\w*(?::[^<>()]*)?(?:,\s*[A-Z]\w*(?::[^<>()]*)?)*)>\s*[({:]")
IMPORT = re.compile(rf"^{ATTRIBUTES}(?:\w+\s+)?import\s+(?:{KINDS}\s+)?([\w-]+)", re.M)
NAME = re.compile(r"(?<![.\w])[A-Z]\w*")
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|(#*)("""|")', re.S)


def code(text):
    """A file without comments and texts; what is interpolated in a text stays."""
    result, place = [], 0
    while found := TOKEN.search(text, place):
        result.append(text[place:found.start()])
        place = found.end()
        if not found.group(2):
            continue
        end, escape = found.group(2) + found.group(1), "\\" + found.group(1)
        while place < len(text) and not text.startswith(end, place):
            if text.startswith(escape + "(", place):
                place, depth = place + len(escape) + 1, 1
                start = place
                while place < len(text) and depth:
                    depth += {"(": 1, ")": -1}.get(text[place], 0)
                    place += 1
                result.append(" " + code(text[start:place - 1]) + " ")
            else:
                place += len(escape) + 1 if text.startswith(escape, place) else 1
        place += len(end)
    return "".join(result) + text[place:]


def hidden(text):
    """The names that mean something else in a file than elsewhere."""
    names = {name for pair in HIDING.findall(text) for name in pair if name}
    for parameters in GENERIC.findall(text):
        names.update(re.findall(r"(?:^|,)\s*([A-Z]\w*)", parameters))
    return names


def arrows(files):
    """The arrows between the folders of a module: for each, the files and names that make it."""
    owners = {}
    for path, text in files.items():
        for name in TOP.findall(text):
            owners.setdefault(name, path.parent)
    own = {}
    for path, text in files.items():
        # What is nested in a type is known in all files of that type.
        own.setdefault((path.parent, path.stem.split("+")[0]), set()).update(hidden(text))
    graph = {}
    for path, text in sorted(files.items()):
        for name in sorted(set(NAME.findall(text)) - own[path.parent, path.stem.split("+")[0]]):
            owner = owners.get(name, path.parent)
            if owner != path.parent:
                graph.setdefault(path.parent, {}).setdefault(owner, []).append((path.name, name))
    return graph


def circle(graph, start):
    """The shortest way from a folder back to it; None when there is none."""
    ways = [[start]]
    seen = set()
    for way in ways:
        for folder in sorted(graph.get(way[-1], {})):
            if folder == start:
                return way + [start]
            if folder not in seen:
                seen.add(folder)
                ways.append(way + [folder])
    return None


def problems(files, not_yet_clean=()):
    """What refers up in some files, by their paths below Sources."""
    found, modules = [], {}
    for path, text in files.items():
        modules.setdefault(path.parts[0], {})[path] = code(text)
    for module, own in sorted(modules.items()):
        if module not in MODULES:
            found.append(f"{module}: no place among the modules of {pathlib.Path(__file__).name}")
            continue
        for path, text in sorted(own.items()):
            for name in IMPORT.findall(text):
                if name in MODULES and MODULES.index(name) >= MODULES.index(module):
                    found.append(f"{path}: imports {name}, which is not below {module}")
        if module in not_yet_clean:
            continue
        graph, told = arrows(own), set()
        for way in filter(None, (circle(graph, folder) for folder in sorted(graph))):
            if told.isdisjoint(way):
                told.update(way)
                found.append(f"{module}: folders in a circle")
                for one, other in zip(way, way[1:]):
                    names = ", ".join(f"{name} ({file})" for file, name in graph[one][other][:5])
                    found.append(f"  {one} -> {other}: {names}")
    return found


def planted():
    """Shows that what refers up is found, and what only looks like it is not."""
    def count(**texts):
        return len(problems({pathlib.Path("Parallel", key.replace("_", "/") + ".swift"): text
                             for key, text in texts.items()}))
    low = "struct Low {\n  struct High {}\n}"
    clean = dict(A_Low=low, B_High='import Checked\nstruct High { let low: Low }')
    assert count(**clean) == 0
    assert count(**clean, A_More="// High\nlet a = Low.High()\nlet b = \"High\"\nfunc c<High>(_: High)") == 0
    assert count(**clean, A_More="let text = \"one \\(High.name)\"") == 3
    assert count(**clean, A_More="func a() -> High?") == 3
    assert count(**clean, C_Far="struct Far { let high: High }", A_More="let far: [Far]") == 4
    assert count(**clean, A_More="package import Tabular") == 1


def main():
    planted()
    root = pathlib.Path(__file__).resolve().parents[2] / "Sources"
    files = {path.relative_to(root): path.read_text() for path in root.rglob("*.swift")}
    found = problems(files, NOT_YET_CLEAN)
    print("\n".join(found), end="\n" if found else "")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
