"""Reading settings from the environment, strictly.

A newsroom's operator should never meet a traceback because of a typing error in a variable:
every reader here ends the process with one line that names the variable and what it should be.
"""

from __future__ import annotations

import ipaddress
import secrets
import time
import zoneinfo
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import environ

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", ""})
DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
# Seconds a process waits for the secret that another, started with it, is writing.
SECRET_PATIENCE = 10


class SettingError(SystemExit):
    """A variable is missing or malformed; the message is one line that names it."""

    def __init__(self, name: str, problem: str) -> None:
        """Say which variable is wrong (`name`) and what it should be (`problem`)."""
        super().__init__(f"bulletin: environment variable {name}: {problem}")


class Environment:
    """Typed access to environment variables.

    Args:
        variables: the process environment, or a plain mapping in tests.
        required: in production a variable without a safe default has to be set.

    """

    def __init__(self, variables: Mapping[str, str], *, required: bool = False) -> None:
        """Keep the variables; nothing is read before it is asked for."""
        self.variables = variables
        self.required = required

    def text(self, name: str, default: str | None = None) -> str:
        """Return a variable's text; without a default an unset or empty one is an error."""
        value = self.variables.get(name, "").strip()
        if value:
            return value
        if default is None:
            raise SettingError(name, "is required and not set")
        return default

    def required_in_production(self, name: str, default: str) -> str:
        """Return a variable that has a default in development alone."""
        return self.text(name, None if self.required else default)

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a yes/no variable (1/0, true/false, yes/no, on/off)."""
        value = self.variables.get(name)
        if value is None:
            return default
        if value.strip().lower() in TRUE_WORDS:
            return True
        if value.strip().lower() in FALSE_WORDS:
            return False
        raise SettingError(name, f"must be true or false, not {value!r}")

    def number(self, name: str, default: int, *, low: int = 0, high: int = 2**31) -> int:
        """Return a whole number between `low` and `high`."""
        value = self.variables.get(name, "").strip()
        if not value:
            return default
        try:
            number = int(value)
        except ValueError:
            raise SettingError(name, f"must be a whole number, not {value!r}") from None
        if not low <= number <= high:
            raise SettingError(name, f"must be between {low} and {high}, not {number}")
        return number

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        """Return one of a few words."""
        value = self.text(name, default)
        if value not in choices:
            raise SettingError(name, f"must be one of {', '.join(choices)}, not {value!r}")
        return value

    def words(self, name: str, default: list[str], *, optional: bool = False) -> list[str]:
        """Return a comma-separated list; in production it has to be set, unless it is optional."""
        value = self.variables.get(name, "")
        words = [word.strip() for word in value.split(",") if word.strip()]
        if not words and self.required and not default and not optional:
            raise SettingError(name, "is required and not set (a comma-separated list)")
        return words or default

    def time_zone(self, name: str, default: str) -> str:
        """Return the name of a time zone this machine knows."""
        value = self.text(name, default)
        try:
            zoneinfo.ZoneInfo(value)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            raise SettingError(name, f"is no known time zone: {value!r}") from None
        return value

    def database(self, name: str, default: str) -> dict[str, Any]:
        """Return Django's settings for a database address (sqlite:///… or postgres://…)."""
        value = self.required_in_production(name, default)
        scheme = value.partition(":")[0]
        if scheme not in DATABASE_SCHEMES or "//" not in value:
            raise SettingError(name, "must look like sqlite:///path or postgres://user@host/name")
        try:
            return dict(environ.Env.db_url_config(value))
        except (ValueError, KeyError, environ.ImproperlyConfigured):
            raise SettingError(
                name, "cannot be read; it must look like postgres://user:password@host:5432/name"
            ) from None

    def networks(self, name: str) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
        """Return networks divided by commas, such as 127.0.0.1 or 10.0.0.0/8; none by default."""
        words = [word.strip() for word in self.variables.get(name, "").split(",") if word.strip()]
        try:
            return [ipaddress.ip_network(word) for word in words]
        except ValueError as error:
            raise SettingError(name, f"must be addresses or networks: {error}") from None

    def replica(self, name: str, primary: dict[str, Any]) -> dict[str, Any]:
        """Return Django's settings for a database that is a copy of the primary one.

        It is of the same kind and set up alike, but given up sooner, since there is the primary.
        """
        replica = self.database(name, "")
        if replica["ENGINE"] != primary["ENGINE"]:
            raise SettingError(name, "must name a database of the same kind as DATABASE_URL")
        options = {**primary.get("OPTIONS", {}), **replica.get("OPTIONS", {})}
        if "connect_timeout" in options:
            options["connect_timeout"] = 2  # in seconds; less means two to libpq, too
        if "pool" in options:
            options["pool"] = {**options["pool"], "timeout": 2}
        return {**primary, **replica, "OPTIONS": options, "TEST": {"MIRROR": "default"}}

    def tiles(self, name: str) -> str:
        """Return the address of map tiles, "" for none: our own path, or a host's over TLS."""
        value = self.text(name, "")
        parts = ("{z}", "{x}", "{y}")
        if value and not (
            value.startswith(("https://", "/")) and all(part in value for part in parts)
        ):
            raise SettingError(name, "must look like https://host/{z}/{x}/{y}.png or /path/…")
        return value

    def address(self, name: str, default: str = "") -> str:
        """Return the address of a service over TLS, or of one on this machine; "" for none."""
        value = self.text(name, default)
        is_safe = value.startswith(("https://", "http://127.0.0.1:", "http://localhost:"))
        if value and not (is_safe and value.isascii() and " " not in value):
            raise SettingError(name, "must be an address that begins with https://")
        return value

    def secret(self, name: str, kept_in: Path) -> str:
        """Return a secret: from the environment, or in development one made and kept in a file."""
        value = self.variables.get(name, "").strip()
        if value:
            return value
        if self.required:
            raise SettingError(name, "is required in production (50 random characters or more)")
        if not kept_in.exists():
            kept_in.parent.mkdir(parents=True, exist_ok=True)
            # "x": of two processes starting together, the second reads what the first wrote.
            try:
                with kept_in.open("x", encoding="ascii") as file:
                    file.write(secrets.token_urlsafe(50))
                kept_in.chmod(0o600)
            except FileExistsError:
                pass
        # A file that is there and empty is being written.
        end = time.monotonic() + SECRET_PATIENCE
        while not (value := kept_in.read_text(encoding="ascii").strip()):
            if time.monotonic() > end:
                raise SettingError(name, f"is kept in {kept_in}, which is empty: remove the file")
            time.sleep(0.05)
        return value


def tile_hosts(address: str, subdomains: list[str]) -> list[str]:
    """Return the hosts that map tiles come from, for the Content-Security-Policy.

    Args:
        address: as `Environment.tiles` returns it; our own path and "" have no host.
        subdomains: what stands for `{s}` in it.

    """
    if not address.startswith("https://"):
        return []
    host = address.split("/")[2]
    names = subdomains if "{s}" in host else [""]
    return [f"https://{host.replace('{s}', name)}" for name in names]
