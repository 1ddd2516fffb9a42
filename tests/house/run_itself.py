#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""Uses ./run as a person does: start, look, start again. Prints TAP; used by CI, not by ./check.

Needs the packages of ./run. As root it also sees that the server is not root's. A git and an
apt-get that only leave a mark stand first on the PATH: neither may be used once the packages are
there.
"""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FIRST_START = 300  # seconds, with the build
LATER_START = 5


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class House:
    def __init__(self, folder):
        self.mark = os.path.join(folder, "used")
        for name in ("git", "apt-get"):
            path = os.path.join(folder, name)
            with open(path, "w", encoding="utf-8") as handle:
                handle.write(f"#!/bin/sh\necho {name} \"$@\" >>{self.mark}\nexit 99\n")
            os.chmod(path, 0o755)
        self.environment = {**os.environ, "PATH": folder + ":" + os.environ["PATH"]}
        self.started = []

    def start(self, *options):
        process = subprocess.Popen([os.path.join(ROOT, "run"), *options], cwd="/",
                                   env=self.environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.started.append(process)
        return process

    def end(self, *options, seconds=30):
        """Runs ./run to its end: (exit code, what it printed)."""
        process = self.start(*options)
        try:
            text = process.communicate(timeout=seconds)[0]
        except subprocess.TimeoutExpired:
            return None, ""
        return process.returncode, text.decode("utf-8", "replace")

    def stop_all(self):
        for process in self.started:
            if process.poll() is None:
                process.terminate()
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()


def page(port, path="/"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace")


def page_as(account, port, path):
    """The hundreds of the status another account gets, by a child of root who changes over."""
    child = os.fork()
    if child == 0:
        status = 0
        try:
            os.setgroups([])
            os.setgid(account)
            os.setuid(account)
            status = page(port, path)[0]
        finally:
            os._exit(status // 100)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def wait_for_page(process, port, limit):
    """Seconds until the page answers, or None."""
    began = time.monotonic()
    while time.monotonic() - began < limit and process.poll() is None:
        try:
            if page(port)[0] in (200, 302, 303):
                return time.monotonic() - began
        except OSError:
            pass
        time.sleep(0.05)
    return None


def try_out(house):
    """Yields (name, good, what was seen)."""
    port = free_port()
    address = f"127.0.0.1:{port}"
    first = house.start("--listen", address)
    seconds = wait_for_page(first, port, FIRST_START)
    yield "the page answers after the first start", seconds is not None, \
        f"{seconds or -1:.1f} s, exit {first.poll()}"
    if seconds is None:
        print(first.communicate(timeout=10)[0].decode("utf-8", "replace"), file=sys.stderr)
        return
    status, body = page(port, "/nl/")
    yield "the first page is HTML in Dutch", "<html lang=\"nl\"" in body, f"status {status}"
    status, body = page(port, "/nl/signals")
    rows = len(set(re.findall(r"/nl/signal/\d+", body)))
    yield "a team's signals are there, of a generated region", status == 200 and rows >= 10, \
        f"status {status}, {rows} signals"

    if os.getuid() == 0:
        with open(f"/proc/{first.pid}/status", encoding="utf-8") as handle:
            lines = handle.read()
        ids = re.search(r"^Uid:\s+(.*)$", lines, re.MULTILINE).group(1).split()
        yield "started as root, the server runs as nobody", set(ids) == {"65534"}, ids
        powers = re.search(r"^CapEff:\s+(\w+)$", lines, re.MULTILINE).group(1)
        yield "and has no capability left", int(powers, 16) == 0, powers
        codes = [page_as(65534, port, path) for path in ("/nl/signals", "/nl/card")]
        yield "another account gets the card and not the team", codes == [4, 2], codes

    code, text = house.end("--listen", address)
    yield "a taken port is said, with exit 3", code == 3 and str(port) in text, (code, text)
    code, text = house.end("--listen", f"0.0.0.0:{free_port()}")
    yield "beyond loopback is refused, with exit 2", code == 2, (code, text)
    code, text = house.end("--no-such-option")
    yield "a wrong option is bad usage, exit 2", code == 2, (code, text)

    first.send_signal(signal.SIGTERM)
    first.wait(10)
    yield "it ends when asked", first.returncode in (0, -signal.SIGTERM), first.returncode
    again = house.start("--listen", address)
    seconds = wait_for_page(again, port, 60)
    yield f"the second start takes less than {LATER_START} s", \
        seconds is not None and seconds < LATER_START, f"{seconds or -1:.2f} s"
    again_rows = set(re.findall(r"/nl/signal/\d+", page(port, "/nl/signals")[1]))
    yield "and has the same signals", again_rows == set(re.findall(r"/nl/signal/\d+", body)), \
        f"{len(again_rows)} signals"
    used = ""
    if os.path.exists(house.mark):
        with open(house.mark, encoding="utf-8") as handle:
            used = handle.read()
    yield "git and apt were not used", used == "", used


def main():
    number, failed = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        house = House(folder)
        try:
            for name, good, seen in try_out(house):
                number += 1
                failed += not good
                print(f"{'ok' if good else 'not ok'} {number} - {name} ({seen})"
                      .replace("\n", " ").replace("#", ""), flush=True)
        finally:
            house.stop_all()
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
