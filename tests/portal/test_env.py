"""The environment is read with its types, and refused in one sentence."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from portal import env

BASE = Path("/srv/sholu")


def test_nothing_set_gives_a_portal_on_this_machine() -> None:
    environment = env.read({}, BASE)
    assert environment.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")
    assert environment.admin_path == "admin/"
    assert environment.data_dir == BASE / "var"
    assert environment.database["NAME"] == BASE / "var" / "sholu.sqlite3"
    assert (environment.debug, environment.tls) == (False, False)
    assert (environment.bind, environment.port) == ("127.0.0.1", 8000)


def test_an_empty_value_counts_as_unset() -> None:
    assert env.read(dict.fromkeys((v.name for v in env.VARIABLES), " "), BASE) == env.read({}, BASE)


def test_everything_can_be_set() -> None:
    environment = env.read(
        {
            "DATABASE_URL": "postgresql://sholu:p%40ss@db.example:5433/record?sslmode=require",
            "PORT": "8080",
            "SHOLU_ADMIN_PATH": "/news/desk/",
            "SHOLU_ALLOWED_HOSTS": "sholu.example, .sholu.example",
            "SHOLU_BIND": "::1",
            "SHOLU_DATA_DIR": "/var/lib/sholu",
            "SHOLU_DEBUG": "yes",
            "SHOLU_HSTS_SECONDS": "3600",
            "SHOLU_LOG_LEVEL": "warning",
            "SHOLU_PROXIES": "10.0.0.1,::1",
            "SHOLU_SECRET_KEY": "0123456789" * 5,
            "SHOLU_SECURITY_CONTACT": "mailto:security@sholu.example",
            "SHOLU_THREADS": "8",
            "SHOLU_TLS": "1",
            "SHOLU_WORKERS": "3",
        },
        BASE,
    )
    database = environment.database
    assert (database["USER"], database["PASSWORD"]) == ("sholu", "p@ss")
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", "5433", "record")
    assert database["OPTIONS"]["sslmode"] == "require"
    assert database["OPTIONS"]["options"] == "-c jit=off -c work_mem=64MB"
    assert environment.allowed_hosts == ("sholu.example", ".sholu.example")
    assert environment.data_dir == Path("/var/lib/sholu")
    assert environment.security_contact == "mailto:security@sholu.example"
    assert environment.proxies == ("10.0.0.1", "::1")
    assert (environment.admin_path, environment.log_level) == ("news/desk/", "WARNING")
    assert (environment.workers, environment.threads, environment.port) == (3, 8, 8080)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:///var/other.sqlite3", BASE / "var/other.sqlite3"),
        ("sqlite:////tmp/with%20space.sqlite3", Path("/tmp/with space.sqlite3")),  # noqa: S108
    ],
)
def test_sqlite_paths(url: str, name: Path) -> None:
    assert env.read({"DATABASE_URL": url}, BASE).database["NAME"] == name


def test_postgresql_on_a_socket() -> None:
    database = env.read({"DATABASE_URL": "postgresql://postgres:@/postgres?host=/run/postgresql"}, BASE).database
    assert (database["HOST"], database["USER"]) == ("/run/postgresql", "postgres")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://root@localhost/sholu"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "postgresql://localhost"),
        ("DATABASE_URL", "postgresql://localhost:port/name"),
        ("DATABASE_URL", "postgresql://localhost/name?sslmode"),
        ("PORT", "80 80"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "٣"),
        ("SHOLU_ADMIN_PATH", "admin"),
        ("SHOLU_ADMIN_PATH", "/"),
        ("SHOLU_ADMIN_PATH", "en/"),
        ("SHOLU_ADMIN_PATH", "a/desk/"),
        ("SHOLU_ADMIN_PATH", "static/"),
        ("SHOLU_ADMIN_PATH", "the desk/"),
        ("SHOLU_ALLOWED_HOSTS", "https://sholu.example"),
        ("SHOLU_ALLOWED_HOSTS", ","),
        ("SHOLU_BIND", "localhost"),
        ("SHOLU_DEBUG", "maybe"),
        ("SHOLU_HSTS_SECONDS", "-1"),
        ("SHOLU_LOG_LEVEL", "LOUD"),
        ("SHOLU_PROXIES", "10.0.0.0/8"),
        ("SHOLU_SECRET_KEY", "secret"),
        ("SHOLU_SECRET_KEY", "a" * 60),
        ("SHOLU_SECURITY_CONTACT", "security@sholu.example"),
        ("SHOLU_SECURITY_CONTACT", "http://sholu.example"),
        ("SHOLU_THREADS", "many"),
        ("SHOLU_TLS", "2"),
        ("SHOLU_WORKERS", "0"),
    ],
)
def test_a_wrong_value_is_refused_in_one_sentence(name: str, value: str) -> None:
    with pytest.raises(env.SettingError) as refusal:
        env.read({name: value}, BASE)
    sentence = str(refusal.value)
    assert name in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    "environment",
    [
        {"SHOLU_SECRET_KEY": "hunter2"},
        {"DATABASE_URL": "mysql://x:hunter2@y"},
        {"DATABASE_URL": "postgres://x:hunter2@y"},
    ],
)
def test_a_refusal_repeats_no_password(environment: dict[str, str]) -> None:
    with pytest.raises(env.SettingError) as refusal:
        env.read(environment, BASE)
    assert "hunter2" not in str(refusal.value)


def test_a_misspelt_name_is_refused() -> None:
    with pytest.raises(env.SettingError, match="write SHOLU_ALLOWED_HOSTS"):
        env.read({"SHOLU_ALOWED_HOSTS": "sholu.example"}, BASE)


@pytest.mark.parametrize(
    "command",
    [["manage.py", "check"], ["-m", "gunicorn", "--config", "portal/gunicorn_conf.py", "portal.wsgi"]],
)
def test_the_process_stops_with_the_sentence(command: list[str], tmp_path: Path) -> None:
    environment = os.environ | {"SHOLU_DATA_DIR": str(tmp_path), "SHOLU_TLS": "perhaps"}
    del environment["DJANGO_SETTINGS_MODULE"]
    done = subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode != 0
    assert done.stderr.strip() == "SHOLU_TLS is “perhaps”: write 1 or 0."


def test_the_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret_key"
    secrets: list[str] = []
    threads = [threading.Thread(target=lambda: secrets.append(env.kept_secret(path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(secrets) == 8
    assert len(set(secrets)) == 1
    assert path.stat().st_mode & 0o777 == 0o600
    assert [child.name for child in path.parent.iterdir()] == ["secret_key"]


def test_a_damaged_secret_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret_key"
    path.write_text("short")
    with pytest.raises(env.SettingError, match="delete the file"):
        env.kept_secret(path)


def test_a_secret_that_cannot_be_kept_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(env.SettingError, match="SHOLU_SECRET_KEY"):
        env.kept_secret(tmp_path / "file" / "secret_key")


def test_the_readme_has_the_table_of_settings() -> None:
    readme = Path(__file__).resolve().parents[2] / "README.md"
    assert env.settings_table() in readme.read_text(encoding="utf-8"), "Paste in what python -m portal.env prints"
