"""Keeps the dataset of the present state of the record, and of no other: what is withdrawn cannot be downloaded."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkstemp

from django.conf import settings

from articles.dataset.archive import BLOCK, write
from articles.dataset.description import File
from articles.edition import Edition, edition


class RestlessRecordError(RuntimeError):
    """The record was changed each time that its dataset was made."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A dataset as it lies on the disk, with its tables."""

    path: Path
    size: int
    sha256: str
    files: tuple[File, ...]


def folder() -> Path:
    return Path(settings.DATA_DIR) / "dataset"


def _place(now: Edition, origin: str) -> Path:
    """Return where the dataset of an edition lies; the addresses in it begin with the origin, so each has its own."""
    return folder() / f"sholu-{now.version}-{sha256(origin.encode()).hexdigest()[:8]}.zip"


def ready(now: Edition, origin: str) -> Kept | None:
    """Return the dataset of the edition if it has been made."""
    path = _place(now, origin)
    try:
        told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        size = path.stat().st_size
    except (FileNotFoundError, ValueError):
        return None
    return Kept(path, size, told["sha256"], tuple(File(**one) for one in told["files"]))


def current(origin: str) -> tuple[Edition, Kept]:
    """Return the dataset of the record as it is now, made anew if it has changed; older ones are removed.

    Raises RestlessRecordError if the record changes whenever the dataset is made.
    """
    with _lock():
        for _attempt in range(3):
            now = edition()
            kept = ready(now, origin) or _make(now, origin)
            if edition() == now:
                _remove_all_but(now)
                return now, kept
            _remove(kept.path)
    raise RestlessRecordError


def _make(now: Edition, origin: str) -> Kept:
    """Write the dataset beside its place, and move it there when it is whole."""
    path = _place(now, origin)
    handle, name = mkstemp(dir=folder(), prefix=".making-")
    os.close(handle)
    making = Path(name)
    try:
        files = write(making, now, origin)
        digest = sha256()
        with making.open("rb") as file:
            for block in iter(lambda: file.read(BLOCK), b""):
                digest.update(block)
        told = {"sha256": digest.hexdigest(), "files": [asdict(one) for one in files]}
        path.with_suffix(".json").write_text(json.dumps(told), encoding="utf-8")
        making.replace(path)
    finally:
        making.unlink(missing_ok=True)
    return Kept(path, path.stat().st_size, digest.hexdigest(), tuple(files))


@contextmanager
def _lock() -> Iterator[None]:
    """Let one process at a time make a dataset: others wait for it and find it made."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_suffix(".json").unlink(missing_ok=True)


def _remove_all_but(now: Edition) -> None:
    for path in folder().glob("sholu-*.zip"):
        if not path.name.startswith(f"sholu-{now.version}-"):
            _remove(path)
    for path in folder().glob(".making-*"):
        path.unlink(missing_ok=True)
