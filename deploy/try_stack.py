"""The stack of docker-compose.yml without Docker: nginx, several applications, a database.

    .venv/bin/python deploy/try_stack.py --port 8080

It runs production's settings, collected static files and the very configuration of nginx that the
containers have (`deploy/nginx/start.sh`), on free ports of 127.0.0.1, in a folder of its own, and
stops in the order in which no reader is turned away: nginx first, then the applications. nginx with
its brotli module and envsubst have to be there (Debian: nginx-light
libnginx-mod-http-brotli-static gettext-base).
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("nginx", "envsubst")
# How long anything may take to start on a busy machine, in seconds.
PATIENCE = 120


def missing() -> list[str]:
    """Return which programs are not there."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"])
    return [name for name in NEEDED if not shutil.which(name, path=path)]


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Stack:
    """nginx, applications and what they need, as processes of this machine."""

    def __init__(
        self,
        folder: Path,
        database_url: str,
        *,
        applications: int = 2,
        variables: Mapping[str, str] | None = None,
        web_variables: Mapping[str, str] | None = None,
        port: int | None = None,
    ) -> None:
        """Choose ports; nothing is started.

        Args:
            folder: for media, static files, configuration, logs.
            database_url: an empty database, or one of ours.
            applications: how many.
            variables: more settings of the applications, see docs/operators.md.
            web_variables: more settings of nginx, see deploy/nginx/start.sh.
            port: where nginx listens; by default a free port.

        """
        self.folder = folder
        self.port, self.tls_port = port or free_port(), free_port()
        self.application_ports = [free_port() for _ in range(applications)]
        self.address = f"http://127.0.0.1:{self.port}"
        self.access_log = folder / "access.log"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.environment = {
            **os.environ,
            "PATH": os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin"]),
            "ENVIRONMENT": "production",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "ALLOWED_HOSTS": "127.0.0.1,localhost",
            "SITE_NAME": "临澄社区报",
            "DATABASE_URL": database_url,
            "DATABASE_POOL_SIZE": "4",
            "VAR_DIR": str(folder),
            "SECURE_SSL_REDIRECT": "off",
            "SERVE_STOP_SECONDS": "30",
            **(variables or {}),
        }
        self.web_environment = {
            **self.environment,
            "APP_SERVERS": " ".join(f"127.0.0.1:{port}" for port in self.application_ports),
            "HTTP_PORT": f"127.0.0.1:{self.port}",
            "HTTPS_PORT": f"127.0.0.1:{self.tls_port}",
            "PUBLIC_HTTPS_PORT": str(self.tls_port),
            "STATIC_ROOT": str(folder / "static"),
            "MEDIA_ROOT": str(folder / "media"),
            "RUN_DIR": str(folder / "nginx"),
            "CACHE_DIR": str(folder / "nginx" / "cache"),
            "ACCESS_LOG": str(self.access_log),
            "RELOOK_SECONDS": "0",
            **({"NGINX_USER": "root"} if os.getuid() == 0 else {}),
            **(web_variables or {}),
        }

    def manage(self, *arguments: str) -> None:
        """Run a command of manage.py with the stack's settings."""
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            check=True,
        )

    def prepare(self) -> None:
        """Do what the one-shot service does: migrate, collect the static files."""
        (self.folder / "media").mkdir(parents=True, exist_ok=True)
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--noinput", "--verbosity", "0")

    def _start(self, name: str, command: list[str], environment: Mapping[str, str]) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command,
                cwd=ROOT,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start_application(self, number: int, **variables: str) -> None:
        """Start one of the applications and wait until it answers."""
        port = self.application_ports[number]
        self._start(
            f"application-{number}",
            [sys.executable, "manage.py", "serve", "--port", str(port), "--workers", "1"],
            {
                **self.environment,
                "PROMETHEUS_MULTIPROC_DIR": str(self.folder / f"metrics-{number}"),
                **variables,
            },
        )
        self._wait(f"http://127.0.0.1:{port}/readyz", f"application-{number}")

    def start_web(self) -> None:
        """Start nginx with the configuration that the containers have."""
        self._start("nginx", [str(ROOT / "deploy/nginx/start.sh")], self.web_environment)
        self._wait(f"{self.address}/.nginx", "nginx")

    def start(self) -> None:
        """Start everything."""
        self.prepare()
        for number in range(len(self.application_ports)):
            self.start_application(number)
        self.start_web()

    def _wait(self, address: str, name: str) -> None:
        """Wait until an address is answered; that somebody listens there does not say so yet.

        Raises:
            RuntimeError: the process has ended, or takes too long; with the end of its log.

        """
        end = time.monotonic() + PATIENCE
        while True:
            with contextlib.suppress(OSError, http.client.HTTPException):
                urllib.request.urlopen(address, timeout=PATIENCE).close()
                return
            if self.processes[name].poll() is not None or time.monotonic() > end:
                log = (self.folder / f"{name}.log").read_text(errors="replace")[-2000:]
                raise RuntimeError(f"{name} did not start:\n{log}")
            time.sleep(0.1)

    def stop_one(self, name: str, how: signal.Signals = signal.SIGTERM) -> int:
        """Stop a process and wait for its end; return its status."""
        process = self.processes.pop(name)
        process.send_signal(how)
        try:
            return process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return process.wait()

    def die(self, name: str) -> None:
        """Let a process and its children end as if the power had gone."""
        process = self.processes.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """Stop nginx once it has answered all it was asked, and then the applications."""
        if "nginx" in self.processes:
            self.stop_one("nginx", signal.SIGQUIT)
        for name in list(self.processes):
            self.stop_one(name)

    def kill(self) -> None:
        """End what is left, however it is."""
        for name in list(self.processes):
            self.die(name)


@contextlib.contextmanager
def running(stack: Stack) -> Iterator[Stack]:
    """Start a stack, and end it whatever happens."""
    try:
        stack.start()
        yield stack
        stack.stop()
    finally:
        stack.kill()


def main() -> int:
    """Start the stack, say where it is, and wait for Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--applications", type=int, default=2)
    parser.add_argument("--database", help="DATABASE_URL (default: SQLite in the folder)")
    parser.add_argument("--folder", type=Path, help="where to keep it (default: a temporary one)")
    options = parser.parse_args()
    if lacking := missing():
        sys.stderr.write(f"Missing: {', '.join(lacking)}.\n")
        return 1
    with contextlib.ExitStack() as held:
        folder = options.folder or Path(
            held.enter_context(tempfile.TemporaryDirectory(prefix="bulletin-stack-"))
        )
        folder.mkdir(parents=True, exist_ok=True)
        stack = Stack(
            folder,
            options.database or f"sqlite:///{folder / 'bulletin.sqlite3'}",
            applications=options.applications,
            port=options.port,
        )
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with running(stack):
            with urllib.request.urlopen(f"{stack.address}/healthz", timeout=30) as answer:
                sys.stdout.write(f"{stack.address}/  {answer.read().decode()}\n")
            sys.stdout.write(f"Logs, media and settings: {folder}. Stop with Ctrl-C.\n")
            sys.stdout.flush()
            with contextlib.suppress(KeyboardInterrupt):
                signal.pause()
    return 0


if __name__ == "__main__":
    sys.exit(main())
