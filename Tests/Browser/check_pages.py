"""Looks at pages of the program with a real browser. Screenshots are kept in .build/browser."""

import json
import os
import pathlib
import re
import struct
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import pages
import small_png
from devtools import Browser, Tab

CONTRAST = (pathlib.Path(__file__).parent / "contrast.js").read_text(encoding="utf-8")
WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")

SIDEWAYS = """(() => {
  const width = document.documentElement.clientWidth;
  const wide = [...document.querySelectorAll("body *")].filter(item =>
    !item.parentElement.closest(".scroll") && item.getBoundingClientRect().right > width + 1
      && item.checkVisibility());
  return {
    scroll: document.documentElement.scrollWidth - width,
    wide: wide.slice(0, 5).map(item => item.outerHTML.slice(0, 120)),
  };
})()"""

ROWS = """[...document.querySelectorAll("#features tbody tr")].filter(row => !row.hidden)
  .map(row => [...row.cells].map(cell => cell.textContent))"""


def column(tab, index):
    return [row[index] for row in tab.run(ROWS)]


class PageCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = Browser()
        cls.addClassCleanup(cls.browser.close)
        cls.addresses = {
            "fail": pages.fixture("churn", "drifted"), "ok": pages.fixture("jukebox", "current"),
            "hostile": pages.hostile(),
        }

    def open(self, name, width=1280, scheme="light", fragment=""):
        tab = Tab(self.browser)
        self.addCleanup(tab.close)
        tab.look(width, scheme=scheme)
        tab.send("Page.addScriptToEvaluateOnNewDocument", source="""
          window.violations = [];
          document.addEventListener("securitypolicyviolation",
            event => window.violations.push(event.violatedDirective));""")
        tab.open(self.addresses[name] + fragment)
        self.addCleanup(self.checkSilence, tab, self.addresses[name])
        return tab

    def checkSilence(self, tab, address):
        """No error was logged, and nothing but the file itself was asked for."""
        errors = [event["exceptionDetails"] for event in tab.events("Runtime.exceptionThrown")]
        errors += [
            event["entry"]["text"] for event in tab.events("Log.entryAdded")
            if event["entry"]["level"] in ("error", "warning") and not tab.run("window.expected")
        ]
        errors += tab.events("Runtime.consoleAPICalled")
        self.assertEqual(errors, [])
        asked = {
            event["request"]["url"].split("#")[0]
            for event in tab.events("Network.requestWillBeSent")
            if not event["request"]["url"].startswith("data:")
        }
        self.assertEqual(asked, {address})


class Looks(PageCase):
    def test_screenshots_contrast_and_width(self):
        for name in ("fail", "ok", "hostile"):
            for width in WIDTHS:
                for scheme in SCHEMES:
                    with self.subTest(page=name, width=width, scheme=scheme):
                        self.look(name, width, scheme)

    def look(self, name, width, scheme):
        tab = self.open(name, width, scheme)
        stem = pages.FOLDER / f"{name}-{width}-{scheme}"
        self.assertEqual(tab.run(SIDEWAYS), {"scroll": 0, "wide": []})
        tab.run("document.querySelector('#details details').open = true")
        tab.grow()
        tab.grow()  # what came into sight may be higher than was guessed
        tab.picture(f"{stem}.png")
        tab.run("document.querySelectorAll('details').forEach(item => { item.open = true; })")
        self.assertEqual(tab.run(SIDEWAYS), {"scroll": 0, "wide": []})
        contrast = tab.run(CONTRAST)
        self.assertEqual(contrast["found"], [])
        self.assertGreater(contrast["count"], 300)
        tint = tab.run("getComputedStyle(document.body).backgroundColor")
        self.assertEqual(tint, "rgb(244, 245, 247)" if scheme == "light" else "rgb(14, 18, 23)")

    def test_bars_lie_beside_their_rows(self):
        tab = self.open("fail", fragment="#f1")
        places = tab.run("""(() => {
          const table = document.querySelector("#details details[open] .bins table");
          const rows = [...table.tBodies[0].rows].map(row => row.getBoundingClientRect());
          const picture = table.querySelector("svg").getBoundingClientRect();
          return {
            heights: rows.map(row => Math.round(row.height)), top: picture.top - rows[0].top,
            bottom: rows.at(-1).bottom - picture.bottom,
          };
        })()""")
        self.assertEqual(len(set(places["heights"])), 1)
        self.assertLess(abs(places["top"]), 2)
        self.assertLess(abs(places["bottom"]), 2)


