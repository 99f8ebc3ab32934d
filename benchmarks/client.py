"""Asks for addresses over connections that stay open, in a process of its own: `python -m benchmarks.client`.

Reads what to do from standard input, a job of JSON in each line, and writes what came of it in the same way. It does
as little as it can with each answer, so that what is measured is the other side. No job lasts longer than it says.
"""

import json
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

SILENCE = 120
"""After how many seconds without a byte an answer is given up."""
_END = b"\r\n\r\n"


@dataclass(eq=False)
class Connection:
    """A connection, and the answer that is awaited on it."""

    port: int
    open: socket.socket | None = None
    request: bytes = b""
    begun: float = 0.0
    answer: bytearray = field(default_factory=bytearray)
    body: int = -1
    """Where the body begins; -1 while the header is not complete."""
    size: int = -1
    """How long it is; -1 where it comes in chunks."""
    again: bool = False
    refused: str = ""
    """What it was answered with, unless that is 200."""

    def send(self, request: bytes) -> None:
        self.request, self.again = request, self.open is not None
        self.begun = time.perf_counter()
        try:
            self._send()
        except (BrokenPipeError, ConnectionResetError):
            self.retry()

    def _send(self) -> None:
        self.answer.clear()
        self.body = self.size = -1
        self.refused = ""
        if self.open is None:
            self.open = socket.create_connection(("127.0.0.1", self.port), timeout=SILENCE)
            self.open.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.open.sendall(self.request)

    def close(self) -> None:
        if self.open is not None:
            self.open.close()
            self.open = None

    def retry(self) -> None:
        """Send once more on a new connection: gunicorn closes those that were silent, or when a worker has done."""
        self.close()
        if not self.again or self.answer:
            raise ConnectionError(f"No answer to {self.request[:200]!r}")
        self.again = False
        self._send()

    def read(self) -> bool:
        """Take what has come; say whether the answer is complete. Nothing comes where the other side has closed."""
        assert self.open is not None  # noqa: S101
        try:
            part = self.open.recv(262_144)
        except ConnectionResetError:
            part = b""
        if not part:
            if self.answer:
                raise ConnectionError(f"An answer ends in the middle: {self.request[:200]!r}")
            return False
        self.answer += part
        if self.body < 0:
            self._read_header()
        if self.body < 0:
            return False
        if self.size >= 0:
            return len(self.answer) >= self.body + self.size
        return self.answer.endswith(b"0" + _END)

    def _read_header(self) -> None:
        end = self.answer.find(_END)
        if end < 0:
            return
        head = bytes(self.answer[:end]).lower()
        if not head.startswith(b"http/1.1 200"):
            address, status = self.request.split(b" ", 2)[1], head[9:].split(b"\r", 1)[0]
            self.refused = f"{address.decode()}: {status.decode()}"
        self.body = end + len(_END)
        place = head.find(b"content-length:")
        self.size = int(head[place + 15 :].split(b"\r", 1)[0]) if place >= 0 else -1


def _request(address: str, host: str) -> bytes:
    lines = (f"GET {address} HTTP/1.1", f"Host: {host}", "Accept-Encoding: gzip, deflate, br", "", "")
    return "\r\n".join(lines).encode()


def rounds(job: dict[str, Any]) -> dict[str, Any]:
    """Ask for the addresses in turn, until so many answers are there or the time is over."""
    numbers = count(job.get("first", 0))

    def wish() -> bytes:
        n = next(numbers)
        return _request(job["addresses"][n % len(job["addresses"])], job["host"].format(n=n))

    taken: list[float] = []
    refused: list[str] = []
    sizes = 0
    chooser = selectors.DefaultSelector()
    connections = [Connection(job["port"]) for _n in range(job["at_once"])]
    start = time.perf_counter()
    end, asked = start + job["seconds"], len(connections)
    waiting: dict[Connection, int] = {}
    for one in connections:
        one.send(wish())
        _watch(chooser, waiting, one)
    while waiting:
        ready = chooser.select(SILENCE)
        if not ready:
            raise TimeoutError("No answer for too long.")
        for key, _events in ready:
            one = key.data
            if not _heard(chooser, waiting, one):
                continue
            now = time.perf_counter()
            if one.refused:
                refused.append(one.refused)
            else:
                taken.append(now - one.begun)
                sizes += len(one.answer) - one.body
            if asked < job["requests"] and now < end:
                asked += 1
                one.send(wish())
                if one.open is not key.fileobj:
                    chooser.unregister(key.fileobj)
                    _watch(chooser, waiting, one)
            else:
                chooser.unregister(key.fileobj)
                waiting.pop(one)
                one.close()
    whole = time.perf_counter() - start
    return {
        "taken": taken,
        "refused": refused,
        "bytes": sizes / max(1, len(taken)),
        "per_second": len(taken) / whole,
        "next": next(numbers),
    }


def _heard(chooser: selectors.BaseSelector, waiting: dict[Connection, int], one: Connection) -> bool:
    """Say whether the whole answer is there; where the other side has closed, ask again."""
    listened = one.open
    if one.read():
        return True
    if not one.answer:
        assert listened is not None  # noqa: S101
        chooser.unregister(listened)
        one.retry()
        _watch(chooser, waiting, one)
    return False


def _watch(chooser: selectors.BaseSelector, waiting: dict[Connection, int], one: Connection) -> None:
    assert one.open is not None  # noqa: S101
    waiting[one] = one.open.fileno()
    chooser.register(one.open, selectors.EVENT_READ, one)


def stream(job: dict[str, Any]) -> dict[str, Any]:
    """Read one long answer for some seconds; return when its first byte came, and how much came."""
    with socket.create_connection(("127.0.0.1", job["port"]), timeout=SILENCE) as connection:
        start = time.perf_counter()
        connection.sendall(_request(job["addresses"][0], job["host"].format(n=job.get("first", 0))))
        answer = b""
        while _END not in answer or not answer.partition(_END)[2]:
            part = connection.recv(65_536)
            if not part:
                raise ConnectionError("The answer ends in the middle.")
            answer += part
        first = time.perf_counter() - start
        total, tail = len(answer), answer[-5:]
        while tail != b"0" + _END and time.perf_counter() - start < job["seconds"]:
            part = connection.recv(262_144)
            if not part:
                break
            total += len(part)
            tail = (tail + part)[-5:]
        return {
            "first": first,
            "bytes": total,
            "whole": tail == b"0" + _END,
            "seconds": time.perf_counter() - start,
        }


def main() -> None:
    for line in sys.stdin:
        job = json.loads(line)
        try:
            done = stream(job) if job.get("stream") else rounds(job)
        except (OSError, TimeoutError) as error:
            done = {"error": str(error)}
        print(json.dumps(done), flush=True)


if __name__ == "__main__":
    main()
