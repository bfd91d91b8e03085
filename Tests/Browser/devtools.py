"""A browser without a window, driven over its DevTools protocol with nothing but Python itself."""

import base64
import json
import os
import select
import subprocess
import tempfile
import time


class BrowserError(Exception):
    """The browser refused a command, ended or did not answer."""


class Browser:
    """One Chromium process. The protocol goes over a pipe: no port is opened."""

    def __init__(self, program="/usr/bin/chromium"):
        self.profile = tempfile.TemporaryDirectory(prefix="drift-check-browser-")
        read_by_browser, self.output = os.pipe()
        self.input, written_by_browser = os.pipe()
        options = [
            program, "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run",
            "--hide-scrollbars", "--disable-extensions", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--no-default-browser-check",
            "--disable-dev-shm-usage", "--force-color-profile=srgb",
            f"--user-data-dir={self.profile.name}",
        ]
        if os.geteuid() == 0:
            options.append("--no-sandbox")  # the sandbox cannot be root's
        # The browser reads from descriptor 3 and writes to descriptor 4.
        moves = f"exec \"$@\" 3<&{read_by_browser} 4>&{written_by_browser}"
        self.process = subprocess.Popen(
            ["bash", "-c", moves, "bash", *options],
            pass_fds=(read_by_browser, written_by_browser),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": self.profile.name},
        )
        os.close(read_by_browser)
        os.close(written_by_browser)
        self.buffer = b""
        self.next_id = 0
        self.events = []

    def close(self):
        try:
            self.send("Browser.close")
        except BrowserError:
            pass
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.input)
        os.close(self.output)
        self.profile.cleanup()

    def send(self, method, session=None, timeout=60, **parameters):
        """Sends a command and waits for its answer; events on the way are kept."""
        self.next_id += 1
        wanted = self.next_id
        message = {"id": wanted, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        try:
            while data:
                data = data[os.write(self.output, data):]
        except BrokenPipeError as error:
            raise BrowserError("the browser has ended") from error
        deadline = time.monotonic() + timeout
        while True:
            answer = self.receive(deadline)
            if answer.get("id") != wanted:
                self.events.append(answer)
            elif "error" in answer:
                raise BrowserError(f"{method}: {answer['error']['message']}")
            else:
                return answer["result"]

    def receive(self, deadline):
        while b"\0" not in self.buffer:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.input], [], [], left)[0]:
                raise BrowserError("the browser does not answer")
            data = os.read(self.input, 1 << 20)
            if not data:
                raise BrowserError("the browser has ended")
            self.buffer += data
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)


class Tab:
    """One page in the browser."""

    def __init__(self, browser):
        self.browser = browser
        target = browser.send("Target.createTarget", url="about:blank")["targetId"]
        self.target = target
        self.session = browser.send(
            "Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log", "DOM"):
            self.send(f"{domain}.enable")

    def send(self, method, **parameters):
        return self.browser.send(method, session=self.session, **parameters)

    def close(self):
        self.browser.send("Target.closeTarget", targetId=self.target)

    def events(self, *methods):
        return [
            event["params"] for event in self.browser.events
            if event.get("sessionId") == self.session and event["method"] in methods
        ]

    def look(self, width, height=900, scheme="light", media="screen"):
        """Sets the window and what the user prefers."""
        self.width = width
        self.send(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
            mobile=width < 500)
        self.send(
            "Emulation.setEmulatedMedia", media=media,
            features=[
                {"name": "prefers-color-scheme", "value": scheme},
                {"name": "prefers-reduced-motion", "value": "reduce"},
            ])

    def grow(self, most=12_000):
        """Makes the window as high as the page: what is out of sight may not be drawn."""
        height = self.run("document.documentElement.scrollHeight")
        self.send(
            "Emulation.setDeviceMetricsOverride", width=self.width, height=min(height, most),
            deviceScaleFactor=1, mobile=self.width < 500)
        self.settle()

    def settle(self):
        """Waits until the page is drawn."""
        self.run("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")

    def open(self, address, timeout=60):
        """Goes to an address and waits until it is drawn; returns the seconds that it took."""
        start = time.monotonic()
        self.go(address, timeout)
        self.settle()
        return time.monotonic() - start

    def go(self, address, timeout=60):
        """Goes to an address and waits until it is loaded."""
        before = len(self.events("Page.loadEventFired"))
        deadline = time.monotonic() + timeout
        self.send("Page.navigate", url=address)
        while len(self.events("Page.loadEventFired")) == before:
            self.browser.events.append(self.browser.receive(deadline))

    def run(self, expression):
        """The value of an expression in the page; promises are waited for."""
        answer = self.send(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise BrowserError(details.get("exception", details).get("description", str(details)))
        return answer["result"].get("value")

    def click(self, selector):
        """Clicks the middle of an element with the mouse."""
        place = self.run(
            f"""(() => {{
              const item = document.querySelector({json.dumps(selector)});
              item.scrollIntoView({{block: "center", inline: "center"}});
              const box = item.getBoundingClientRect();
              return [box.left + box.width / 2, box.top + box.height / 2];
            }})()""")
        for kind in ("mousePressed", "mouseReleased"):
            self.send(
                "Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left",
                clickCount=1)

    def press(self, key, code=None):
        for kind in ("keyDown", "keyUp"):
            self.send(
                "Input.dispatchKeyEvent", type=kind, key=key, code=key,
                windowsVirtualKeyCode=code or {"Tab": 9, "Enter": 13, " ": 32}[key],
                **({"text": "\r"} if key == "Enter" and kind == "keyDown" else {}))

    def write(self, text):
        self.send("Input.insertText", text=text)

    def picture(self, path):
        """A screenshot of the window."""
        data = self.send("Page.captureScreenshot")["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def print(self, path):
        data = self.send("Page.printToPDF", printBackground=False)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))
