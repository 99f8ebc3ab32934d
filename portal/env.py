"""Reads the settings of the portal from the environment, typed and checked.

Everything that may differ between two installations is here and nowhere else. A value that cannot be
understood stops the start with one sentence that says what to write instead; so does a misspelt ``SHOLU_``
name, which would otherwise be ignored in silence.
"""

import difflib
import ipaddress
import os
import re
import secrets
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qsl, unquote, urlsplit


class SettingError(SystemExit):
    """Ends the process with one sentence on standard error and exit status 1, without a traceback."""


@dataclass(frozen=True)
class Variable:
    """One line of the README's table of settings."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable(
        "DATABASE_URL",
        "sqlite:///var/sholu.sqlite3",
        "`sqlite:///path` (from the checkout; four slashes for an absolute path) or `postgresql://user:password@host:5432/name`",
    ),
    Variable("PORT", "8000", "Port that gunicorn listens on"),
    Variable("SHOLU_ADMIN_PATH", "admin/", "Address of the staff admin below `/`, with a slash at its end"),
    Variable(
        "SHOLU_ALLOWED_HOSTS",
        "localhost,127.0.0.1,[::1]",
        "Host names the portal answers to, separated by commas; a leading dot admits subdomains",
    ),
    Variable("SHOLU_BIND", "127.0.0.1", "Address that gunicorn listens on"),
    Variable(
        "SHOLU_CACHE_URL",
        "none",
        "`redis://host:6379/0` when several machines shall share the answers they have made; else each keeps its own in the data folder",
    ),
    Variable(
        "SHOLU_DATA_DIR",
        "var",
        "Folder for the SQLite database, the generated secret, the collected static files, the dataset and kept answers",
    ),
    Variable("SHOLU_DEBUG", "0", "`1` shows Django's technical error pages; for a developer's machine only"),
    Variable(
        "SHOLU_HSTS_SECONDS",
        "31536000",
        "How long browsers shall insist on HTTPS; counts only with `SHOLU_TLS=1`; start with `3600`",
    ),
    Variable("SHOLU_LOG_LEVEL", "INFO", "`DEBUG`, `INFO`, `WARNING` or `ERROR`; logs go to standard error"),
    Variable(
        "SHOLU_PROXIES",
        "127.0.0.1,::1",
        "Addresses of the reverse proxies whose `X-Forwarded-*` headers are believed",
    ),
    Variable(
        "SHOLU_SECRET_KEY",
        "kept in `secret_key` of the data folder",
        "Signs staff sessions: at least 50 characters; made and kept at the first start when unset",
    ),
    Variable(
        "SHOLU_SECURITY_CONTACT",
        "none",
        "Where to report a weakness, for `/.well-known/security.txt`: `https://…` or `mailto:security@sholu.example`; without it there is no such file",
    ),
    Variable("SHOLU_THREADS", "4", "Threads of each gunicorn worker"),
    Variable(
        "SHOLU_TLS",
        "0",
        "`1` when a proxy in front speaks HTTPS: redirects to it, HSTS, secure staff cookies",
    ),
    Variable("SHOLU_WORKERS", "2", "gunicorn worker processes; about one for each processor core"),
)
_DEFAULTS = {variable.name: variable.default for variable in VARIABLES}
_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_ADMIN_PATH = re.compile(r"(?:[a-z0-9][a-z0-9_-]*/)+")
_RESERVED_PATHS = re.compile(r"(?:[a-z]|[a-z]{2,3}|static|healthz|readyz)/")
_CONTACT = re.compile(r"https://[^\s/]+\S*|mailto:[^\s@]+@[^\s@]+\.[^\s@]+|none")
_CACHE = re.compile(r"(?:rediss?|unix)://\S+|none")
_SESSION = "-c jit=off -c work_mem=64MB"
"""What PostgreSQL is told when a connection begins: to compile a query takes longer than any page may; and where the
places of a common word do not fit into its memory, it looks through every row near them."""
_HOST = re.compile(r"\*|\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)


@dataclass(frozen=True)
class Environment:
    """What the environment says, checked. Paths are absolute."""

    admin_path: str
    allowed_hosts: tuple[str, ...]
    bind: str
    cache_url: str
    data_dir: Path
    database: dict[str, Any]
    debug: bool
    hsts_seconds: int
    log_level: str
    port: int
    proxies: tuple[str, ...]
    secret_key: str | None
    security_contact: str
    threads: int
    tls: bool
    workers: int


def read(environ: Mapping[str, str], base_dir: Path) -> Environment:
    """Read and check every variable of VARIABLES; an empty one counts as unset."""
    _refuse_unknown(environ)
    values = _DEFAULTS | {name: value.strip() for name, value in environ.items() if name in _DEFAULTS and value.strip()}
    return Environment(
        admin_path=_admin_path(values["SHOLU_ADMIN_PATH"]),
        allowed_hosts=_hosts(values["SHOLU_ALLOWED_HOSTS"]),
        bind=_address("SHOLU_BIND", values["SHOLU_BIND"]),
        cache_url=_cache_url(values["SHOLU_CACHE_URL"]),
        data_dir=base_dir / values["SHOLU_DATA_DIR"],
        database=_database(environ.get("DATABASE_URL", "").strip(), base_dir, base_dir / values["SHOLU_DATA_DIR"]),
        debug=_flag("SHOLU_DEBUG", values["SHOLU_DEBUG"]),
        hsts_seconds=_number("SHOLU_HSTS_SECONDS", values["SHOLU_HSTS_SECONDS"], 0, 10**9),
        log_level=_log_level(values["SHOLU_LOG_LEVEL"]),
        port=_number("PORT", values["PORT"], 1, 65535),
        proxies=tuple(_address("SHOLU_PROXIES", item) for item in _items(values["SHOLU_PROXIES"])),
        secret_key=_secret_key(environ.get("SHOLU_SECRET_KEY", "").strip()),
        security_contact=_contact(values["SHOLU_SECURITY_CONTACT"]),
        threads=_number("SHOLU_THREADS", values["SHOLU_THREADS"], 1, 256),
        tls=_flag("SHOLU_TLS", values["SHOLU_TLS"]),
        workers=_number("SHOLU_WORKERS", values["SHOLU_WORKERS"], 1, 256),
    )


def kept_secret(path: Path) -> str:
    """Return the secret kept in the file, made at the first call and readable by its owner alone.

    Two processes that start at once agree: the file appears complete or not at all, and the first one wins.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
            try:
                with os.fdopen(handle, "w", encoding="ascii") as file:
                    file.write(secrets.token_urlsafe(64) + "\n")
                os.link(name, path)
            except FileExistsError:
                pass
            finally:
                Path(name).unlink()
        secret = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        _stop(f"The secret in {path} cannot be kept ({error}): make its folder writable, or set SHOLU_SECRET_KEY.")
    if len(secret) < 50:
        _stop(f"The secret in {path} is damaged: delete the file and start again (staff will have to log in anew).")
    return secret


