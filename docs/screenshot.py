"""Draw the README's picture of the home page: `make screenshot`.

Starts Bulletin with the sample newsroom on a database of its own, photographs the home page at
1280 px in Chromium and writes docs/home.png.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "home.png"
CHROMIUM_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, seconds: float = 30) -> None:
    """Wait until the server answers."""
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


def main() -> None:
    """Make the sample, serve it, photograph it."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("No Chromium found; on Debian: apt-get install chromium fonts-noto-cjk")
    port = free_port()
    with tempfile.TemporaryDirectory() as var:
        environment = {
            **os.environ,
            "ENVIRONMENT": "development",
            "VAR_DIR": var,
            "DATABASE_URL": f"sqlite:///{var}/bulletin.sqlite3",
        }
        manage = [sys.executable, str(ROOT / "manage.py")]
        for command in (["migrate", "--verbosity", "0"], ["sample"]):
            subprocess.run([*manage, *command], cwd=ROOT, env=environment, check=True)
        server = subprocess.Popen(
            [*manage, "serve", "--port", str(port), "--workers", "1"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
        )
        try:
            address = f"http://127.0.0.1:{port}/"
            wait_for(address)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
                page = browser.new_page(viewport={"width": 1280, "height": 1500})
                page.goto(address, wait_until="networkidle")
                page.screenshot(path=PICTURE)
                browser.close()
            # The drawings have few colours, and 256 of them make a third of the file.
            with Image.open(PICTURE) as picture:
                fewer = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
            fewer.save(PICTURE, optimize=True)
        finally:
            server.terminate()
            server.wait(timeout=15)
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)} is drawn.\n")


if __name__ == "__main__":
    main()