class Works(PageCase):
    def test_sorts_by_every_column(self):
        tab = self.open("fail")
        heads = tab.run(
            "[...document.querySelectorAll('#features thead th')].map(head => head.dataset.sort)")
        self.assertEqual(len(heads), 10)
        for index, kind in enumerate(heads[:9]):
            with self.subTest(column=index):
                head = f"#features thead th:nth-child({index + 1})"
                first = tab.run(f"document.querySelector('{head}').getAttribute('aria-sort')")
                self.assertEqual(first, "descending" if index == 2 else "none")
                seen = []
                for _ in range(2):
                    tab.click(f"{head} button")
                    state = tab.run(
                        "[...document.querySelectorAll('#features thead th')]"
                        ".map(head => head.getAttribute('aria-sort'))")
                    self.assertEqual(
                        [at for at, value in enumerate(state) if value not in ("none", None)],
                        [index])
                    seen.append(state[index])
                    self.check_order(tab, index, kind, state[index] == "descending")
                self.assertEqual(set(seen), {"ascending", "descending"})
                # Back to the start for the next column.
                tab.click("#features thead th:nth-child(3) button")
                if "ascending" == tab.run(
                        "document.querySelectorAll('#features th')[2].getAttribute('aria-sort')"):
                    tab.click("#features thead th:nth-child(3) button")

    def check_order(self, tab, index, kind, down):
        # The exact value of every cell, as another program reads it.
        values = tab.run(f"""[...document.querySelectorAll("#features tbody tr")].map(row => {{
          const cell = row.cells[{index}];
          return cell.dataset.value || cell.getAttribute("title") || cell.textContent;
        }})""")
        if kind == "text":
            # Numbers in names count as numbers.
            keys = [
                [int(part) if part.isdigit() else part
                 for part in re.split(r"([0-9]+)", value.lower())] for value in values
            ]
        elif kind == "status":
            keys = [["OK", "WARN", "FAIL"].index(value) for value in values]
        else:
            known = [value for value in values if value not in ("–", "gone")]
            self.assertEqual(values[:len(known)], known, "rows without a number come last")
            keys = [float(value.replace("%", "").replace(",", "")) for value in known]
            keys = [abs(key) for key in keys] if kind == "size" else keys
        self.assertEqual(keys, sorted(keys, reverse=down))

    def test_finds_and_filters(self):
        tab = self.open("fail")
        everything = column(tab, 0)
        tab.click("#search")
        tab.write("WATCH")
        self.assertEqual(
            sorted(column(tab, 0)), ["watch_minutes_14d", "watch_minutes_30d", "watch_minutes_7d"])
        self.assertEqual(tab.run("document.querySelector('#shown').textContent"), "3 of 14 shown")
        visible = tab.run(
            "[...document.querySelectorAll('#details > details')].filter(item => !item.hidden)"
            ".map(item => item.querySelector('h3').textContent)")
        self.assertEqual(sorted(visible), sorted(column(tab, 0)))
        tab.press("Enter")  # asks for nothing
        tab.write("nothing has this name")
        self.assertEqual(column(tab, 0), [])
        self.assertTrue(tab.run("document.querySelector('#nothing').checkVisibility()"))
        tab.run("document.querySelector('#search').select()")
        tab.write(" ")
        self.assertEqual(column(tab, 0), everything)
        for status in ("FAIL", "WARN", "OK"):
            tab.click(f"#controls input[value='{status}']")
            self.assertEqual(
                column(tab, 2), [status] * everything_of(status), "only rows of the status")
        tab.click("#controls input[value='']")
        self.assertEqual(column(tab, 0), everything)

    def test_links_unfold_details(self):
        tab = self.open("fail")
        opened = "[...document.querySelectorAll('#details [open] h3')].map(item => item.textContent)"
        self.assertEqual(tab.run(opened), [])
        names = column(tab, 0)
        tab.click("#features tbody tr:nth-child(3) a")
        self.assertEqual(tab.run(opened), [names[2]])
        tab.run("document.querySelector('#details [open]').open = false")
        tab.click("#features tbody tr:nth-child(3) a")
        self.assertEqual(tab.run(opened), [names[2]], "the same link works again")
        top = tab.run("document.querySelector('#details [open]').getBoundingClientRect().top")
        self.assertTrue(-2 <= top < 900)
        # Details that the filter hides come back.
        tab.click("#controls input[value='OK']")
        tab.click(".reasons a[href^='#f']")
        self.assertIn(tab.run("document.querySelector('.reasons a[href^=\"#f\"]').textContent"),
                      tab.run(opened))
        tab.click("#controls input[value='']")
        tab.click("#open")
        self.assertEqual(len(tab.run(opened)), len(names))
        tab.click("#close")
        self.assertEqual(tab.run(opened), [])

    def test_fragment_unfolds_details(self):
        tab = self.open("fail", fragment="#f2")
        self.assertEqual(
            tab.run("document.querySelectorAll('#details [open] #f2').length"), 1)

    def test_keyboard_reaches_everything_and_focus_is_seen(self):
        tab = self.open("ok")
        seen = []
        for _ in range(40):
            tab.press("Tab")
            seen.append(tab.run("""(() => {
              const item = document.activeElement, style = getComputedStyle(item);
              const next = getComputedStyle(item.nextElementSibling || item);
              const shown = [style, next].some(s => s.outlineStyle === "solid"
                && parseFloat(s.outlineWidth) >= 2);
              return [item.id || item.className || item.textContent, item.tagName, shown];
            })()"""))
        self.assertEqual(seen[0][0], "skip")
        names = [item[0] for item in seen]
        for wanted in ("search", "scroll", "PSI", "Effect", "danceability"):
            self.assertIn(wanted, names)
        self.assertEqual([item for item in seen if not item[2]], [])

    def test_everything_has_a_name(self):
        tab = self.open("fail")
        tab.click("#open")
        nodes = tab.send("Accessibility.getFullAXTree")["nodes"]
        roles = {}
        for node in nodes:
            if not node.get("ignored"):
                name = node.get("name", {}).get("value", "")
                roles.setdefault(node["role"]["value"], []).append(name)
        for role in ("button", "link", "searchbox", "radio", "image", "region", "heading", "table"):
            self.assertIn(role, roles)
            self.assertEqual([name for name in roles[role] if not name.strip()], [], role)
        for landmark in ("main", "banner", "contentinfo"):
            self.assertEqual(len(roles[landmark]), 1)