def settings_table() -> str:
    """The README's table of settings, as Markdown."""
    lines = ["| Variable | Default | Meaning |", "|---|---|---|"]
    for variable in VARIABLES:
        default = variable.default if " " in variable.default else f"`{variable.default}`"
        lines.append(f"| `{variable.name}` | {default} | {variable.meaning} |")
    return "\n".join(lines)


def _stop(sentence: str) -> NoReturn:
    raise SettingError(sentence)


def _refuse_unknown(environ: Mapping[str, str]) -> None:
    for name in environ:
        if name.startswith("SHOLU_") and name not in _DEFAULTS:
            near = difflib.get_close_matches(name, _DEFAULTS, 1)
            advice = f"write {near[0]}" if near else "remove it, or see the table of settings in README.md"
            _stop(f"{name} is not a setting of the portal: {advice}.")


def _items(value: str) -> list[str]:
    return [item.strip() for item in value.split(",") if item.strip()]


def _flag(name: str, value: str) -> bool:
    flags = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    if value.lower() not in flags:
        _stop(f"{name} is “{value}”: write 1 or 0.")
    return flags[value.lower()]


def _number(name: str, value: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,10}", value) or not least <= int(value) <= most:
        _stop(f"{name} is “{value}”: write a whole number from {least} to {most}.")
    return int(value)


