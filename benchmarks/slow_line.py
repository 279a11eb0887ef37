"""How soon a page is there on a slow line and an old phone, as Chromium simulates them.

    .venv/bin/python benchmarks/slow_line.py http://127.0.0.1:8000/ http://127.0.0.1:8000/articles/1/

Each run is a first visit: an empty cache, 390 by 844 pixels, 400 ms before each answer, 50 KB a
second and a processor four times slower than this one. The server has to be running; it is asked
once before, because the line is measured here and not the server.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import urllib.request
from dataclasses import dataclass

from playwright.sync_api import Browser, sync_playwright

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# Milliseconds, bytes a second, and how many times slower than this machine's processor.
LATENCY, DOWN, UP, SLOWER = 400, 50_000, 20_000, 4
# Until nothing larger can be painted any more, in milliseconds.
SETTLED = 1_500
OBSERVE = """
  window.seen = { largest: 0, of: "", shift: 0 };
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) {
      seen.largest = one.startTime;
      seen.of = one.element?.className || one.element?.tagName || "";
    }
  }).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) seen.shift += one.value;
  }).observe({ type: "layout-shift", buffered: true });
"""
READ = """() => ({
  first: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
  ...window.seen,
  weight: ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
    .reduce((sum, one) => sum + one.transferSize, 0),
  requests: 1 + performance.getEntriesByType("resource").length,
})"""


@dataclass(frozen=True)
class Visit:
    """What one visit showed: moments in milliseconds, bytes over the line, requests."""

    first: float
    largest: float
    of: str
    shift: float
    weight: int
    requests: int


def visit(browser: Browser, address: str, *, pictures: bool, slower: float) -> Visit:
    """Visit a page as somebody who has never been there."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844},
        device_scale_factor=2,
        is_mobile=True,
        service_workers="block",
    )
    try:
        page = context.new_page()
        page.add_init_script(OBSERVE)
        if not pictures:
            page.route("**/media/**", lambda route: route.abort())
        line = context.new_cdp_session(page)
        line.send("Network.enable")
        line.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": LATENCY,
                "downloadThroughput": DOWN,
                "uploadThroughput": UP,
            },
        )
        line.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        page.goto(address, wait_until="load", timeout=120_000)
        page.wait_for_timeout(SETTLED)
        return Visit(**page.evaluate(READ))
    finally:
        context.close()


def main() -> None:
    """Print the median of some visits to each address."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("addresses", nargs="+", metavar="ADDRESS")
    parser.add_argument("--visits", type=int, default=5, help="to each (5)")
    parser.add_argument(
        "--slower", type=float, default=SLOWER, help="times slower than this processor (4)"
    )
    parser.add_argument("--without-pictures", action="store_true", help="refuse /media/")
    given = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium found; on Debian: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for address in given.addresses:
            urllib.request.urlopen(address, timeout=60).close()  # noqa: S310 - as it was given
            visits = [
                visit(browser, address, pictures=not given.without_pictures, slower=given.slower)
                for _ in range(given.visits)
            ]
            first = sorted(one.first for one in visits)
            sys.stdout.write(
                f"{address}\n"
                f"  first paint {statistics.median(first):.0f} ms ({first[0]:.0f}-{first[-1]:.0f}),"
                f" largest {statistics.median(one.largest for one in visits):.0f} ms"
                f" ({visits[0].of}),"
                f" shift {max(one.shift for one in visits):.3f},"
                f" {statistics.median(one.weight for one in visits) / 1000:.1f} KB"
                f" in {visits[0].requests} requests\n"
            )
        browser.close()


if __name__ == "__main__":
    main()