class Prints(PageCase):
    def test_details_are_open_on_paper(self):
        for width in (1280,):
            tab = self.open("fail", width)
            tab.print(pages.FOLDER / "fail.pdf")
            still = tab.run("document.querySelectorAll('#details [open]').length")
            self.assertEqual(still, 0, "closed again after printing")
            # Also where scripts do not hear of printing.
            tab.look(794, media="print")
            heights = tab.run(
                "[...document.querySelectorAll('#details .body')]"
                ".map(item => item.getBoundingClientRect().height)")
            self.assertGreater(min(heights), 100)
            hidden = tab.run(
                "['#controls', '#open', '.skip']"
                ".filter(item => document.querySelector(item).checkVisibility())")
            self.assertEqual(hidden, [])
            tab.grow()
            tab.picture(pages.FOLDER / "fail-print.png")
            self.assertEqual(tab.run(SIDEWAYS)["scroll"], 0)


class Safe(PageCase):
    def test_names_do_nothing(self):
        tab = self.open("hostile")
        self.assertIsNone(tab.run("window.broken"))
        self.assertEqual(tab.run("window.violations"), [])
        self.assertEqual(tab.run("document.querySelectorAll('script').length"), 1)
        shown = tab.run("[...document.querySelectorAll('#features bdi')].map(n => n.textContent)")
        self.assertIn(pages.HOSTILE[0], shown)
        self.assertIn("right\\u{202E}tfel", shown)

    def test_policy_stops_what_is_not_the_pages_own(self):
        tab = self.open("ok")
        tab.run("""(() => {
          window.expected = true;
          document.body.insertAdjacentHTML("beforeend",
            "<img src='data:,' onerror='window.broken=1'><p style='color:red' onclick='1'>x</p>");
          const script = document.createElement("script");
          script.textContent = "window.broken = 1";
          document.body.append(script);
          return new Promise(done => setTimeout(done, 300));
        })()""")
        self.assertIsNone(tab.run("window.broken"))
        violated = set(tab.run("window.violations"))
        self.assertLessEqual({"img-src", "style-src-attr", "script-src-elem"}, violated)

    def test_without_scripts_the_page_is_whole(self):
        tab = Tab(self.browser)
        self.addCleanup(tab.close)
        tab.look(1280)
        tab.send("Emulation.setScriptExecutionDisabled", value=True)
        tab.go(self.addresses["fail"])
        self.assertEqual(len(tab.run(ROWS)), 14)
        dead = tab.run(
            "['#controls', '#open', '#nothing']"
            ".filter(item => document.querySelector(item).checkVisibility())")
        self.assertEqual(dead, [])
        tab.click("#features tbody tr:nth-child(2) a")
        unfolded = "document.querySelectorAll('#details [open]').length"
        deadline = time.monotonic() + 10
        while tab.run(unfolded) == 0 and time.monotonic() < deadline:
            pass
        self.assertEqual(tab.run(unfolded), 1)