def _address(name: str, value: str) -> str:
    try:
        return str(ipaddress.ip_address(value.strip("[]")))
    except ValueError:
        _stop(f"{name} holds “{value}”: write IP addresses such as 127.0.0.1 or ::1.")


def _log_level(value: str) -> str:
    if value.upper() not in _LOG_LEVELS:
        _stop(f"SHOLU_LOG_LEVEL is “{value}”: write one of {', '.join(_LOG_LEVELS)}.")
    return value.upper()


def _hosts(value: str) -> tuple[str, ...]:
    hosts = _items(value)
    for host in hosts:
        if not _HOST.fullmatch(host):
            _stop(
                f"SHOLU_ALLOWED_HOSTS holds “{host}”: write host names without https:// and port, as in sholu.example.kz."
            )
    if not hosts:
        _stop("SHOLU_ALLOWED_HOSTS is empty: write the host names the portal answers to, separated by commas.")
    return tuple(hosts)


def _admin_path(value: str) -> str:
    path = value.lstrip("/")
    if not _ADMIN_PATH.fullmatch(path):
        _stop(
            f"SHOLU_ADMIN_PATH is “{value}”: write lower-case letters, digits and hyphens with a slash at the end, as in desk/."
        )
    if _RESERVED_PATHS.match(path):
        _stop(
            f"SHOLU_ADMIN_PATH is “{value}”: choose a word of four letters or more that is not static/, healthz/ or readyz/."
        )
    return path


def _secret_key(value: str) -> str | None:
    if value and (len(value) < 50 or len(set(value)) < 5):
        _stop(
            "SHOLU_SECRET_KEY is too easy to guess: write at least 50 random characters, or leave it unset to have one made."
        )
    return value or None


def _contact(value: str) -> str:
    """Return the address (RFC 9116 wants one with its scheme); empty where there is none."""
    if not _CONTACT.fullmatch(value):
        _stop(
            f"SHOLU_SECURITY_CONTACT is “{value}”: write an address such as https://sholu.example/security or mailto:security@sholu.example."
        )
    return "" if value == "none" else value


def _cache_url(value: str) -> str:
    """Return the address of a Redis server; empty where there is none."""
    if not _CACHE.fullmatch(value):
        _stop(
            "SHOLU_CACHE_URL is not understood: write redis://host:6379/0, or none to keep answers in the data folder."
        )
    return "" if value == "none" else value


def _database(url: str, base_dir: Path, data_dir: Path) -> dict[str, Any]:
    """Django's DATABASES entry for a DATABASE_URL; empty means SQLite in the data folder."""
    if not url:
        return _sqlite(data_dir / "sholu.sqlite3")
    scheme, separator, rest = url.partition("://")
    if separator and scheme == "sqlite" and rest.startswith("/") and len(rest) > 1:
        return _sqlite(base_dir / unquote(rest[1:]))
    if separator and scheme in ("postgresql", "postgres"):
        return _postgresql(url)
    _stop(
        "DATABASE_URL is not understood: write sqlite:///var/sholu.sqlite3 or postgresql://user:password@host:5432/name."
    )


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # Readers go on while staff save; a second writer waits its turn from the start of its transaction,
            # instead of failing in the middle when it turns from reading to writing.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
        # A connection serves its thread for a minute: to open one means to read the whole schema, triggers included.
        "CONN_MAX_AGE": 60,
    }


def _postgresql(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        options: dict[str, Any] = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        port = str(parts.port or options.pop("port", ""))
        host = unquote(parts.hostname or options.pop("host", ""))
    except ValueError:
        _stop(
            "DATABASE_URL is not understood: write postgresql://user:password@host:5432/name, with / @ : in the password as %2F %40 %3A."
        )
    name = unquote(parts.path.removeprefix("/"))
    if not name or "/" in name:
        _stop("DATABASE_URL names no database: write postgresql://user:password@host:5432/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": {"connect_timeout": 5} | options | {"options": f"{_SESSION} {options.get('options', '')}".strip()},
        # A connection serves its thread for a minute, and is tried before use: the server may have restarted.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


if __name__ == "__main__":
    sys.stdout.write(settings_table() + "\n")
