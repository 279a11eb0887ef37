"""How many pages a second: with the page cache, without it, and nginx with the same bytes as files.

    .venv/bin/python benchmarks/serving.py
    .venv/bin/python benchmarks/serving.py --rounds 5 --seconds 8 --database postgres:///bench

Needs wrk and nginx (on Debian: apt-get install wrk nginx-light). The load comes from the same
machine. Each round asks all of them one after the other, so that what else runs falls on
all alike; the medians and their ratios are printed. Every answer is checked before it is timed.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANAGE = [sys.executable, str(ROOT / "manage.py")]
STORIES = 2000
CONNECTIONS = 32
STARTING = 60
# All are asked under one name: it stands in the page, also in its QR code.
HOST = "bench.example"
NGINX = """
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    keepalive_requests 10000000;
    default_type text/html;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    open_file_cache max=100;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/files;
        gzip_static on;
        index index.html;
    }}
}}
"""


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(address: str) -> tuple[bytes, bytes]:
    """Return what an address answers to whoever takes gzip: the bytes as sent, and as read."""
    headers = {"Accept-Encoding": "gzip", "Host": HOST}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own
        sent = answer.read()
        packed = answer.headers.get("Content-Encoding") == "gzip"
    return sent, gzip.decompress(sent) if packed else sent


@contextmanager
def process(command: list[str], address: str, **environment: str) -> Iterator[int]:
    """Run a server until it has answered and the measuring is over; give its process's number."""
    running = subprocess.Popen(  # noqa: S603 - our own commands
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + STARTING
        while True:
            try:
                fetch(address)
                break
            except OSError:
                if time.monotonic() > end or running.poll() is not None:
                    raise SystemExit(f"{command[0]} does not answer at {address}") from None
                time.sleep(0.1)
        yield running.pid
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        running.wait()


def wrk(address: str, seconds: int) -> float:
    """Return requests a second; an answer that is not 200 ends the measuring."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", f"Host: {HOST}"]
    command += ["-H", "Accept-Encoding: gzip"]
    said = subprocess.run(  # noqa: S603 - our own command
        [*command, address], capture_output=True, text=True, check=True
    ).stdout
    if "Non-2xx" in said or re.search(r"connect [1-9]|read [1-9]|write [1-9]", said):
        raise SystemExit(f"{address}: {said}")
    return float(re.search(r"Requests/sec:\s*([\d.]+)", said).group(1))  # type: ignore[union-attr]


def memory(group: int) -> float:
    """Return the megabytes that all processes of a group hold for themselves (PSS, Linux)."""
    total = 0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.getpgid(int(entry.name)) == group:
                    rollup = (entry / "smaps_rollup").read_text()
                    total += int(re.search(r"Pss:\s*(\d+)", rollup).group(1))  # type: ignore[union-attr]
            except OSError:
                continue
    return total / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured (3)")
    parser.add_argument("--seconds", type=int, default=5, help="for how long each time (5)")
    parser.add_argument("--workers", type=int, default=2, help="processes of each server (2)")
    parser.add_argument("--database", help="an empty database; a new SQLite one if none is named")
    asked = parser.parse_args()
    for needed in ("wrk", "nginx"):
        if shutil.which(needed, path=f"{os.environ['PATH']}:/usr/sbin") is None:
            raise SystemExit(f"{needed} is missing (on Debian: apt-get install wrk nginx-light)")
    with tempfile.TemporaryDirectory(prefix="bulletin-bench-") as name, ExitStack() as running:
        folder = Path(name)
        folder.chmod(0o755)
        environment = {
            "ENVIRONMENT": "production",
            "SITE_NAME": "测速",
            "SECRET_KEY": "of no use elsewhere " * 4,
            "ALLOWED_HOSTS": HOST,
            "BEHIND_PROXY": "0",
            "SECURE_SSL_REDIRECT": "0",
            "LOG_LEVEL": "ERROR",
            "VAR_DIR": str(folder / "var"),
            "DATABASE_URL": asked.database or f"sqlite:///{folder}/bench.sqlite3",
        }
        for command in (
            ["migrate", "--verbosity", "0"],
            ["collectstatic", "--noinput", "--verbosity", "0"],
            ["fill", "--articles", str(STORIES), "--in-production"],
        ):
            subprocess.run(  # noqa: S603 - our own commands
                [*MANAGE, *command],
                cwd=ROOT,
                env={**os.environ, **environment},
                check=True,
                stdout=subprocess.DEVNULL,
            )
        addresses, groups = {}, {}
        for label, megabytes in (("with the page cache", "64"), ("without", "0")):
            port = free_port()
            address = f"http://127.0.0.1:{port}"
            command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
            command += ["--workers", str(asked.workers), "--blocking-threads", "4"]
            command += ["--log-level", "warning", "bulletin.wsgi:application"]
            groups[label] = running.enter_context(
                process(command, address, PAGE_CACHE_MEGABYTES=megabytes, **environment)
            )
            addresses[label] = address
        paths = {"home": "/", "story": first_story(addresses["without"])}
        port = free_port()
        pages = lay_out(folder, paths, addresses, port, asked.workers)
        nginx = ["/usr/sbin/nginx", "-c", f"{folder}/nginx.conf", "-g", "daemon off;"]
        addresses["nginx static"] = f"http://127.0.0.1:{port}"
        running.enter_context(process(nginx, addresses["nginx static"]))
        check(addresses, paths, pages)
        figures: dict[tuple[str, str], list[float]] = {}
        for _ in range(asked.rounds):
            for page, path in paths.items():
                for label, address in addresses.items():
                    found = wrk(address + path, asked.seconds)
                    figures.setdefault((page, label), []).append(found)
        say(paths, addresses, figures, {label: memory(group) for label, group in groups.items()})


def first_story(address: str) -> str:
    """Return the path of a story that the home page leads to."""
    home = fetch(f"{address}/")[1].decode()
    found = re.search(r'href="(/articles/\d+/)"', home)
    if found is None:
        raise SystemExit("the home page leads to no story")
    return found.group(1)


def lay_out(
    folder: Path, paths: dict[str, str], addresses: dict[str, str], port: int, workers: int
) -> dict[str, bytes]:
    """Put the pages down as files, plain and packed, with nginx's settings; return the pages."""
    pages = {}
    for page, path in paths.items():
        sent, read = fetch(addresses["with the page cache"] + path)
        place = folder / "files" / path.strip("/")
        place.mkdir(parents=True, exist_ok=True)
        (place / "index.html").write_bytes(read)
        (place / "index.html.gz").write_bytes(sent)
        pages[page] = read
    for path in (folder / "files").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    settings = NGINX.format(folder=folder, port=port, workers=workers)
    (folder / "nginx.conf").write_text(settings)
    return pages


def check(addresses: dict[str, str], paths: dict[str, str], pages: dict[str, bytes]) -> None:
    """See that everybody answers with the same page."""
    for label, address in addresses.items():
        for page, path in paths.items():
            if fetch(address + path)[1] != pages[page]:
                raise SystemExit(f"{label} answers with another {page} page")


def say(
    paths: dict[str, str],
    addresses: dict[str, str],
    figures: dict[tuple[str, str], list[float]],
    megabytes: dict[str, float],
) -> None:
    """Print the table."""
    write = sys.stdout.write
    write("| page | server | requests/s, median | least | most | of nginx static |\n")
    write("|---|---|---:|---:|---:|---:|\n")
    for page in paths:
        limit = statistics.median(figures[page, "nginx static"])
        for label in addresses:
            found = figures[page, label]
            median = statistics.median(found)
            write(
                f"| {page} | {label} | {median:,.0f} | {min(found):,.0f} | {max(found):,.0f} "
                f"| {median / limit:.1%} |\n"
            )
    for label, amount in megabytes.items():
        write(f"\nMemory of all processes {label}: {amount:,.0f} MB\n")


if __name__ == "__main__":
    main()