class Wide(PageCase):
    def test_a_thousand_features_are_quick(self):
        self.addresses["wide"] = pages.wide()
        tab = Tab(self.browser)
        self.addCleanup(tab.close)
        tab.look(1280)
        seconds = tab.open(self.addresses["wide"])
        print(f"\n1,000 features: opened in {seconds:.2f} s", end=" ")
        self.assertLess(seconds, 5)
        spent = tab.run("""(() => {
          const start = performance.now();
          document.querySelector("#features thead th:nth-child(4) button").click();
          document.querySelector("#features").offsetHeight;
          const sorted = performance.now();
          const search = document.querySelector("#search");
          search.value = "99";
          search.dispatchEvent(new Event("input", { bubbles: true }));
          document.querySelector("#features").offsetHeight;
          return [sorted - start, performance.now() - sorted];
        })()""")
        print(f"sorted in {spent[0]:.0f} ms, filtered in {spent[1]:.0f} ms", end=" ")
        self.assertLess(max(spent), 2_000)
        self.assertEqual(len(tab.run(ROWS)), 19)
        tab.picture(pages.FOLDER / "wide.png")


class Pictures(PageCase):
    """The screenshots of the documentation. WRITE_PICTURES=1 takes them anew (`make pictures`)."""

    KEPT = pages.ROOT / "Sources" / "DriftKit" / "DriftKit.docc"
    WANTED = (("report", 1280, 860), ("report~dark", 1280, 860), ("report-phone", 390, 844))

    def test_the_documentation_shows_the_page_as_it_is(self):
        self.addresses["readme"] = pages.fixture("jukebox", "drifted")
        shown = [pages.ROOT / "README.md", *self.KEPT.glob("*.md")]
        text = "".join(page.read_text(encoding="utf-8") for page in shown)
        for name, width, height in self.WANTED:
            with self.subTest(picture=name):
                scheme = "dark" if name.endswith("dark") else "light"
                tab = self.open("readme", width, scheme)
                tab.look(width, height, scheme)
                tab.settle()
                self.assertGreaterEqual(tab.run("document.documentElement.scrollHeight"), height)
                taken = pages.FOLDER / f"{name}.png"
                tab.picture(taken)
                kept = self.KEPT / taken.name
                if os.environ.get("WRITE_PICTURES"):
                    kept.write_bytes(small_png.small(taken.read_bytes()))
                self.assertRegex(text, rf"[(/\"]{re.escape(kept.name)}[)\"]")
                self.assertEqual(size_of(kept), (width, height))
                self.assertLess(kept.stat().st_size, 100_000)


def size_of(picture):
    """Width and height of a PNG file, from its first chunk."""
    data = picture.read_bytes()
    return struct.unpack(">II", data[16:24]) if data[:8] == b"\x89PNG\r\n\x1a\n" else None


def everything_of(status):
    features = json.loads(
        (pages.FOLDER / "churn-drifted.json").read_text(encoding="utf-8"))["features"]
    return sum(feature["status"] == status for feature in features)


if __name__ == "__main__":
    unittest.main(verbosity=1)
